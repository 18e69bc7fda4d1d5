using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Plans;

public enum TargetState
{
    Open,
    Met,
    Dropped,
}

/// <summary>
/// A SMART aim tied to an outcome. Its words are the plan's, until the child or family rewords it: then the plan carries theirs,
/// and they are owed a reply.
/// </summary>
public sealed class Target : IVersioned
{
    public const int MeasureLength = 2_000;

    private Target()
    {
    }

    public Target(Guid planId, string outcome, FourFields fields, string measure, DateOnly? due, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = planId;
        Outcome = outcome;
        (What, How, Why, WhereNext) = fields;
        Measure = measure;
        Due = due;
        SetById = by;
        SetAt = now;
        ChangedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public string Outcome { get; private set; } = "";

    public string What { get; private set; } = "";

    public string? How { get; private set; }

    public string? Why { get; private set; }

    public string? WhereNext { get; private set; }

    /// <summary>How everybody will know that it is met.</summary>
    public string Measure { get; private set; } = "";

    public DateOnly? Due { get; private set; }

    public TargetState State { get; private set; }

    public Guid SetById { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<Rewording> Rewordings { get; private set; } = [];

    public List<ProgressNote> Progress { get; private set; } = [];

    public void Change(FourFields fields, string measure, DateOnly? due, TargetState state, DateTimeOffset now)
    {
        (What, How, Why, WhereNext) = fields;
        Measure = measure;
        Due = due;
        State = state;
        ChangedAt = now;
    }

    /// <summary>The child or family puts it in their own words, which the plan carries at once.</summary>
    public Rewording Reword(string words, Participant by, DateTimeOffset now)
    {
        if (!RolePowers.IsFamily(by.Role))
            throw TargetRules.FamilyRewords.Broken();
        var rewording = new Rewording(this, What, words, by.Id, now);
        Rewordings.Add(rewording);
        What = words;
        ChangedAt = now;
        return rewording;
    }

    public void Note(string words, DateOnly on, Guid by, DateTimeOffset now) => Progress.Add(new ProgressNote(this, words, on, by, now));
}

/// <summary>A target in the family's own words, what it said before, and the reply they are owed.</summary>
public sealed class Rewording
{
    private Rewording()
    {
    }

    internal Rewording(Target target, string before, string words, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        TargetId = target.Id;
        PlanId = target.PlanId;
        Before = before;
        Words = words;
        ById = by;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid TargetId { get; private set; }

    public Guid PlanId { get; private set; }

    public string Before { get; private set; } = "";

    public string Words { get; private set; } = "";

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string? Reply { get; private set; }

    public Guid? ReplyById { get; private set; }

    public DateTimeOffset? RepliedAt { get; private set; }

    public void Answer(string reply, Guid by, DateTimeOffset now)
    {
        if (Reply is not null)
            throw TargetRules.AlreadyReplied.Broken();
        (Reply, ReplyById, RepliedAt) = (reply, by, now);
    }
}

/// <summary>How a target is coming along, on one day, by one person.</summary>
public sealed class ProgressNote
{
    public const int WordsLength = 4_000;

    private ProgressNote()
    {
    }

    internal ProgressNote(Target target, string words, DateOnly on, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        TargetId = target.Id;
        PlanId = target.PlanId;
        Words = words;
        On = on;
        ById = by;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid TargetId { get; private set; }

    public Guid PlanId { get; private set; }

    public string Words { get; private set; } = "";

    public DateOnly On { get; private set; }

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }
}
