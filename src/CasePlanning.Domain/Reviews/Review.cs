using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Reviews;

/// <summary>Where a review stands. The first three follow from its dates; the last two are acts of people.</summary>
public enum ReviewState
{
    Planned,
    Open,
    Closing,
    Closed,
    Signed,
}

/// <summary>A marker on the review's window, not the container of its views. A review has none, one or several.</summary>
public sealed record Meeting(DateTimeOffset At, string? Place)
{
    public const int PlaceLength = 200;
}

/// <summary>An outcome on which views differ and nothing was decided.</summary>
public sealed record OpenDifference(string Outcome, string Name)
{
    public string Sentence => $"Views differ on {Name}, and nothing was decided on it.";
}

/// <summary>
/// One cycle of a plan: a contribution window, invited voices, meetings if any, decisions, close, sign-off. Contributing does
/// not change it, so nobody who speaks ever waits for anybody.
/// </summary>
public sealed class Review : IVersioned
{
    public const int TitleLength = 200;
    public const int MostMeetings = 20;
    public const int LeftOpenLength = 2_000;

    private Review()
    {
    }

    public Review(
        Guid planId, string title, DateOnly opensOn, DateOnly closesOn, IEnumerable<Meeting> meetings, bool invitesEveryone,
        Guid openedBy, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = planId;
        Title = title;
        Meetings = [.. meetings.OrderBy(m => m.At)];
        InvitesEveryone = invitesEveryone;
        OpenedById = openedBy;
        OpenedAt = now;
        Schedule(opensOn, closesOn);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public string Title { get; private set; } = "";

    public DateOnly OpensOn { get; private set; }

    /// <summary>The last day of the window. Views that come later are kept too, until sign-off.</summary>
    public DateOnly ClosesOn { get; private set; }

    public List<Meeting> Meetings { get; private set; } = [];

    /// <summary>Whoever joins the team while the review runs is invited as well.</summary>
    public bool InvitesEveryone { get; private set; }

    public Guid OpenedById { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public Guid? ClosedById { get; private set; }

    /// <summary>Why it was closed while views differed where nothing was decided.</summary>
    public string? LeftOpen { get; private set; }

    /// <summary>The outcomes on which that was so, as far as the closer could see.</summary>
    public List<string> OutcomesLeftOpen { get; private set; } = [];

    public DateTimeOffset? SignedAt { get; private set; }

    public Guid? SignedById { get; private set; }

    public int Version { get; private set; } = 1;

    public ReviewState StateOn(DateOnly today) => this switch
    {
        { SignedAt: not null } => ReviewState.Signed,
        { ClosedAt: not null } => ReviewState.Closed,
        _ when today < OpensOn => ReviewState.Planned,
        _ when today <= ClosesOn => ReviewState.Open,
        _ => ReviewState.Closing,
    };

    /// <summary>
    /// When something was said relative to the meetings: before while one is still to come (or there is none), after once the
    /// last has begun. Shown small; never used for order or weight.
    /// </summary>
    public bool IsAfterMeetings(DateTimeOffset now) => Meetings.Count > 0 && Meetings.All(m => m.At <= now);

    public void Rename(string title)
    {
        MustNotBeSigned();
        Title = title;
    }

    public void Schedule(DateOnly opensOn, DateOnly closesOn)
    {
        MustNotBeClosed();
        if (closesOn < opensOn)
            throw ReviewRules.ClosesBeforeItOpens.Broken();
        OpensOn = opensOn;
        ClosesOn = closesOn;
    }

    public void Meet(IEnumerable<Meeting> meetings)
    {
        MustNotBeClosed();
        Meetings = [.. meetings.OrderBy(m => m.At)];
    }

    /// <summary>Overlaps another window of the same plan: two open windows would split the voices.</summary>
    public bool Overlaps(Review other) => OpensOn <= other.ClosesOn && other.OpensOn <= ClosesOn;

    /// <summary>
    /// Closes the window's work: possible without a missing voice, but not silently, and not while a child waits for a reply.
    /// Where views differ, something was decided, or somebody says why it is left open.
    /// </summary>
    /// <param name="notAddressed">Invited voices that are neither heard, declined nor addressed, as far as the closer may know.</param>
    /// <param name="requestsWithoutReply">The child's requests without a reply.</param>
    /// <param name="differences">The outcomes on which views differ and nothing was decided, as far as the closer may know.</param>
    /// <param name="leftOpen">Why these are left open.</param>
    public void Close(
        IReadOnlyCollection<BrokenRuleDetail> notAddressed, IReadOnlyCollection<BrokenRuleDetail> requestsWithoutReply,
        IReadOnlyCollection<OpenDifference> differences, string? leftOpen, Guid by, DateTimeOffset now)
    {
        MustNotBeClosed();
        if (notAddressed.Count > 0)
            throw ReviewRules.VoiceNotAddressed.Broken(notAddressed);
        if (requestsWithoutReply.Count > 0)
            throw ReviewRules.ChildWaitsForReply.Broken(requestsWithoutReply);
        if (differences.Count > 0 && leftOpen is null)
            throw ReviewRules.DifferenceLeftOpen.Broken(differences.Select(d => new BrokenRuleDetail(null, d.Sentence)));
        LeftOpen = differences.Count > 0 ? leftOpen : null;
        OutcomesLeftOpen = [.. differences.Select(d => d.Outcome)];
        ClosedAt = now;
        ClosedById = by;
    }

    /// <summary>Assents that the process is complete. Dissents stand; decisions that a late view puts in question do not.</summary>
    public void SignOff(IReadOnlyCollection<BrokenRuleDetail> needingRecheck, Guid by, DateTimeOffset now)
    {
        MustNotBeSigned();
        if (ClosedAt is null)
            throw ReviewRules.NotClosed.Broken();
        if (needingRecheck.Count > 0)
            throw DecisionRules.NeedsRecheck.Broken(needingRecheck);
        SignedAt = now;
        SignedById = by;
    }

    /// <summary>After sign-off only addenda are possible.</summary>
    public void MustNotBeSigned()
    {
        if (SignedAt is not null)
            throw ReviewRules.IsSigned.Broken();
    }

    /// <summary>Whom it asks, and when, is settled once it is closed.</summary>
    public void MustNotBeClosed()
    {
        MustNotBeSigned();
        if (ClosedAt is not null)
            throw ReviewRules.IsClosed.Broken();
    }
}
