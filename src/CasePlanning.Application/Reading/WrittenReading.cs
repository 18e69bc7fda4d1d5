using System.Security.Cryptography;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Reading;

/// <summary>A reading as it is sent. It is kept so, and not as what it was written of, which takes three times as much memory.</summary>
/// <param name="Digest">SHA-256 of the body.</param>
public sealed record WrittenReading(byte[] Body, byte[] Digest) : IKept
{
    public int Kilobytes => 1 + (Body.Length / 1024);

    public static WrittenReading Of(ReadingOfPlan reading, IReadingForm form)
    {
        var body = form.Write(reading);
        return new WrittenReading(body, SHA256.HashData(body));
    }
}
