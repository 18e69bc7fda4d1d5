using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>People, offices, frameworks and clocks are looked after by those appointed to it, who see no plan by it.</summary>
public sealed class AdministrationTests : IAsyncLifetime
{
    private readonly PlanningHost host = new();
    private readonly Dictionary<string, string> agencies = [];
    private ApiCaller winifred = null!;
    private ApiCaller edmund = null!;
    private ApiCaller hamo = null!;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        (winifred, edmund, hamo) = (host.SignInAs("winifred.tolland"), host.SignInAs("edmund.skerry"), host.SignInAs("hamo.tresk"));
        foreach (var agency in (await hamo.Get("/agencies?limit=200")).Items)
            agencies[agency.GetProperty("name").GetString()!] = agency.GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private string Larkmoor => agencies["Larkmoor Academy"];

    private string Council => agencies["Thornmere Borough Council"];

    [Fact]
    public async Task An_agency_s_people_are_listed_and_added_by_its_administrator_and_by_nobody_elsewhere()
    {
        var people = (await winifred.Get($"/agencies/{Larkmoor}/people")).Expect(200);
        Assert.Equal(["Cal Wexley", "Imke Sandover", "Winifred Tolland"], people.Items.Select(p => p.GetProperty("name").GetString()));
        Assert.Equal("agencyAdministrator", people.Items.Last().GetProperty("offices")[0].GetString());

        var added = (await winifred.Post($"/agencies/{Larkmoor}/people", Greta())).Expect(201);
        Assert.Equal("notYet", added["signIn"].GetString());
        (await winifred.Post($"/agencies/{Larkmoor}/people", Greta())).ExpectProblem(409, "person.address-is-taken");
        (await winifred.Post($"/agencies/{Larkmoor}/people", new { name = "A child", email = "child@demo.example", usualRole = "child" })).ExpectProblem(422, "request.invalid");

        // She takes part in nothing by it.
        Assert.Empty((await host.SignInAs("greta.lumley").Get("/plans")).Items);

        // Another agency is answered like one that there is not; whoever administers the authority looks after all of its agencies.
        (await winifred.Get($"/agencies/{Council}/people")).Expect(404);
        (await winifred.Get($"/agencies/{Guid.NewGuid()}/people")).Expect(404);
        (await winifred.Post($"/agencies/{Council}/people", new { name = "B", email = "b@demo.example" })).Expect(404);
        (await edmund.Get($"/agencies/{Council}/people")).Expect(200);
        (await hamo.Get($"/agencies/{Council}/people")).Expect(403);
        (await host.SignInAs("petra.lanyon").Get($"/agencies/{Council}/people")).Expect(403);

        // Page by page it is the same list.
        var (paged, next) = (new List<string?>(), (string?)"?limit=1");
        while (next is not null)
        {
            var page = (await edmund.Get($"/agencies/{Larkmoor}/people{next}")).Expect(200);
            paged.AddRange(page.Items.Select(p => p.GetProperty("name").GetString()));
            next = page["next"].GetString() is { } cursor ? $"?limit=1&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        Assert.Equal(["Cal Wexley", "Greta Lumley", "Imke Sandover", "Winifred Tolland"], paged);
    }

    [Fact]
    public async Task A_disabled_account_is_shut_at_once_and_what_was_issued_before_stays_refused()
    {
        var wexley = await Person(winifred, Larkmoor, "Cal Wexley");
        using var before = await Holding("cal.wexley");
        (await before.Get("/plans")).Expect(200);
        var disabled = (await winifred.Post($"/agencies/{Larkmoor}/people/{wexley}/disable")).Expect(200);
        Assert.Equal("disabled", disabled["signIn"].GetString());
        (await before.Get("/plans")).Expect(401);

        (await winifred.Post($"/agencies/{Larkmoor}/people/{wexley}/enable")).Expect(200);
        (await before.Get("/plans")).Expect(401);
        using var after = await Holding("cal.wexley");
        (await after.Get("/plans")).Expect(200);
        (await winifred.Post($"/agencies/{Larkmoor}/people/{wexley}/end-sessions")).Expect(200);
        (await after.Get("/plans")).Expect(401);
        (await host.SignInAs("cal.wexley").Get("/plans")).Expect(200);
        host.Calls.Clear();
    }

    [Fact]
    public async Task Nobody_disables_themselves_and_no_agency_those_who_look_at_what_it_does()
    {
        (await winifred.Post($"/agencies/{Larkmoor}/people/{await Person(winifred, Larkmoor, "Winifred Tolland")}/disable")).ExpectProblem(409, "account.not-oneself");

        // The council's own administrator, and the privacy officer who works for the council.
        var roz = await Person(edmund, Council, "Roz Applegarth");
        (await edmund.Post("/appointments", new { personId = roz, office = "agencyAdministrator", agencyId = Council })).Expect(201);
        using var applegarth = host.SignInAs("roz.applegarth");
        var petra = await Person(applegarth, Council, "Petra Lanyon");
        (await applegarth.Post($"/agencies/{Council}/people/{petra}/disable")).ExpectProblem(409, "account.holds-an-office");
        (await applegarth.Post($"/agencies/{Council}/people/{petra}/end-sessions")).ExpectProblem(409, "account.holds-an-office");
        (await applegarth.Post($"/agencies/{Council}/people/{await Person(applegarth, Council, "Dominic Ferraby")}/disable")).Expect(200);
        (await edmund.Post($"/agencies/{Council}/people/{petra}/end-sessions")).Expect(200);

        // Somebody of another agency is nobody here.
        (await winifred.Post($"/agencies/{Larkmoor}/people/{petra}/disable")).Expect(404);
        (await applegarth.Post($"/agencies/{Council}/people/{await Person(winifred, Larkmoor, "Cal Wexley")}/disable")).Expect(404);
    }

    [Fact]
    public async Task An_office_is_held_from_the_appointment_to_its_end_and_not_a_moment_longer()
    {
        using var imke = host.SignInAs("imke.sandover");
        (await imke.Get($"/agencies/{Larkmoor}/people")).Expect(403);
        var sandover = await Person(edmund, Larkmoor, "Imke Sandover");
        var appointed = (await edmund.Post("/appointments", new { personId = sandover, office = "agencyAdministrator", agencyId = Larkmoor })).Expect(201);
        (await imke.Get($"/agencies/{Larkmoor}/people")).Expect(200);
        (await edmund.Post("/appointments", new { personId = sandover, office = "agencyAdministrator", agencyId = Larkmoor })).ExpectProblem(409, "appointment.is-held");
        (await edmund.Post($"/appointments/{appointed.Id}/end")).Expect(200);
        (await imke.Get($"/agencies/{Larkmoor}/people")).Expect(403);
        (await edmund.Post($"/appointments/{appointed.Id}/end")).ExpectProblem(409, "appointment.has-ended");

        (await edmund.Post("/appointments", new { personId = sandover, office = "agencyAdministrator", agencyId = Council })).ExpectProblem(409, "appointment.works-elsewhere");
        (await edmund.Post("/appointments", new { personId = sandover, office = "agencyAdministrator" })).ExpectProblem(422, "request.invalid");
        (await edmund.Post("/appointments", new { personId = sandover, office = "authorityAdministrator" })).ExpectProblem(422, "request.invalid");
        (await edmund.Post("/appointments", new { personId = sandover, office = "privacyOfficer", authority = "wexmoor" })).ExpectProblem(422, "request.invalid");
        var himself = await Person(edmund, Council, "Edmund Skerry");
        (await edmund.Post("/appointments", new { personId = himself, office = "privacyOfficer" })).ExpectProblem(409, "appointment.not-oneself");
        (await winifred.Get("/appointments")).Expect(403);

        // His own appointment is not ended by those it is over.
        var own = (await edmund.Get("/appointments?limit=200")).Items.Single(a => a.GetProperty("office").GetString() == "authorityAdministrator");
        (await edmund.Post($"/appointments/{own.GetProperty("id").GetString()}/end")).Expect(403);
    }

    [Fact]
    public async Task A_privacy_officer_is_appointed_reads_the_journal_and_finds_what_administrators_did()
    {
        var roz = await Person(edmund, Council, "Roz Applegarth");
        using var applegarth = host.SignInAs("roz.applegarth");
        (await applegarth.Get("/audit/entries")).Expect(403);
        (await edmund.Post("/appointments", new { personId = roz, office = "privacyOfficer" })).Expect(201);
        var wexley = await Person(winifred, Larkmoor, "Cal Wexley");
        (await winifred.Post($"/agencies/{Larkmoor}/people/{wexley}/disable")).Expect(200);
        var entries = (await applegarth.Get("/audit/entries")).Expect(200).Items.ToList();
        var disabled = entries.Single(e => e.GetProperty("act").GetString() == "DisableAccount");
        Assert.Equal(("Winifred Tolland", wexley), (disabled.GetProperty("person").GetString(), disabled.GetProperty("resultId").GetString()));
        Assert.Contains(entries, e => e.GetProperty("act").GetString() == "Appoint" && e.GetProperty("person").GetString() == "Edmund Skerry");
    }

    [Fact]
    public async Task A_framework_is_added_for_the_plans_of_one_authority_and_stays_as_it_is()
    {
        var added = (await edmund.Post("/frameworks", Promises("thornmere-promises"))).Expect(201);
        Assert.Equal("thornmere", added["authority"].GetString());
        (await edmund.Post("/frameworks", Promises("thornmere-promises"))).ExpectProblem(409, "framework.code-is-taken");
        (await edmund.Post("/frameworks", Promises("every-child-matters"))).ExpectProblem(409, "framework.code-is-taken");
        (await edmund.Post("/frameworks", Promises("Not A Code"))).ExpectProblem(422, "request.invalid");
        (await edmund.Post("/frameworks", new { code = "empty", name = "Empty", outcomes = Array.Empty<object>() })).ExpectProblem(422, "request.invalid");
        (await hamo.Post("/frameworks", Promises("his-own"))).Expect(403);

        var plan = (await hamo.Post("/plans", Child("thornmere-promises"))).Expect(201);
        Assert.Equal("Children are safe", plan["outcomes"][0].GetProperty("name").GetString());

        // Elsewhere there is no such framework.
        var wexmoor = (await hamo.Post("/agencies", new { name = "Wexmoor County Council", kind = "localAuthority", authority = "wexmoor" })).Expect(201).Id;
        await Employ("Osric Thane", "osric.thane", wexmoor);
        (await host.SignInAs("osric.thane").Post("/plans", Child("thornmere-promises"))).ExpectProblem(422, "request.invalid");
    }

    [Fact]
    public async Task Clocks_are_changed_for_every_plan_of_the_authority_at_once()
    {
        var plan = (await hamo.Post("/plans", Child("every-child-matters"))).Expect(201);
        Assert.Equal("2026-09-15", Due(plan));
        var read = (await edmund.Get("/clocks")).Expect(200);
        Assert.True(read["fromConfiguration"].GetBoolean());
        Assert.Equal("thornmere", read["authority"].GetString());

        // "20 school days": the term begins on 3 September.
        var changed = (await edmund.Put("/clocks", Clocks("schoolDays"), read.ETag)).Expect(200);
        Assert.False(changed["fromConfiguration"].GetBoolean());
        Assert.Equal("2026-09-30", Due(await hamo.Get($"/plans/{plan.Id}")));

        (await edmund.Put("/clocks", Clocks("workingDays"), read.ETag)).ExpectProblem(412, "version.stale");
        (await edmund.Put("/clocks", Clocks("workingDays"), changed.ETag)).Expect(200);
        Assert.Equal("2026-09-15", Due(await hamo.Get($"/plans/{plan.Id}")));

        var latest = await edmund.Get("/clocks?authority=thornmere");
        (await edmund.Put("/clocks", Clocks("schoolDays", terms: false), latest.ETag)).ExpectProblem(422, "request.invalid");
        (await edmund.Put("/clocks", Clocks("workingDays", days: 0), latest.ETag)).ExpectProblem(422, "request.invalid");
        (await edmund.Put("/clocks", Clocks("workingDays"), ifMatch: null)).ExpectProblem(428, "version.missing");
        (await edmund.Get("/clocks?authority=wexmoor")).Expect(404);
        (await winifred.Get("/clocks")).Expect(403);

        static string? Due(Answer plan) =>
            plan["clocks"].EnumerateArray().Single(c => c.GetProperty("code").GetString() == "firstPlan").GetProperty("due").GetString();
    }

    [Fact]
    public async Task An_agency_is_renamed_by_those_who_administer_its_authority()
    {
        var read = await edmund.Get($"/agencies/{Larkmoor}");
        (await winifred.Patch($"/agencies/{Larkmoor}", new { name = "Ours" }, read.ETag)).Expect(403);
        (await edmund.Patch($"/agencies/{Larkmoor}", new { name = "Larkmoor Academy Trust" }, read.ETag)).Expect(200);
        (await edmund.Patch($"/agencies/{Larkmoor}", new { name = "Again" }, read.ETag)).Expect(412);
        var kezia = (await hamo.Get("/plans")).Items.Single(p => p.GetProperty("childName").GetString() == "Kezia").GetProperty("id").GetString();
        Assert.Contains("Larkmoor Academy Trust", (await hamo.Get($"/plans/{kezia}/participants?limit=200")).Text, StringComparison.Ordinal);
        var wexmoor = (await hamo.Post("/agencies", new { name = "Wexmoor County Council", kind = "localAuthority", authority = "wexmoor" })).Expect(201);
        (await edmund.Patch($"/agencies/{wexmoor.Id}", new { name = "Mine" }, wexmoor.ETag)).Expect(404);
    }

    private static object Greta() => new { name = "Greta Lumley", email = "greta.lumley@demo.example", usualRole = "senco" };

    private static object Promises(string code) => new
    {
        code,
        name = "Our promises",
        outcomes = new[] { new { code = "safe", name = "Children are safe", childName = "I am safe", aims = new[] { "At home" } } },
    };

    private static object Child(string framework) => new
    {
        child = new { givenName = "Ivo", familyName = "Oldacre", dateOfBirth = "2014-02-01" },
        kind = "pep",
        framework,
        startedOn = "2026-08-17",
    };

    private static object Clocks(string counting, bool terms = true, int days = 20) => new
    {
        initiate = new { days = 10, counting = "workingDays" },
        firstPlan = new { days, counting },
        window = new { days = 15, counting = "workingDays" },
        signOff = new { days = 5, counting = "workingDays" },
        answer = new { days = 5, counting = "workingDays" },
        handover = new { days = 5, counting = "workingDays" },
        bankHolidays = new[] { "2026-08-31" },
        terms = terms ? new[] { new { first = "2026-09-03", last = "2026-12-18" } } : null,
    };

    private static async Task<string> Person(ApiCaller administrator, string agency, string name) =>
        (await administrator.Get($"/agencies/{agency}/people?limit=200")).Expect(200).Items
            .Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    /// <summary>Somebody who holds on to the token that they have now.</summary>
    private async Task<ApiCaller> Holding(string name)
    {
        var caller = host.Anonymous();
        caller.Http.DefaultRequestHeaders.Authorization = new("Bearer", await host.TokenOf(name));
        return caller;
    }

    /// <summary>The first of an authority that nobody administers yet.</summary>
    private Task<int> Employ(string name, string address, string agency) => host.Write(database =>
        database.Persons.Add(new Domain.KnowWho.Person(name, $"{address}@demo.example", Guid.Parse(agency), Domain.Plans.Role.SocialWorker, host.Clock.Now)));
}
