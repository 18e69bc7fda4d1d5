using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;

namespace CasePlanning.Server.Api;

/// <summary>Readings are sent as everything else is.</summary>
internal sealed class JsonReadings : IReadingForm
{
    public byte[] Write(ReadingOfPlan reading) => Json.Bytes(reading);
}
