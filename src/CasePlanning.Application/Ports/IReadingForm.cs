using CasePlanning.Application.Reading;

namespace CasePlanning.Application.Ports;

/// <summary>The form in which readings are sent.</summary>
public interface IReadingForm
{
    byte[] Write(ReadingOfPlan reading);
}
