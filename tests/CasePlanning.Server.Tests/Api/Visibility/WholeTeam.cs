using System.Collections.Concurrent;
using CasePlanning.Application.Accounts;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// A plan in which somebody of every role takes part, with an open review that asks them all. People are known here by what they
/// are; everybody is invented.
/// </summary>
internal sealed class WholeTeam : IAsyncDisposable
{
    private const string Lead = "hamo.tresk";

    /// <summary>By role: the agency, and the name. The lead, who opens the plan, is one of the demo's people.</summary>
    private static readonly (string Who, string? Agency, string Name)[] People =
    [
        ("child", null, "Wren Oldacre"),
        ("parent", null, "Sabra Oldacre"),
        ("carer", null, "Ottoline Skerrivore"),
        ("releasedCarer", null, "Lazlo Brambleheath"),
        ("socialWorker", "council", "Iolo Penhallow"),
        ("teamManager", "council", "Freya Dunmallard"),
        ("independentReviewingOfficer", "council", "Cosmo Tarrant"),
        ("educationalPsychologist", "council", "Zillah Marchbank"),
        ("educationWelfareOfficer", "council", "Rafe Quennell"),
        ("virtualSchoolHead", "council", "Isolde Farthing"),
        ("strategist", "council", "Basil Overcote"),
        ("designatedTeacher", "school", "Greta Lumley"),
        ("teacher", "school", "Piers Hollowell"),
        ("senco", "school", "Nerys Cathcart"),
        ("nurse", "health", "Oona Ravelston"),
        ("camhsPractitioner", "health", "Emrys Salkeld"),
        ("youthJusticeWorker", "youthJustice", "Tamsin Brode"),
        ("advocate", "voluntary", "Jory Kingdon"),
        ("mentor", "voluntary", "Leopold Asante"),
        ("leftNurse", "health", "Hebe Thackeray"),
    ];

    private static readonly Dictionary<string, string> Roles = new() { ["releasedCarer"] = "carer", ["leftNurse"] = "nurse", ["comingTeacher"] = "teacher" };

    /// <summary>Many are asked for at once.</summary>
    private readonly ConcurrentDictionary<string, ApiCaller> callers = new();
    private readonly Dictionary<string, string> participants = [];
    private readonly Dictionary<string, string> agencies = [];
    private readonly Dictionary<string, string> systems = [];

    private WholeTeam(PlanningHost host) => Host = host;

    public PlanningHost Host { get; }

    public string Plan { get; private set; } = "";

    public string Review { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Participants => participants;

    public IReadOnlyDictionary<string, string> Agencies => agencies;

    /// <summary>An identifier of the child in another system.</summary>
    public string Identifier { get; } = $"UPN{Guid.NewGuid():N}";

    /// <param name="host">A host of the caller's; one like any other when there is none.</param>
    public static async Task<WholeTeam> Gather(PlanningHost? host = null)
    {
        var team = new WholeTeam(host ?? new PlanningHost());
        await team.OpenPlan();
        foreach (var (who, agency, name) in People)
            await team.Join(who, agency, name);
        foreach (var (system, agency) in new[] { ("schoolSystem", "school"), ("healthSystem", "health") })
            team.systems[system] = await team.Host.Integrators.Register(team.agencies[agency]);
        team.systems["strangeSystem"] = await team.Host.Integrators.Register("Saltmarsh Free School");
        // Takes part from next month on.
        await team.Join("comingTeacher", "school", "Morna Fitzalan", from: team.Host.Clock.Now.AddMonths(1));
        await team.OpenReview("The review of all", 0, 14);
        return team;
    }

    /// <summary>The participation of somebody.</summary>
    public string Id(string who) => participants[who];

    public static IEnumerable<string> Names => People.Select(p => p.Name);

    public static string NameOf(string who) => People.Single(p => p.Who == who).Name;

    public ApiCaller As(string who) => callers.GetOrAdd(who, _ =>
        who is "anonymous" ? Host.Anonymous()
        : systems.TryGetValue(who, out var client) ? Host.Integrators.As(client)
        : Host.SignInAs(AddressOf(who)));

    /// <summary>A minute passes, so that nothing happens at the same instant as something else.</summary>
    public void Wait() => Host.Clock.Now += TimeSpan.FromMinutes(1);

    public async Task OpenReview(string title, int fromDay, int toDay)
    {
        var today = DateOnly.FromDateTime(Host.Clock.Now.UtcDateTime);
        Review = (await As("lead").Post($"/plans/{Plan}/reviews", new
        {
            title,
            opensOn = today.AddDays(fromDay),
            closesOn = today.AddDays(toDay),
            invite = "everyone",
        })).Expect(201).Id;
    }

    /// <summary>From now on everybody is written to: only those are who have come in before.</summary>
    public async Task ComeIn()
    {
        await Host.Write(database => database.Accounts.AddRange(database.Persons
            .Where(p => p.Email != null && !database.Accounts.Any(a => a.Id == p.Id)).Select(p => p.Id).ToList().Select(id => new Account(id))));
        await Host.WriteNotices();
        // A token from before somebody had an account is not accepted any more.
        Wait();
    }

    /// <summary>A professional who takes no part opens the plan, to read for an hour.</summary>
    public async Task OpenInEmergency(string who) => (await As(who).Post($"/plans/{Plan}/emergency-access",
        new { purpose = "missingChild", justification = "He was not in school and is not at home." })).Expect(201);

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task OpenPlan()
    {
        foreach (var (name, kind) in new[] { ("school", "school"), ("health", "health"), ("youthJustice", "youthJustice"), ("voluntary", "voluntary") })
            agencies[name] = (await As("lead").Post("/agencies", new { name = $"Agency for {name}", kind })).Expect(201).Id;
        var all = await As("lead").Get("/agencies?limit=200");
        agencies["council"] = all.Items.Single(a => a.GetProperty("name").GetString() == "Thornmere Borough Council").GetProperty("id").GetString()!;

        var plan = (await As("lead").Post("/plans", new
        {
            child = new
            {
                givenName = "Wren",
                familyName = "Oldacre",
                dateOfBirth = "2014-02-01",
                identifiers = new[] { new { system = "upn", value = Identifier } },
            },
            kind = "pep",
        })).Expect(201);
        Plan = plan.Id;
        participants["lead"] = plan["me"].GetProperty("participantId").GetString()!;
    }

    private async Task Join(string who, string? agency, string name, DateTimeOffset? from = null) =>
        participants[who] = (await As("lead").Post($"/plans/{Plan}/participants", new
        {
            person = new { name, email = $"{AddressOf(who)}@demo.example" },
            role = Roles.GetValueOrDefault(who, who),
            agencyId = agency is null ? null : agencies[agency],
            speaksFor = who is "advocate" ? Id("child") : null,
            from,
            nameReleasedToParents = who is "releasedCarer",
        })).Expect(201).Id;

    private static string AddressOf(string who) => who switch
    {
        "lead" => Lead,
        "stranger" => "femi.thorley",
        Readers.OnCall => "tobias.quill",
        "wasOnCall" => "roz.applegarth",
        "agencyAdministrator" => "winifred.tolland",
        "authorityAdministrator" => "edmund.skerry",
        "privacyOfficer" => "petra.lanyon",
        _ => who,
    };
}
