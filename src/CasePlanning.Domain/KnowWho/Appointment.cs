using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.KnowWho;

/// <summary>An office that is about people, settings or the journal. None of them opens a plan.</summary>
public enum Office
{
    /// <summary>People and clients of one agency.</summary>
    AgencyAdministrator,

    /// <summary>Frameworks and clocks of one authority, and who administers its agencies.</summary>
    AuthorityAdministrator,

    /// <summary>The journal of one authority, and reviews of emergency access.</summary>
    PrivacyOfficer,
}

/// <summary>A person × an office × an agency or authority × dates. Read at request time, like a participation.</summary>
public sealed class Appointment
{
    private Appointment()
    {
    }

    private Appointment(Guid personId, Office office, Guid? agencyId, string authority, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (PersonId, Office, AgencyId, Authority, From) = (personId, office, agencyId, authority, now);
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    public Office Office { get; private set; }

    /// <summary>For an agency administrator: whose people and clients.</summary>
    public Guid? AgencyId { get; private set; }

    public string Authority { get; private set; } = "";

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    public static Appointment ToAgency(Guid personId, Agency agency, DateTimeOffset now) =>
        new(personId, Office.AgencyAdministrator, agency.Id, agency.Authority, now);

    /// <param name="office">Any but that of an agency's administrator.</param>
    public static Appointment ToAuthority(Guid personId, Office office, string authority, DateTimeOffset now) =>
        office is Office.AgencyAdministrator
            ? throw new ArgumentException("An agency's administrator is appointed to the agency.", nameof(office))
            : new Appointment(personId, office, agencyId: null, authority, now);

    public void End(DateTimeOffset now) => Until ??= now;
}
