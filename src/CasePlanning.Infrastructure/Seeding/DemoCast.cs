using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Infrastructure.Seeding;

/// <summary>
/// The people and agencies of the demo. Everyone and every place is invented. Each person's address is
/// <c>firstname.lastname@demo.example</c>.
/// </summary>
internal sealed class DemoCast
{
    private readonly Dictionary<string, Person> people = [];
    private readonly Dictionary<string, Agency> agencies = [];

    public DemoCast(DateTimeOffset now)
    {
        var council = Add("Thornmere Borough Council", AgencyKind.LocalAuthority, now);
        var larkmoor = Add("Larkmoor Academy", AgencyKind.School, now);
        var holmewater = Add("Holmewater Community School", AgencyKind.School, now);
        var saltmarsh = Add("Saltmarsh Free School", AgencyKind.School, now);
        var health = Add("Thornmere Community Health", AgencyKind.Health, now);
        var advocacy = Add("Harbour Voice Advocacy", AgencyKind.Voluntary, now);
        var mentoring = Add("Tidewater Mentoring", AgencyKind.Voluntary, now);

        Add("Odalys Brennock", Role.VirtualSchoolHead, council, now);
        Add("Hamo Tresk", Role.VirtualSchoolCaseworker, council, now);
        Add("Perrin Stallworthy", Role.Strategist, council, now);
        Add("Lettice Umber", Role.IndependentReviewingOfficer, council, now);
        Add("Ngaire Holloway-Bose", Role.EducationalPsychologist, council, now, "Dr Ngaire Holloway-Bose");
        Add("Tobias Quill", Role.EducationWelfareOfficer, council, now);
        Add("Dominic Ferraby", Role.SocialWorker, council, now);
        Add("Roz Applegarth", Role.TeamManager, council, now);
        Add("Sunniva Raike", Role.Nurse, health, now);
        Add("Imke Sandover", Role.DesignatedTeacher, larkmoor, now);
        Add("Cal Wexley", Role.Teacher, larkmoor, now);
        Add("Juno Prideaux", Role.Advocate, advocacy, now);
        Add("Gwilym Sarn", Role.Teacher, holmewater, now);
        Add("Xanthe Moorcroft", Role.Teacher, saltmarsh, now);
        Add("Kwabena Lisle", Role.Mentor, mentoring, now);

        // Offices, not parts in a plan: none of these three sees a child.
        Add("Petra Lanyon", null, council, now);
        Add("Edmund Skerry", null, council, now);
        Add("Winifred Tolland", null, larkmoor, now);
        Appointments =
        [
            Appointment.ToAuthority(people["Petra Lanyon"].Id, Office.PrivacyOfficer, council.Authority, now),
            Appointment.ToAuthority(people["Edmund Skerry"].Id, Office.AuthorityAdministrator, council.Authority, now),
            Appointment.ToAgency(people["Winifred Tolland"].Id, larkmoor, now),
        ];

        Add("Kezia Amari-Holt", Role.Child, null, now);
        Add("Delphine Holt", Role.Parent, null, now);
        Add("Maud Ellerthwaite", Role.Carer, null, now);
        Add("Bryn Ellerthwaite", Role.Carer, null, now);
        Add("Jomi Adesina-Thorley", Role.Child, null, now);
        Add("Femi Thorley", Role.Parent, null, now);
        Add("Abeni Adesina", Role.Carer, null, now);
    }

    public IEnumerable<Person> People => people.Values;

    public IEnumerable<Agency> Agencies => agencies.Values;

    public IReadOnlyList<Appointment> Appointments { get; }

    public Person this[string name] => people[name];

    private Agency Add(string name, AgencyKind kind, DateTimeOffset now) => agencies[name] = new Agency(name, kind, "thornmere", now);

    private void Add(string name, Role? role, Agency? agency, DateTimeOffset now, string? shownAs = null) =>
        people[name] = new Person(shownAs ?? name, $"{name.ToLowerInvariant().Replace(' ', '.')}@demo.example", agency?.Id, role, now);
}
