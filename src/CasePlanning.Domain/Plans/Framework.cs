using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>What a plan is structured by, as data: shipped, or added by an authority for its own plans. A new one needs no code.</summary>
public sealed class Framework
{
    public const int CodeLength = 60;
    public const int NameLength = 200;
    public const int MostOutcomes = 20;
    public const int MostAims = 50;
    public const int AimLength = 300;

    /// <summary>The framework of a plan that names none: the five Every Child Matters outcomes.</summary>
    public const string Default = "every-child-matters";

    private Framework()
    {
    }

    public Framework(string code, string name, IEnumerable<Outcome> outcomes)
    {
        Code = code;
        Name = name;
        Outcomes = [.. outcomes];
    }

    /// <summary>One that an authority adds for its own plans.</summary>
    public static Framework Of(string authority, string code, string name, IEnumerable<Outcome> outcomes, DateTimeOffset now) =>
        new(code, name, outcomes) { Id = Ids.New(now), Authority = authority };

    public string Code { get; private set; } = "";

    /// <summary>What one that was added is known by in an address; those that are shipped have none.</summary>
    public Guid? Id { get; private set; }

    /// <summary>The authority whose plans alone may use it; null for all.</summary>
    public string? Authority { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>In the order in which they are always shown.</summary>
    public List<Outcome> Outcomes { get; private set; } = [];

    public bool IsFor(string authority) => Authority is null || Authority == authority;
}

public static class FrameworkRules
{
    public static readonly NamedRule CodeIsTaken = new("framework.code-is-taken", "There is a framework with this code.");
}

/// <summary>One outcome for the child, with the aims that explain it and the words a child would use for it.</summary>
public sealed class Outcome
{
    private Outcome()
    {
    }

    public Outcome(string code, string name, string childName, IEnumerable<string> aims)
    {
        Code = code;
        Name = name;
        ChildName = childName;
        Aims = [.. aims];
    }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string ChildName { get; private set; } = "";

    public List<string> Aims { get; private set; } = [];
}
