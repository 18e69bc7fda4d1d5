using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.KnowWho;

public enum AgencyKind
{
    LocalAuthority,
    School,
    Health,
    YouthJustice,
    Voluntary,
    Other,
}

/// <summary>The organisation answerable for its participants. <see cref="Authority"/> names whose clocks and calendar its plans run by.</summary>
public sealed class Agency : IVersioned
{
    public const int NameLength = 200;
    public const int AuthorityLength = 60;

    private Agency()
    {
    }

    public Agency(string name, AgencyKind kind, string authority, DateTimeOffset now)
    {
        Id = Ids.New(now);
        Name = name;
        Kind = kind;
        Authority = authority;
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public AgencyKind Kind { get; private set; }

    public string Authority { get; private set; } = "";

    public int Version { get; private set; } = 1;

    public void Change(string name, AgencyKind kind) => (Name, Kind) = (name, kind);
}
