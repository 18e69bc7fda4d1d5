using CasePlanning.Domain.KnowWho;
using Microsoft.AspNetCore.Identity;

namespace CasePlanning.Application.Accounts;

/// <summary>
/// How a <see cref="Person"/> signs in here; its id is theirs. Made when they accept an invitation. The password is ASP.NET Core
/// Identity's affair, as is the security stamp: it changes with every change of a credential, and cookies and tokens that were
/// made under an older one are refused.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>This many wrong passwords or codes in a row, and the account pauses.</summary>
    public const int MostFailures = 5;

    public const int TotpSecretLength = 500;
    public const int RecoveryCodesLength = 1_000;

    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private Account()
    {
    }

    public Account(Guid personId)
    {
        Id = personId;
        EndSessions();
    }

    /// <summary>Set by an administrator; nothing signs in to it, and nothing issued before is accepted.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>What the person's authenticator app holds too; sealed with the host's keys.</summary>
    public string? TotpSecret { get; private set; }

    /// <summary>The time step of the last code that was taken, so that none is taken twice.</summary>
    public long LastTotpStep { get; private set; }

    /// <summary>SHA-256 of each recovery code that was not yet used, separated by spaces.</summary>
    public string RecoveryCodes { get; private set; } = "";

    /// <summary>The code that the person was given with an invitation, sealed: with it and a new link they come in again.</summary>
    public string? LinkCode { get; private set; }

    public void KeepLinkCode(string sealedCode) => LinkCode = sealedCode;

    /// <summary>Somebody guesses at it: only a new invitation brings another.</summary>
    public void ForgetLinkCode() => LinkCode = null;

    /// <summary>Signs out everywhere: whatever was issued before is refused from now on.</summary>
    public void EndSessions() => SecurityStamp = Guid.NewGuid().ToString("N");

    public void Disable(DateTimeOffset now)
    {
        DisabledAt = now;
        EndSessions();
    }

    public void Enable() => DisabledAt = null;

    /// <param name="step">The time step of the code by which the person showed that the app works.</param>
    public void UseTotp(string sealedSecret, long step, IEnumerable<string> recoveryCodeHashes)
    {
        TotpSecret = sealedSecret;
        LastTotpStep = step;
        TwoFactorEnabled = true;
        UseRecoveryCodes(recoveryCodeHashes);
    }

    /// <summary>In place of those before: a list that somebody else may have seen is worth nothing from now on.</summary>
    public void UseRecoveryCodes(IEnumerable<string> hashes)
    {
        RecoveryCodes = string.Join(' ', hashes);
        EndSessions();
    }
}
