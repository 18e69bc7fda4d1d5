namespace CasePlanning.Application.Ports;

/// <summary>The key by which this installation signs its journal: ECDSA over P-256.</summary>
public interface IJournalKey
{
    /// <summary>In PEM, for whoever checks a signature.</summary>
    string PublicKey { get; }

    byte[] Sign(string text);
}
