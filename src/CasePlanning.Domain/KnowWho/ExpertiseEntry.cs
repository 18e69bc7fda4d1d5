namespace CasePlanning.Domain.KnowWho;

/// <summary>
/// What one person can do, cannot do, for which ages and how to reach them: their own words, confirmed by them. The limits are
/// as necessary as the offer: knowing who cannot help saves a child a wasted month.
/// </summary>
public sealed class ExpertiseEntry
{
    public const int TextLength = 2_000;
    public const int AreaLength = 200;
    public const int OldestAge = 25;

    /// <summary>After this many days without confirmation an entry is shown as stale.</summary>
    public const int StaleAfterDays = 180;

    private ExpertiseEntry()
    {
    }

    public ExpertiseEntry(Guid personId) => PersonId = personId;

    public Guid PersonId { get; private set; }

    public string CanDo { get; private set; } = "";

    public string CannotDo { get; private set; } = "";

    public int AgeFrom { get; private set; }

    public int AgeTo { get; private set; }

    public string Area { get; private set; } = "";

    public string HowToReach { get; private set; } = "";

    public DateOnly ConfirmedOn { get; private set; }

    public void Confirm(string canDo, string cannotDo, int ageFrom, int ageTo, string area, string howToReach, DateOnly today)
    {
        CanDo = canDo;
        CannotDo = cannotDo;
        AgeFrom = ageFrom;
        AgeTo = ageTo;
        Area = area;
        HowToReach = howToReach;
        ConfirmedOn = today;
    }

    /// <summary>By what it is found: the offer and the area. The limits are left out, or "no sleep work" would be found for "sleep".</summary>
    public IReadOnlySet<string> Words => ExpertiseWord.AllIn($"{CanDo} {Area}").ToHashSet();

    /// <summary>Each of these words begins one of its own.</summary>
    public bool Fits(IEnumerable<string> words)
    {
        var own = Words;
        return words.All(word => own.Any(o => o.StartsWith(word, StringComparison.Ordinal)));
    }

    public bool IsStale(DateOnly today) => today > ConfirmedOn.AddDays(StaleAfterDays);
}
