namespace CasePlanning.Application.Ports;

/// <summary>Keeps what must be read again but not be readable in the database or its backups: sealed with the keys of this host.</summary>
public interface ISealing
{
    string Seal(string text);

    /// <returns>Null when it was not sealed here, or the keys are gone.</returns>
    string? Unseal(string sealedText);
}
