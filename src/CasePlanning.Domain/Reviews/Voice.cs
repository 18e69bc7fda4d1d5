using System.Globalization;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Reviews;

/// <summary>Whether an invited voice has been heard. Follows from what was said and recorded; never set by hand.</summary>
public enum VoiceStatus
{
    Heard,
    Partly,
    NotYet,
    Declined,
    CouldNotReach,
}

public enum AbsenceReason
{
    Court,
    Leave,
    Caseload,
    OtherDuty,
    Illness,
    Other,
}

/// <summary>Why somebody cannot come to a meeting; shown beside their view, not instead of it.</summary>
public sealed record Absence(AbsenceReason Reason, DateOnly? Until, string? Note);

public enum AttemptHow
{
    Phone,
    Email,
    Visit,
    Text,
    Letter,
    Other,
}

/// <summary>One try to hear a voice that was not heard yet.</summary>
/// <param name="IsNudge">A mail that was sent from here; otherwise somebody says what they did.</param>
public sealed record Attempt(DateOnly On, AttemptHow How, string? Note, Guid ById, bool IsNudge = false);

/// <summary>
/// An invited participant's standing in one review. Each is a row of its own, so that one person's absence never collides with
/// another person's attempt to reach somebody else.
/// </summary>
public sealed class Voice : IVersioned
{
    public const int NoteLength = 500;
    public const int HowLength = 1_000;
    public const int MostAttempts = 50;

    private Voice()
    {
    }

    public Voice(Review review, Guid participantId, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = review.PlanId;
        ReviewId = review.Id;
        ParticipantId = participantId;
        InvitedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public Guid ParticipantId { get; private set; }

    public DateTimeOffset InvitedAt { get; private set; }

    public Absence? Absence { get; private set; }

    public List<Attempt> Attempts { get; private set; } = [];

    public bool Declined { get; private set; }

    public bool CouldNotBeReached { get; private set; }

    /// <summary>What was done about this voice when it was not heard.</summary>
    public string? Addressed { get; private set; }

    public Guid? AddressedById { get; private set; }

    /// <summary>Who speaks in their place: a colleague of the same agency, or the cover when they left.</summary>
    public Guid? DelegateId { get; private set; }

    /// <summary>What the delegate said before this was said as themselves, and does not count for this voice.</summary>
    public DateTimeOffset? DelegatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>Heard when they, or whoever speaks in their place, said anything in their own or confirmed words.</summary>
    /// <param name="hasSpoken">At least one view that is signed by the voice itself or confirmed by it.</param>
    /// <param name="spokenFor">At least one view written down by somebody else and not yet confirmed.</param>
    public VoiceStatus StatusWhen(bool hasSpoken, bool spokenFor) => this switch
    {
        _ when hasSpoken => VoiceStatus.Heard,
        { Declined: true } => VoiceStatus.Declined,
        _ when spokenFor => VoiceStatus.Partly,
        { CouldNotBeReached: true } => VoiceStatus.CouldNotReach,
        _ => VoiceStatus.NotYet,
    };

    /// <summary>Nothing more need be done about this voice before the review closes.</summary>
    public bool IsSettledWhen(VoiceStatus status) =>
        status is VoiceStatus.Heard or VoiceStatus.Declined || Addressed is not null;

    public void BeAbsent(Absence? absence) => Absence = absence;

    public void Decline(bool declined) => Declined = declined;

    public void Attempted(Attempt attempt) => Attempts = [.. Attempts, attempt];

    /// <summary>The first day on which they may be nudged again; null when they have not been.</summary>
    public DateOnly? NextNudge => Attempts.Where(a => a.IsNudge).Select(a => (DateOnly?)a.On.AddDays(1)).Max();

    /// <summary>
    /// Asks again by mail. Being asked is no burden when it happens once a day at most, and no use when there is nothing to ask.
    /// </summary>
    public void Nudge(VoiceStatus status, Guid by, DateOnly today)
    {
        if (status is VoiceStatus.Heard or VoiceStatus.Declined)
            throw ReviewRules.NothingToAsk.Broken();
        if (NextNudge is { } next && today < next)
            throw ReviewRules.NudgedToday.Broken(new BrokenRuleDetail(ParticipantId, $"They can be asked again on {next.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}."));
        if (Attempts.Count >= MostAttempts)
            throw ReviewRules.AskedEnough.Broken();
        Attempted(new Attempt(today, AttemptHow.Email, Note: null, by, IsNudge: true));
    }

    public void CouldNotReach(bool couldNot)
    {
        if (couldNot && Attempts.Count == 0)
            throw ReviewRules.CouldNotReachNeedsAttempt.Broken();
        CouldNotBeReached = couldNot;
    }

    public void Address(string? how, Guid by)
    {
        Addressed = how;
        AddressedById = how is null ? null : by;
    }

    public void DelegateTo(Guid? participantId, DateTimeOffset now) =>
        (DelegateId, DelegatedAt) = (participantId, participantId is null ? null : now);

    /// <summary>Whether words by this participant, newest at that time, are said for this voice.</summary>
    public bool IsSpokenBy(Guid participantId, DateTimeOffset newest) =>
        participantId == ParticipantId || (participantId == DelegateId && newest >= DelegatedAt);
}
