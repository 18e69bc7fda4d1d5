using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.KnowWho;

/// <summary>An office that is about people, settings or the journal. None of them opens a plan. Everybody is appointed to one at a time.</summary>
[Flags]
public enum Office
{
    /// <summary>People and clients of one agency.</summary>
    AgencyAdministrator = 1,

    /// <summary>Agencies, frameworks and clocks of one authority, and who administers its agencies.</summary>
    AuthorityAdministrator = 2,

    /// <summary>The journal of one authority, and reviews of emergency access.</summary>
    PrivacyOfficer = 4,
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

    /// <summary>May look after the agency's people and clients: its own administrator, and those of its authority.</summary>
    public bool Administers(Agency agency) => Office switch
    {
        Office.AgencyAdministrator => AgencyId == agency.Id,
        Office.AuthorityAdministrator => Authority == agency.Authority,
        _ => false,
    };

    public bool IsCurrent(DateTimeOffset now) => From <= now && (Until is null || now < Until);

    public void End(DateTimeOffset now) => Until = IsCurrent(now) ? now : throw AdministrationRules.HasEnded.Broken();
}

public static class AdministrationRules
{
    public static readonly NamedRule NotOneself = new("appointment.not-oneself", "Nobody appoints themselves.");

    public static readonly NamedRule IsHeld = new("appointment.is-held", "This person holds this office already.");

    public static readonly NamedRule HasEnded = new("appointment.has-ended", "This appointment has ended.");

    public static readonly NamedRule WorksElsewhere =
        new("appointment.works-elsewhere", "This person does not work for this agency or, for an office of the authority, for one of its agencies.");

    public static readonly NamedRule AddressIsTaken =
        new("person.address-is-taken", "This e-mail address cannot be used: somebody has it already.");

    public static readonly NamedRule NotOnesOwnAccount = new("account.not-oneself", "Nobody disables their own account.");

    public static readonly NamedRule HoldsAnOffice = new("account.holds-an-office",
        "This person holds an office of the authority. Those who administer the authority end that first.");
}
