using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Application.Mail;

public enum MailKind
{
    Invitation,

    /// <summary>A link for somebody who has come in before and asked for another.</summary>
    NewLink,
    RecheckNeeded,
    RestrictionChanged,
    QuestionAsked,

    /// <summary>Whoever coordinates asks once more for a view.</summary>
    Nudge,
    ReplyOverdue,
    EmergencyAccess,
    Daily,
}

public enum MailState
{
    /// <summary>It has not gone yet; it is tried again by itself.</summary>
    Waiting,
    Sent,

    /// <summary>Given up: the mail server refused it, or could not be reached for hours.</summary>
    Failed,
}

/// <summary>
/// A mail that is to go out, written in the same transaction as what it tells of. It names its addressee by id, and its text is
/// sealed, because it may hold a link that lets somebody in; once it has gone, or is given up, no text is left.
/// </summary>
public sealed class OutgoingMail
{
    public const int SealedTextLength = 8_000;
    public const int FailureLength = 100;
    public const int MostAttempts = 10;

    private OutgoingMail()
    {
    }

    /// <param name="aboutId">What it tells of: the invitation, review, question, restriction or emergency access.</param>
    public OutgoingMail(MailKind kind, Guid toPersonId, Guid? aboutId, MailText text, ISealing sealing, DateTimeOffset now)
    {
        Id = Ids.New(now);
        Kind = kind;
        ToPersonId = toPersonId;
        AboutId = aboutId;
        SealedText = sealing.Seal($"{text.Subject}\n{text.Body}");
        WrittenAt = now;
        NextAttemptAt = now;
    }

    public Guid Id { get; private set; }

    public MailKind Kind { get; private set; }

    public Guid ToPersonId { get; private set; }

    public Guid? AboutId { get; private set; }

    public string SealedText { get; private set; } = "";

    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>How often it was tried; of two hosts that begin the same attempt, one cannot save it.</summary>
    public int Attempts { get; private set; }

    /// <summary>Null once it has gone or is given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The name of what went wrong last; never what a mail server said, which may repeat an address.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Claims it for one attempt: until the next is due, no other host tries.</summary>
    public bool BeginAttempt(DateTimeOffset now)
    {
        if (NextAttemptAt is not { } due || now < due)
            return false;
        NextAttemptAt = now + TimeSpan.FromMinutes(Math.Pow(2, Attempts));
        Attempts++;
        return true;
    }

    public void Sent(DateTimeOffset now)
    {
        SentAt = now;
        LastFailure = null;
        Close();
    }

    public void Failed(string failure)
    {
        LastFailure = failure;
        if (Attempts >= MostAttempts)
            Close();
    }

    /// <summary>No further attempt could go better, or none should be made.</summary>
    public void GiveUp(string failure)
    {
        LastFailure = failure;
        Close();
    }

    public MailText? Text(ISealing sealing) =>
        sealing.Unseal(SealedText)?.Split('\n', 2) is [var subject, var body] ? new(subject, body) : null;

    public static MailState StateOf(DateTimeOffset? sentAt, DateTimeOffset? nextAttemptAt) =>
        sentAt is not null ? MailState.Sent : nextAttemptAt is not null ? MailState.Waiting : MailState.Failed;

    private void Close()
    {
        NextAttemptAt = null;
        SealedText = "";
    }
}

/// <summary>What a mail says. Mails travel unprotected: a role, a kind and a day, never a name of anybody or anything, nor people's words.</summary>
public sealed record MailText(string Subject, string Body);
