using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Api.Authorisation;

/// <summary>
/// Everybody who could call about a plan: one of each role who takes part in it, and one of each other relation to it that there
/// is, down to nobody. Those who must be refused everything come first, so that what the others do is not yet done.
/// </summary>
internal sealed class Subjects(PlanningHost host, OneOfEverything.Cast cast)
{
    /// <summary>They stand in no relation to the plan that would let them in.</summary>
    private static readonly string[] Outsiders =
    [
        "anonymous", "stranger", "otherAgency", "otherAuthority", "otherParent", "ended", "notBegun", "emergencyExpired",
        "agencyAdministrator", "authorityAdministrator", "privacyOfficer",
        "integratorDisabled", "integratorOtherAgency", "integratorNoScope",
    ];

    /// <summary>They take part, in the role they are called by.</summary>
    private static readonly string[] Roles =
    [
        "strategist", "parent", "carer", "child", "advocate", "mentor", "teacher", "senco", "educationalPsychologist",
        "educationWelfareOfficer", "nurse", "camhsPractitioner", "youthJusticeWorker", "independentReviewingOfficer", "teamManager",
        "designatedTeacher", "socialWorker", "virtualSchoolCaseworker", "virtualSchoolHead",
    ];

    /// <summary>Everybody, in the order in which they call.</summary>
    public static readonly string[] All = [.. Outsiders, "emergency", "integrator", .. Roles, "lead"];

    /// <summary>Those whom the story of the plan knows by a name.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["lead"] = "hamo",
        ["child"] = "kezia",
        ["parent"] = "delphine",
        ["socialWorker"] = "dominic",
        ["designatedTeacher"] = "imke",
        ["nurse"] = "sunniva",
    };

    private readonly Dictionary<string, ApiCaller> callers = [];
    private readonly Dictionary<string, string> clients = [];

    public ApiCaller this[string subject] =>
        callers.TryGetValue(subject, out var caller)
            ? caller
            : callers[subject] = subject is "anonymous" ? host.Anonymous()
            : clients.TryGetValue(subject, out var client) ? host.Integrators.As(client)
            : host.SignInAs(Known.GetValueOrDefault(subject, subject));

    /// <summary>Systems name in <c>authoredBy</c> for whom they write, and nobody else does.</summary>
    public bool IsSystem(string subject) => clients.ContainsKey(subject);

    /// <summary>Those who take part in no plan, and the systems of agencies, once for the host.</summary>
    public async Task Employ()
    {
        await EmployPeople();
        foreach (var (subject, agency, scopes) in new (string, string, string[])[]
        {
            ("integrator", "Thornmere Borough Council", [.. ClientScopes.All]),
            ("integratorNoScope", "Thornmere Borough Council", []),
            ("integratorOtherAgency", "Thornmere Community Health", [.. ClientScopes.All]),
            ("integratorDisabled", "Thornmere Borough Council", [.. ClientScopes.All]),
        })
        {
            clients[subject] = await host.Integrators.Register(agency, scopes);
        }

        await host.Integrators.End(clients["integratorDisabled"]);
    }

    private Task<int> EmployPeople() => host.Write(database =>
    {
        var now = host.Clock.Now;
        var council = database.Agencies.Single();
        var health = new Agency("Thornmere Community Health", AgencyKind.Health, council.Authority, now);
        var elsewhere = new Agency("Wexmoor County Council", AgencyKind.LocalAuthority, "wexmoor", now);
        database.Agencies.AddRange(health, elsewhere);
        Add("stranger", council, Role.SocialWorker);
        Add("otherAgency", health, Role.Nurse);
        Add("otherAuthority", elsewhere, Role.SocialWorker);
        Add("otherParent", agency: null, Role.Parent);
        Add("emergency", health, Role.Nurse);
        Add("emergencyExpired", health, Role.Nurse);
        database.Appointments.AddRange(
            Appointment.ToAgency(Add("agencyAdministrator", council, role: null).Id, council, now),
            Appointment.ToAuthority(Add("authorityAdministrator", council, role: null).Id, Office.AuthorityAdministrator, council.Authority, now),
            Appointment.ToAuthority(Add("privacyOfficer", council, role: null).Id, Office.PrivacyOfficer, council.Authority, now));

        Person Add(string name, Agency? agency, Role? role)
        {
            var person = new Person($"{name} of the matrix", $"{name}@demo.example", agency?.Id, role, now);
            database.Persons.Add(person);
            return person;
        }
    });

    /// <summary>Brings everybody into their relation to a plan.</summary>
    public async Task Gather(string plan)
    {
        foreach (var role in Roles.Where(r => !Known.ContainsKey(r)))
        {
            await Join(role, role, from: null);
        }

        await Join("ended", "socialWorker", from: null);
        await Join("notBegun", "socialWorker", from: host.Clock.Now.AddMonths(1));
        await host.Write(database =>
        {
            var (id, now) = (Guid.Parse(plan), host.Clock.Now);
            var person = database.Persons.Single(p => p.Email == "ended@demo.example").Id;
            database.Participants.Single(p => p.PlanId == id && p.PersonId == person).End(now, cover: null);
            database.EmergencyAccesses.AddRange(Opened("emergency", now), Opened("emergencyExpired", now - EmergencyAccess.Lasts));

            EmergencyAccess Opened(string who, DateTimeOffset at)
            {
                var address = Person.NormaliseEmail($"{who}@demo.example");
                var by = database.Persons.Single(p => p.Email == address);
                return new EmergencyAccess(id, by.Id, by.AgencyId, EmergencyPurpose.Treatment, "She is in the emergency department now.", null,
                    DateOnly.FromDateTime(at.UtcDateTime).AddDays(2), at);
            }
        });

        async Task Join(string name, string role, DateTimeOffset? from) => (await cast.Hamo.Post($"/plans/{plan}/participants", new
        {
            person = new { name = $"{name} of the matrix", email = $"{name}@demo.example" },
            role,
            from,
        })).Expect(201);
    }
}
