namespace CasePlanning.Application.Ports;

/// <summary>Copies of all that an installation on SQLite is, and the way back from one. Whoever runs the server has them made at its console.</summary>
public interface IBackups
{
    /// <summary>Makes a copy while the server runs, and opens and checks it before it is called one.</summary>
    /// <param name="place">A directory that is not there yet.</param>
    /// <exception cref="BackupRefused">There is no copy now; the message says why.</exception>
    Task<BackupReport> Create(string place, CancellationToken cancellation);

    /// <summary>Needs nothing but the copy.</summary>
    /// <param name="publicKey">The file of the journal's public key, kept elsewhere; null to believe the one in the copy.</param>
    /// <exception cref="BackupRefused">It is not as it was made; the message says how it differs.</exception>
    Task<BackupReport> Verify(string place, string? publicKey, CancellationToken cancellation);

    /// <summary>Verifies the copy and puts it where this installation has its data, wholly or not at all.</summary>
    /// <param name="replaces">What is there is set aside; otherwise nothing may be.</param>
    /// <exception cref="BackupRefused">Nothing was changed; the message says why.</exception>
    Task<BackupReport> Restore(string place, string? publicKey, bool replaces, CancellationToken cancellation);
}

/// <param name="Entries">How long the journal is.</param>
/// <param name="Signed">How much of it is under a signed checkpoint.</param>
/// <param name="SignedAt">When that was signed; null when none ever was.</param>
/// <param name="KeyPrint">SHA-256 of the public key that the copy was checked with.</param>
/// <param name="SetAside">Where what a restore replaced is now.</param>
public sealed record BackupReport(
    string Place, DateTimeOffset At, string Release, string Schema, long Entries, long Signed, DateTimeOffset? SignedAt, int Parts, long Bytes,
    string KeyPrint, string? SetAside = null);

/// <summary>It cannot be done, for the reason that the message gives.</summary>
public sealed class BackupRefused(string sentence, Exception? cause = null) : Exception(sentence, cause);
