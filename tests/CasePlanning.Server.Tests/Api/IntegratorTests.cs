using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>What a system of an agency sees, what it may bring in, and for whom.</summary>
public sealed class IntegratorTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string School = "Larkmoor Academy";
    private const string Health = "Thornmere Community Health";
    private const string OtherSchool = "Saltmarsh Free School";

    private readonly PlanningHost host = new();
    private ApiCaller hamo = null!;
    private ApiCaller imke = null!;
    private ApiCaller system = null!;
    private string client = "";
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        (hamo, imke) = (host.SignInAs("hamo.tresk"), host.SignInAs("imke.sandover"));
        client = await host.Integrators.Register(School);
        system = host.Integrators.As(client);
        plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        review = (await imke.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_client_says_who_it_is_and_for_whom()
    {
        var me = (await host.Integrators.As(client, ClientScopes.PlansRead).Get("/me")).Expect(200);

        Assert.Equal((client, "School system", School), (me["clientId"].GetString(), me["name"].GetString(), me["agency"].GetString()));
        Assert.Equal([ClientScopes.PlansRead], me["scopes"].EnumerateArray().Select(s => s.GetString()));
        Assert.False(me.Json.TryGetProperty("personId", out _));
    }

    [Fact]
    public async Task A_client_sees_the_plans_in_which_its_agency_takes_part_and_no_others()
    {
        var elsewhere = host.Integrators.As(await host.Integrators.Register(OtherSchool));
        var search = new { identifiers = new[] { new { system = "upn", value = "Z000000000001" } } };
        var other = (await elsewhere.Get("/plans")).Expect(200).Items.Single();

        var own = (await system.Get("/plans")).Expect(200).Items.Single();
        Assert.Equal((plan, "Kezia", "Jomi"), (own.GetProperty("id").GetString(), own.GetProperty("childName").GetString(), other.GetProperty("childName").GetString()));
        Assert.False(own.TryGetProperty("role", out _));
        Assert.Equal(plan, Assert.Single((await system.Post("/children/search", search)).Expect(200).Items).GetProperty("id").GetString());
        Assert.Empty((await elsewhere.Post("/children/search", search)).Expect(200).Items);
        (await system.Get($"/plans/{plan}")).Expect(200);
        (await elsewhere.Get($"/plans/{plan}")).Expect(404);
        (await elsewhere.Get($"/reviews/{review}/voices")).Expect(404);
        (await system.Get($"/plans/{other.GetProperty("id").GetString()}/reading")).Expect(404);
    }

    [Fact]
    public async Task The_numbers_and_the_withheld_views_that_professionals_are_told_of_are_not_told_to_a_system()
    {
        var (header, reading) = ((await system.Get($"/plans/{plan}")).Expect(200), (await system.Get($"/plans/{plan}/reading")).Expect(200));

        Assert.Empty(header["child"].GetProperty("identifiers").EnumerateArray());
        Assert.All(reading["outcomes"].EnumerateArray(), o => Assert.False(o.TryGetProperty("withheld", out _)));
        Assert.Contains("please no tutoring at eight in the morning", reading.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("SDQ 19", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_last_of_an_agency_leaves_a_plan_its_system_sees_nothing_of_it_from_that_instant()
    {
        var clinic = host.Integrators.As(await host.Integrators.Register(Health));
        var nurse = await ParticipantOf("Sunniva Raike");
        (await clinic.Get($"/plans/{plan}/reading")).Expect(200);
        host.Clock.Now += TimeSpan.FromSeconds(1);

        (await hamo.Patch($"/plans/{plan}/participants/{nurse}", new { until = host.Clock.Now, cover = await ParticipantOf("Hamo Tresk") },
            (await hamo.Get($"/plans/{plan}/participants/{nurse}")).ETag)).Expect(200);

        (await clinic.Get($"/plans/{plan}/reading")).ExpectProblem(404, "request.not-found");
        (await clinic.Post($"/plans/{plan}/contributions", View(nurse))).ExpectProblem(404, "request.not-found");
        Assert.Empty((await clinic.Get("/plans")).Expect(200).Items);
    }

    [Fact]
    public async Task A_strategist_alone_opens_no_plan_to_the_system_of_their_agency()
    {
        var agency = (await hamo.Post("/agencies", new { name = "Wexmoor Strategy Board", kind = "other" })).Expect(201).Id;
        (await hamo.Post($"/plans/{plan}/participants",
            new { person = new { name = "Basil Overcote", email = "basil@demo.example" }, role = "strategist", agencyId = agency })).Expect(201);

        (await host.Integrators.As(await host.Integrators.Register(agency)).Get($"/plans/{plan}")).Expect(404);
    }

    [Fact]
    public async Task What_is_hidden_from_a_colleague_is_hidden_from_their_system()
    {
        var view = (await host.SignInAs("dominic.ferraby").Post($"/plans/{plan}/contributions", View(null))).Expect(201).Id;
        (await system.Get($"/contributions/{view}")).Expect(200);
        Assert.Contains("Maud Ellerthwaite", (await system.Get($"/plans/{plan}/participants")).Text, StringComparison.Ordinal);

        await Restrict(new { kind = "view", from = await ParticipantOf("Cal Wexley"), contribution = view });
        await Restrict(new { kind = "identity", from = await ParticipantOf("Imke Sandover"), subject = await ParticipantOf("Maud Ellerthwaite") });

        (await system.Get($"/contributions/{view}")).Expect(404);
        Assert.DoesNotContain("Maud Ellerthwaite", (await system.Get($"/plans/{plan}/participants")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_hides_a_view_learns_which_systems_had_opened_it()
    {
        var dominic = host.SignInAs("dominic.ferraby");
        var view = (await dominic.Post($"/plans/{plan}/contributions", View(null))).Expect(201).Id;
        (await system.Get($"/contributions/{view}")).Expect(200);
        (await system.Get($"/plans/{plan}/reading")).Expect(200);
        host.Clock.Now += TimeSpan.FromMinutes(1);

        var opened = (await Restrict(new { kind = "view", from = await ParticipantOf("Cal Wexley"), contribution = view }))["openedBefore"]
            .EnumerateArray().Single(o => o.TryGetProperty("client", out _));

        Assert.Equal(("School system", School, 2), (opened.GetProperty("client").GetString(), opened.GetProperty("agency").GetString(), opened.GetProperty("times").GetInt32()));
        Assert.False(opened.TryGetProperty("who", out _));
    }

    [Fact]
    public async Task What_a_system_brings_is_marked_until_the_person_it_names_confirms()
    {
        var me = await ParticipantOf("Cal Wexley");
        using var cal = host.SignInAs("cal.wexley");

        var brought = (await system.Post($"/plans/{plan}/contributions", View(me))).Expect(201);

        AssertMarked(brought.Json, confirmed: false);
        AssertMarked(await InReading(brought.Id), confirmed: false);
        var asked = (await cal.Get("/me/work?limit=200")).Items.Single(i => i.GetProperty("subjectId").GetString() == brought.Id);
        Assert.Equal(("confirmWords", "A system of your agency brought in words as yours. Are they?"), (asked.GetProperty("kind").GetString(), asked.GetProperty("why").GetString()));
        (await imke.Post($"/contributions/{brought.Id}/confirm")).ExpectProblem(409, "contribution.only-speaker-confirms");
        (await system.Post($"/contributions/{brought.Id}/confirm")).Expect(403);

        (await cal.Post($"/contributions/{brought.Id}/confirm")).Expect(200);

        AssertMarked(await InReading(brought.Id), confirmed: true);
        Assert.DoesNotContain((await cal.Get("/me/work?limit=200")).Items, i => i.GetProperty("subjectId").GetString() == brought.Id);

        async Task<JsonElement> InReading(string id) => (await hamo.Get($"/plans/{plan}/reading"))["outcomes"].EnumerateArray()
            .SelectMany(o => o.GetProperty("contributions").EnumerateArray()).Single(c => c.GetProperty("id").GetString() == id);

        void AssertMarked(JsonElement view, bool confirmed)
        {
            Assert.Equal("Cal Wexley", view.GetProperty("author").GetProperty("name").GetString());
            Assert.Equal(("School system", School), (view.GetProperty("assertedBy").GetProperty("client").GetString(), view.GetProperty("assertedBy").GetProperty("agency").GetString()));
            Assert.Equal((confirmed, "byProxy"), (view.GetProperty("confirmed").GetBoolean(), view.GetProperty("mode").GetString()));
        }
    }

    /// <summary>An invited voice for which only a system has spoken is partly heard.</summary>
    [Fact]
    public async Task Nobody_is_heard_by_what_a_system_says_they_said()
    {
        using var juno = host.SignInAs("juno.prideaux");
        var autumn = (await hamo.Post($"/plans/{plan}/reviews",
            new { title = "Next", opensOn = "2027-01-11", closesOn = "2027-01-29", invite = new[] { await ParticipantOf("Imke Sandover") } })).Expect(201).Id;
        var brought = (await system.Post($"/plans/{plan}/contributions",
            new { reviewId = autumn, outcome = "be-healthy", words = "She eats lunch again.", authoredBy = await ParticipantOf("Imke Sandover") })).Expect(201).Id;

        Assert.Equal("partly", await Status());
        (await imke.Post($"/contributions/{brought}/confirm")).Expect(200);
        Assert.Equal("heard", await Status());

        async Task<string?> Status() => (await hamo.Get($"/reviews/{autumn}/voices")).Items.Single().GetProperty("status").GetString();
    }

    [Fact]
    public async Task A_system_that_names_nobody_or_somebody_else_is_told_which_member_is_wrong()
    {
        (string? AuthoredBy, string Code)[] wrong =
        [
            (null, "required"),
            (Guid.NewGuid().ToString(), "unknown"),
            (await ParticipantOf("Sunniva Raike"), "unknown"),
            (await ParticipantOf("Kezia"), "unknown"),
            (review, "unknown"),
        ];
        foreach (var (authoredBy, code) in wrong)
        {
            var refused = (await system.Post($"/plans/{plan}/contributions", View(authoredBy))).ExpectProblem(422, "request.invalid");
            var error = Assert.Single(refused["errors"].EnumerateArray());
            Assert.Equal(("/authoredBy", code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        }

        var byPerson = (await imke.Post($"/plans/{plan}/contributions", View(await ParticipantOf("Imke Sandover")))).ExpectProblem(422, "request.invalid");
        Assert.Equal("only-for-clients", byPerson["errors"][0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_carer_of_an_agency_is_no_professional_for_whom_its_system_could_write()
    {
        var carer = (await hamo.Post($"/plans/{plan}/participants", new
        {
            person = new { name = "Ottoline Skerrivore", email = "ottoline@demo.example" },
            role = "carer",
            agencyId = (await AgencyOf("Imke Sandover")),
        })).Expect(201).Id;

        (await system.Post($"/plans/{plan}/contributions", View(carer))).ExpectProblem(422, "request.invalid");
    }

    [Fact]
    public async Task A_system_brings_a_professionals_own_words_and_nothing_else()
    {
        foreach (var (member, value) in new[] { ("draft", JsonValue.Create(true)), ("onBehalfOf", JsonValue.Create(await ParticipantOf("Kezia"))) })
        {
            var view = JsonSerializer.SerializeToNode(View(await ParticipantOf("Imke Sandover")))!.AsObject();
            view[member] = value;

            var refused = (await system.Post($"/plans/{plan}/contributions", view.ToJsonString())).ExpectProblem(422, "request.invalid");

            Assert.Equal(($"/{member}", "not-for-clients"), (refused["errors"][0].GetProperty("pointer").GetString(), refused["errors"][0].GetProperty("code").GetString()));
        }
    }

    /// <summary>Client and named professional: what is allowed is what both may.</summary>
    [Fact]
    public async Task What_is_written_is_bounded_by_the_client_and_by_the_professional_it_names()
    {
        var council = await host.Integrators.Register("Thornmere Borough Council");
        var (both, readsOnly) = (host.Integrators.As(council), host.Integrators.As(council, ClientScopes.PlansRead));
        var elsewhere = host.Integrators.As(await host.Integrators.Register(OtherSchool));
        var (worker, manager) = (await ParticipantOf("Dominic Ferraby"), await ParticipantOf("Roz Applegarth"));
        (string Combination, ApiCaller Client, string Professional, int Status)[] combinations =
        [
            ("both may", both, worker, 201),
            ("the client may not write", readsOnly, worker, 403),
            ("the professional may not contribute", both, manager, 403),
            ("neither may", readsOnly, manager, 403),
            ("the client is of another agency that takes part", system, worker, 422),
            ("the client is of an agency that takes no part", elsewhere, worker, 404),
        ];
        foreach (var (combination, caller, professional, status) in combinations)
        {
            var answer = await caller.Post($"/plans/{plan}/contributions", View(professional));
            Assert.True(status == (int)answer.Status, $"When {combination}: {(int)answer.Status}");
        }

        (await hamo.Patch($"/plans/{plan}/participants/{worker}", new { until = host.Clock.Now, cover = await ParticipantOf("Hamo Tresk") },
            (await hamo.Get($"/plans/{plan}/participants/{worker}")).ETag)).Expect(200);
        (await both.Post($"/plans/{plan}/contributions", View(worker))).ExpectProblem(422, "request.invalid");
        output.WriteLine($"Client × named professional: {combinations.Length} combinations, each answered with what both may.");
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        var reader = host.Integrators.As(client, ClientScopes.PlansRead);

        var refused = (await reader.Post($"/plans/{plan}/contributions", View(await ParticipantOf("Imke Sandover")))).ExpectProblem(403, "access.scope-needed");

        Assert.Equal("plans.read contributions.write", refused["requiredScope"].GetString());
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"plans.read contributions.write\"", refused.Headers.WwwAuthenticate.Single().ToString());
        (await reader.Get($"/plans/{plan}/reading")).Expect(200);
        // The token says more than the client is registered for: what is registered counts.
        (await host.Integrators.As(await host.Integrators.Register(School, [])).Get($"/plans/{plan}")).ExpectProblem(403, "access.scope-needed");
    }

    [Fact]
    public async Task A_system_reads_back_what_it_brought_until_it_is_somebodys_own()
    {
        var author = await ParticipantOf("Imke Sandover");
        var brought = (await system.Post($"/plans/{plan}/contributions", View(author, new { kind = "professionals" }))).Expect(201).Id;
        (await hamo.Post($"/contributions/{brought}/responses", new { stance = "disagree", reason = "Among professionals." })).Expect(201);

        var readBack = (await system.Get($"/contributions/{brought}")).Expect(200);
        Assert.Equal("She eats lunch again.", readBack["words"].GetString());
        Assert.DoesNotContain("Among professionals.", readBack.Text, StringComparison.Ordinal);
        (await host.Integrators.As(await host.Integrators.Register(School)).Get($"/contributions/{brought}")).Expect(404);

        (await system.Post($"/contributions/{brought}/versions", new { words = "She eats.", authoredBy = await ParticipantOf("Cal Wexley") }))
            .ExpectProblem(409, "contribution.author-only");
        var corrected = (await system.Post($"/contributions/{brought}/versions", new { words = "She eats.", authoredBy = author })).Expect(201);
        Assert.Equal((2, false), (corrected["version"].GetInt32(), corrected["confirmed"].GetBoolean()));

        (await imke.Post($"/contributions/{brought}/confirm")).Expect(200);
        (await system.Get($"/contributions/{brought}")).Expect(404);
        (await system.Post($"/contributions/{brought}/versions", new { words = "No.", authoredBy = author })).Expect(404);
    }

    [Fact]
    public async Task A_system_puts_right_only_what_it_brought_itself()
    {
        var author = await ParticipantOf("Imke Sandover");
        var own = (await imke.Post($"/plans/{plan}/contributions", View(null))).Expect(201).Id;
        var another = host.Integrators.As(await host.Integrators.Register(School));
        var brought = (await system.Post($"/plans/{plan}/contributions", View(author))).Expect(201).Id;

        (await system.Post($"/contributions/{own}/versions", new { words = "Not mine.", authoredBy = author })).ExpectProblem(409, "contribution.not-the-clients");
        (await another.Post($"/contributions/{brought}/versions", new { words = "Not mine.", authoredBy = author })).ExpectProblem(409, "contribution.not-the-clients");
        (await imke.Post($"/contributions/{brought}/versions", new { words = "In my own words." })).Expect(201);
        (await system.Post($"/contributions/{brought}/versions", new { words = "Not any more.", authoredBy = author })).ExpectProblem(409, "contribution.not-the-clients");
    }

    [Fact]
    public async Task A_key_has_one_effect_for_each_client()
    {
        var another = host.Integrators.As(await host.Integrators.Register(School));
        var view = View(await ParticipantOf("Imke Sandover"));

        var first = (await system.Post($"/plans/{plan}/contributions", view, key: "import-1")).Expect(201);
        var again = (await system.Post($"/plans/{plan}/contributions", view, key: "import-1")).Expect(201);
        var other = (await another.Post($"/plans/{plan}/contributions", view, key: "import-1")).Expect(201);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.NotEqual(first.Id, other.Id);
        Assert.False(other.Headers.Contains("Idempotency-Replayed"));
        (await system.Post($"/plans/{plan}/contributions", View(await ParticipantOf("Cal Wexley")), key: "import-1")).ExpectProblem(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task The_journal_knows_the_system_and_for_whom_it_wrote()
    {
        using var petra = host.SignInAs("petra.lanyon");
        using var delphine = host.SignInAs("delphine.holt");
        var brought = (await system.Post($"/plans/{plan}/contributions", View(await ParticipantOf("Imke Sandover")))).Expect(201);
        (await system.Get("/plans")).Expect(200);

        var entries = (await petra.Get("/audit/entries?limit=50")).Expect(200).Items.ToList();
        var written = entries.Single(e => e.GetProperty("act").GetString() == "AddContribution" && e.GetProperty("resultId").GetString() == brought.Id);
        Assert.Equal((client, (await imke.Get("/me"))["personId"].GetString()), (written.GetProperty("clientId").GetString(), written.GetProperty("onBehalfOf").GetString()));
        Assert.False(written.TryGetProperty("personId", out _));
        Assert.Contains(entries, e => e.GetProperty("act").GetString() == "ListPlans" && e.GetProperty("clientId").GetString() == client);

        foreach (var reader in new[] { hamo, delphine })
        {
            var told = (await reader.Get($"/plans/{plan}/access-log")).Expect(200).Items.First(e => e.GetProperty("what").GetString() == "Gave a view");
            Assert.Equal(("Imke Sandover", "School system", School),
                (told.GetProperty("who").GetProperty("name").GetString(), told.GetProperty("client").GetString(), told.GetProperty("agency").GetString()));
        }

        var receipt = brought.Headers.GetValues("Journal-Receipt").Single();
        await host.SignJournal();
        (await system.Get($"/me/receipts/{receipt}")).Expect(200);
        (await host.Integrators.As(await host.Integrators.Register(School)).Get($"/me/receipts/{receipt}")).Expect(404);
    }

    /// <summary>Somebody whose name is hidden from a reader must not be known by the system that wrote for them.</summary>
    [Fact]
    public async Task A_hidden_author_is_not_known_by_their_system()
    {
        using var juno = host.SignInAs("juno.prideaux");
        var clinic = host.Integrators.As(await host.Integrators.Register(Health, name: "Clinic system"));
        var nurse = await ParticipantOf("Sunniva Raike");
        var brought = (await clinic.Post($"/plans/{plan}/contributions", View(nurse))).Expect(201).Id;
        Assert.Contains("Clinic system", (await juno.Get($"/contributions/{brought}")).Text, StringComparison.Ordinal);

        await Restrict(new { kind = "identity", from = await ParticipantOf("Juno Prideaux"), subject = nurse });

        var seen = (await juno.Get($"/contributions/{brought}")).Expect(200);
        Assert.True(seen.Json.TryGetProperty("assertedBy", out _));
        foreach (var text in new[] { seen.Text, (await juno.Get($"/plans/{plan}/access-log")).Expect(200).Text, (await juno.Get($"/plans/{plan}/reading")).Text })
        {
            Assert.DoesNotContain("Clinic system", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Health, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_that_is_ended_is_refused_from_its_next_request_on()
    {
        var author = await ParticipantOf("Imke Sandover");
        (await system.Get($"/plans/{plan}")).Expect(200);

        var since = Stopwatch.StartNew();
        Assert.True(await host.Integrators.End(client));
        (await system.Get($"/plans/{plan}")).ExpectProblem(401, "access.not-signed-in");
        var waited = since.Elapsed;

        (await system.Post($"/plans/{plan}/contributions", View(author))).ExpectProblem(401, "access.not-signed-in");
        (await system.Get("/me")).ExpectProblem(401, "access.not-signed-in");
        Assert.False(await host.Integrators.End("nobody"));
        output.WriteLine($"Revocation of a client: refused {waited.TotalMilliseconds:0} ms after it was asked for, on the next request.");
        Assert.True(waited < TimeSpan.FromSeconds(1), $"{waited} is more than a second.");
    }

    [Fact]
    public async Task A_binding_ends_on_its_day()
    {
        var bound = host.Integrators.As(await host.Integrators.Register(School, until: host.Clock.Now.AddMinutes(5)));
        (await bound.Get($"/plans/{plan}")).Expect(200);

        host.Clock.Now += TimeSpan.FromMinutes(5);

        (await bound.Get($"/plans/{plan}")).ExpectProblem(401, "access.not-signed-in");
    }

    private async Task<Answer> Restrict(object what)
    {
        var restriction = JsonSerializer.SerializeToNode(what)!.AsObject();
        (restriction["reason"], restriction["reviewOn"]) = ("It was shared by mistake", "2027-01-11");
        return (await hamo.Post($"/plans/{plan}/restrictions", restriction.ToJsonString())).Expect(201);
    }

    private object View(string? authoredBy, object? audience = null) =>
        new { reviewId = review, outcome = "be-healthy", words = "She eats lunch again.", audience, authoredBy };

    private async Task<string> ParticipantOf(string name) => (await Member(name)).GetProperty("id").GetString()!;

    private async Task<string> AgencyOf(string name) => (await Member(name)).GetProperty("agencyId").GetString()!;

    private async Task<JsonElement> Member(string name) =>
        (await hamo.Get($"/plans/{plan}/participants?limit=200")).Items.Single(p => p.GetProperty("name").GetString() == name);
}
