namespace CasePlanning.Domain.Plans;

/// <summary>What a plan is structured by, shipped as data: a new one needs a file, not code.</summary>
public sealed class Framework
{
    public const int CodeLength = 60;

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

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>In the order in which they are always shown.</summary>
    public List<Outcome> Outcomes { get; private set; } = [];
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
