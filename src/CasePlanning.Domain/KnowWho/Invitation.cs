using System.Security.Cryptography;
using System.Text;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.KnowWho;

public enum InvitationState
{
    /// <summary>The link and the code can be used.</summary>
    Open,
    Accepted,
    Revoked,
    Expired,

    /// <summary>Too many wrong codes were given.</summary>
    Blocked,
}

/// <summary>
/// An e-mail link by which a person comes in. The link alone opens nothing: whoever invited hands over a code by another way, so
/// that a mistyped address or somebody else's eyes on a mailbox are not enough. One use, one week, five tries. Whoever has come in
/// so can ask for a new link, and keeps the code.
/// </summary>
public sealed class Invitation
{
    public const int MostWrongCodes = 5;
    public const int CodeDigits = 6;
    public const int TokenHashLength = 64;
    public const int SealedCodeLength = 500;

    private Invitation()
    {
    }

    /// <param name="participantId">The participation it was sent for; null for somebody who is to look after people, not a plan.</param>
    /// <param name="invitedById">The participant who sent it; null when the server's own administrator did.</param>
    public Invitation(
        Guid personId, Guid? participantId, Guid? invitedById, string token, string sealedCode, TimeSpan life, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PersonId = personId;
        ParticipantId = participantId;
        InvitedById = invitedById;
        TokenHash = HashOf(token);
        SealedCode = sealedCode;
        SentAt = now;
        ExpiresAt = now + life;
    }

    /// <summary>A link that the person asked for themselves, to come back with the code they have.</summary>
    public static Invitation Again(Guid personId, string token, string sealedCode, TimeSpan life, DateTimeOffset now) =>
        new(personId, participantId: null, invitedById: null, token, sealedCode, life, now) { IsAskedFor = true };

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public Guid? ParticipantId { get; private set; }

    public Guid? InvitedById { get; private set; }

    /// <summary>Nobody invited: the person asked for it.</summary>
    public bool IsAskedFor { get; private set; }

    /// <summary>SHA-256, in hexadecimal, of what the link carries.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>The code, readable by this host alone: whoever invited may look it up until it has been used. Empty afterwards.</summary>
    public string SealedCode { get; private set; } = "";

    public DateTimeOffset SentAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public int WrongCodes { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>A new token: 256 bits that nobody guesses.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public InvitationState State(DateTimeOffset now) => this switch
    {
        { AcceptedAt: not null } => InvitationState.Accepted,
        { RevokedAt: not null } => InvitationState.Revoked,
        { WrongCodes: >= MostWrongCodes } => InvitationState.Blocked,
        _ => now < ExpiresAt ? InvitationState.Open : InvitationState.Expired,
    };

    /// <summary>Takes the right code, once; counts a wrong one.</summary>
    public bool Accept(string code, string rightCode, DateTimeOffset now)
    {
        if (State(now) is not InvitationState.Open)
            throw InvitationRules.NotOpen.Broken();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(rightCode)))
        {
            WrongCodes++;
            return false;
        }

        AcceptedAt = now;
        SealedCode = "";
        return true;
    }

    /// <summary>Sends it again: another link for the same code; the earlier link opens nothing any more.</summary>
    public void Renew(string token, TimeSpan life, DateTimeOffset now)
    {
        if (State(now) is not (InvitationState.Open or InvitationState.Expired))
            throw InvitationRules.NotOpen.Broken();
        (TokenHash, SentAt, ExpiresAt) = (HashOf(token), now, now + life);
    }

    public void Revoke(DateTimeOffset now)
    {
        if (State(now) is InvitationState.Accepted)
            throw InvitationRules.NotOpen.Broken();
        RevokedAt ??= now;
        SealedCode = "";
    }
}

public static class InvitationRules
{
    public static readonly NamedRule NotOpen = new("invitation.not-open",
        "This invitation has been used, was taken back, or is too old.");

    public static readonly NamedRule NoAddress = new("invitation.no-address",
        "There is no e-mail address to which an invitation of this person could go.");

    public static readonly NamedRule NoMail = new("invitation.no-mail",
        "This server cannot send mail yet. Whoever runs it must set Mail:Host.");

    public static readonly NamedRule SubjectIsTaken = new("invitation.subject-is-taken",
        "The account you are signed in with at your agency belongs to another person here.");
}
