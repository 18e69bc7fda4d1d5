namespace CasePlanning.Domain.KnowWho;

public enum HowOften
{
    Off,

    /// <summary>With the daily mail, in the morning.</summary>
    Daily,

    /// <summary>As soon as it happens.</summary>
    Immediate,
}

/// <summary>
/// Of what a person wants to hear by mail, and how often. Professionals hear once a day of what is new, and at once of what waits
/// for them; a child and their family hear of nothing until they choose to, because a mailbox at home can have other readers.
/// </summary>
public sealed class MailChoice
{
    private MailChoice()
    {
    }

    /// <summary>What holds for somebody who has not chosen.</summary>
    public MailChoice(Guid personId, bool isProfessional)
    {
        PersonId = personId;
        Digest = isProfessional ? HowOften.Daily : HowOften.Off;
        RecheckNeeded = RestrictionChanged = ReplyOwed = isProfessional ? HowOften.Immediate : HowOften.Off;
    }

    public Guid PersonId { get; private set; }

    /// <summary>What is new and what is asked, in one mail a day; never at once.</summary>
    public HowOften Digest { get; private set; }

    /// <summary>A view has put a decision in question.</summary>
    public HowOften RecheckNeeded { get; private set; }

    /// <summary>Something was hidden from somebody, or is hidden no longer.</summary>
    public HowOften RestrictionChanged { get; private set; }

    /// <summary>They were asked a question, or have not answered it in time.</summary>
    public HowOften ReplyOwed { get; private set; }

    /// <summary>Up to when the last daily mail told; null before the first.</summary>
    public DateTimeOffset? ToldUpTo { get; private set; }

    public bool WantsDaily => Digest is HowOften.Daily || RecheckNeeded is HowOften.Daily || RestrictionChanged is HowOften.Daily || ReplyOwed is HowOften.Daily;

    public void Choose(HowOften digest, HowOften recheckNeeded, HowOften restrictionChanged, HowOften replyOwed) =>
        (Digest, RecheckNeeded, RestrictionChanged, ReplyOwed) = (digest, recheckNeeded, restrictionChanged, replyOwed);

    public void Told(DateTimeOffset now) => ToldUpTo = now;
}
