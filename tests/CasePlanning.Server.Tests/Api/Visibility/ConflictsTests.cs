using System.Text.RegularExpressions;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// The conflicts that the product must decide rightly, one test for each letter of the domain's list (2.13). What every route does
/// with every audience is in <see cref="CanaryTests"/>, that files tell no place in <c>AttachmentTests</c>, that mails tell nothing in
/// <c>MailCanaryTests</c>, and what every page does in <c>PlanLeakTests</c>.
/// </summary>
public sealed partial class ConflictsTests : IAsyncLifetime
{
    private WholeTeam team = null!;
    private IReadOnlyList<Operation> operations = [];

    public async ValueTask InitializeAsync()
    {
        team = await WholeTeam.Gather();
        operations = await Operation.All(team.As("anonymous"));
    }

    public ValueTask DisposeAsync() => team.DisposeAsync();

    [Fact]
    public async Task A_A_parent_learns_neither_the_foster_home_nor_the_carer_s_name_nor_a_school_that_is_restricted()
    {
        await Say("carer", new { kind = "home" }, "We live at 7 Heron Quay.");
        await Say("carer", new { kind = "everyone" }, "She slept well.");
        foreach (var ofSchool in Readers.School.Where(team.Participants.ContainsKey).Append("comingTeacher"))
        {
            (await team.As("socialWorker").Post($"/plans/{team.Plan}/restrictions", new
            {
                kind = "identity",
                from = team.Id("parent"),
                subject = team.Id(ofSchool),
                reason = "The school leads to the home",
                reviewOn = "2027-01-11",
            })).Expect(201);
        }

        var seen = await AllOfThePlan("parent") + await PagesOf("parent");
        foreach (var secret in new[] { "Heron Quay", "Skerrivore", "Agency for school", "Lumley", "Hollowell", "Cathcart" })
            Assert.DoesNotContain(secret, seen, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("She slept well.", seen, StringComparison.Ordinal);
        Assert.Contains("Skerrivore", await AllOfThePlan("socialWorker"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task B_Every_artefact_obeys_the_same_rule_as_the_screen()
    {
        var view = await Say("nurse", new { kind = "health" }, "Her medicine is changed.");
        (await team.As("nurse").Upload($"/contributions/{view}/attachments", "image/png", Domain.Tests.Contributions.Files.SampleFiles.Png())).Expect(201);
        (await team.As("camhsPractitioner").Post($"/contributions/{view}/questions", new { words = "Since when?" })).Expect(201);
        foreach (var reader in new[] { "parent", "child", "teacher", "mentor" })
        {
            var seen = await AllOfThePlan(reader, view) + await PagesOf(reader);
            Assert.DoesNotContain("medicine", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Since when?", seen, StringComparison.Ordinal);
            // Not even by its id, which the address that was asked for holds as well.
            Assert.DoesNotContain(view, await AllOfThePlan(reader), StringComparison.Ordinal);
        }

        Assert.Contains("medicine", await AllOfThePlan("camhsPractitioner", view), StringComparison.Ordinal);
        Assert.Contains("medicine", await PagesOf("camhsPractitioner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C_What_a_child_tells_a_teacher_alone_no_parent_comes_to_know_of()
    {
        var before = await AllOfThePlan("parent");
        var told = await Say("child", new { kind = "named", participants = new[] { team.Id("teacher") } }, "Please do not tell Mum.");
        Assert.Contains("Please do not tell Mum.", (await team.As("teacher").Get($"/contributions/{told}")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(before.Length, (await AllOfThePlan("parent")).Length);
        foreach (var other in Readers.Everybody.Except(["child", "teacher"]))
            (await team.As(other).Get($"/contributions/{told}")).Expect(404);
    }

    [Fact]
    public async Task D_A_sibling_s_data_stays_in_the_narrow_words_and_the_summary_goes_to_all()
    {
        await Say("socialWorker", new { kind = "professionals" }, "Her brother Ivorander was seen at the clinic too.", "The family has an appointment on Thursday.");
        foreach (var reader in Readers.Everybody.Except(Readers.Professionals))
        {
            var seen = await AllOfThePlan(reader);
            Assert.Contains("appointment on Thursday", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Ivorander", seen, StringComparison.Ordinal);
        }

        // A summary that named him after all is put right by a new one, of which those outside see nothing but the newest and the first.
        Assert.Contains("Ivorander", await AllOfThePlan("nurse"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task E_An_adult_s_health_or_offence_in_a_professionals_note_is_read_by_nobody_at_home()
    {
        await Say("youthJusticeWorker", new { kind = "professionals" }, "Her stepfather was sentenced in May.");
        foreach (var reader in Readers.NeverTold.Append("teacher"))
            Assert.DoesNotContain("sentenced", await AllOfThePlan(reader), StringComparison.Ordinal);
        foreach (var reader in Readers.Professionals.Where(r => r != Readers.OnCall))
            Assert.Contains("sentenced", (await team.As(reader).Get($"/plans/{team.Plan}/reading")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F_Who_moves_team_at_three_reads_until_then_and_not_at_three_and_their_words_stay_theirs()
    {
        await Say("nurse", new { kind = "everyone" }, "The clinic is on 2 November.");
        var three = new DateTimeOffset(2026, 10, 14, 14, 0, 0, TimeSpan.Zero);
        var leaver = $"/plans/{team.Plan}/participants/{team.Id("nurse")}";
        (await team.As("lead").Patch(leaver, new { until = three, cover = team.Id("camhsPractitioner") }, (await team.As("lead").Get(leaver)).ETag)).Expect(200);

        team.Host.Clock.Now = three.AddSeconds(-1);
        (await team.As("nurse").Get($"/plans/{team.Plan}/reading")).Expect(200);
        Assert.Single((await team.As("nurse").Get("/plans")).Items);
        (await team.As("nurse").Put($"/plans/{team.Plan}/participants/me/focus", new { focus = "To the end" })).Expect(200);

        team.Host.Clock.Now = three;
        foreach (var address in new[] { "", "/reading", "/participants", "/access-log", "/disclosures", "/actions" })
            (await team.As("nurse").Get($"/plans/{team.Plan}{address}")).Expect(404);
        Assert.Empty((await team.As("nurse").Get("/plans")).Items);
        Assert.Empty((await team.As("nurse").Get("/me/work")).Items);
        Assert.Empty((await team.As("nurse").Post("/children/search", new { identifiers = new[] { new { system = "upn", value = team.Identifier } } })).Items);
        (await team.As("nurse").Put($"/plans/{team.Plan}/participants/me/focus", new { focus = "After the end" })).Expect(404);

        var reading = (await team.As("parent").Get($"/plans/{team.Plan}/reading")).Text;
        Assert.Contains("2 November", reading, StringComparison.Ordinal);
        Assert.Contains(WholeTeam.NameOf("nurse"), reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task G_The_plan_goes_with_the_child_to_another_authority_and_the_old_one_s_people_stay_behind()
    {
        await Say("socialWorker", new { kind = "everyone" }, "She moves to her aunt.");
        await Say("parent", new { kind = "named", participants = new[] { team.Id("socialWorker") } }, "For the social worker.");
        await Say("parent", new { kind = "named", participants = new[] { team.Id("independentReviewingOfficer") } }, "For the reviewing officer.");
        var wexmoor = (await team.As("lead").Post("/agencies", new { name = "Wexmoor County Council", kind = "localAuthority", authority = "wexmoor" })).Expect(201).Id;
        var osric = (await team.As("lead").Post($"/plans/{team.Plan}/participants", new
        {
            person = new { name = "Osric Thane", email = "osric.thane@demo.example" },
            role = "socialWorker",
            agencyId = wexmoor,
        })).Expect(201).Id;
        var head = await team.As("lead").Get($"/plans/{team.Plan}");
        (await team.As("parent").Post($"/plans/{team.Plan}/move", new { lead = osric }, ifMatch: head.ETag)).Expect(403);
        (await team.As("lead").Post($"/plans/{team.Plan}/move", new { lead = team.Id("socialWorker") }, ifMatch: head.ETag))
            .ExpectProblem(409, "plan.move-needs-lead-from-there");
        team.Wait();
        (await team.As("lead").Post($"/plans/{team.Plan}/move", new { lead = osric, keeping = new[] { team.Id("teacher") } }, ifMatch: head.ETag))
            .ExpectProblem(409, "plan.only-professionals-keep-it");
        var keeping = new[] { team.Id("independentReviewingOfficer") };
        (await team.As("lead").Post($"/plans/{team.Plan}/move", new { lead = osric, staying = new[] { team.Id("nurse") }, keeping }, ifMatch: head.ETag)).Expect(204);

        foreach (var gone in new[] { "lead", "socialWorker", "teamManager", "designatedTeacher", "camhsPractitioner", "mentor", "comingTeacher" })
            (await team.As(gone).Get($"/plans/{team.Plan}")).Expect(404);
        foreach (var with in new[] { "child", "parent", "carer", "nurse" })
            (await team.As(with).Get($"/plans/{team.Plan}/reading")).Expect(200);

        using var thane = team.Host.SignInAs("osric.thane");
        var moved = (await thane.Get($"/plans/{team.Plan}")).Expect(200);
        Assert.Equal(("wexmoor", "Osric Thane"), (moved["authority"].GetString(), moved["leadProfessional"].GetProperty("name").GetString()));
        Assert.Equal("thornmere", moved["moves"][0].GetProperty("from").GetString());
        Assert.Contains("She moves to her aunt.", (await thane.Get($"/plans/{team.Plan}/reading")).Text, StringComparison.Ordinal);
        Assert.Contains((await thane.Get($"/plans/{team.Plan}/disclosures")).Items, d => d.GetProperty("origin").GetString() == "move");

        // The old authority keeps its copy: to each keeper what they could read then, to nobody else anything, and nothing of what comes after.
        team.Wait();
        (await thane.Post($"/plans/{team.Plan}/contributions", new { reviewId = team.Review, outcome = "stay-safe", words = "She settles in there." })).Expect(201);
        var iro = team.As("independentReviewingOfficer");
        var own = Assert.Single((await iro.Get("/me/plan-copies")).Expect(200).Items).GetProperty("id").GetString();
        var copy = (await iro.Get($"/me/plan-copies/{own}")).Expect(200);
        Assert.Contains("She moves to her aunt.", copy.Text, StringComparison.Ordinal);
        Assert.Contains("For the reviewing officer.", copy.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("For the social worker.", copy.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("She settles in there.", copy.Text, StringComparison.Ordinal);
        var leads = Assert.Single((await team.As("lead").Get("/me/plan-copies")).Expect(200).Items).GetProperty("id").GetString();
        Assert.DoesNotContain("For the reviewing officer.", (await team.As("lead").Get($"/me/plan-copies/{leads}")).Expect(200).Text, StringComparison.Ordinal);
        (await iro.Get($"/me/plan-copies/{leads}")).Expect(404);
        Assert.Empty((await team.As("socialWorker").Get("/me/plan-copies")).Expect(200).Items);
        (await thane.Get($"/me/plan-copies/{own}")).Expect(404);

        // What was done there before, the old authority's privacy officer still looks at; what is done since is not theirs.
        using var petra = team.Host.SignInAs("petra.lanyon");
        var kept = (await petra.Get($"/audit/entries?plan={team.Plan}&limit=200")).Expect(200).Items.ToList();
        Assert.Contains(kept, e => e.GetProperty("act").GetString() == "AddContribution");
        Assert.DoesNotContain(kept, e => e.TryGetProperty("person", out var person) && person.GetString() == "Osric Thane");
    }

    [Fact]
    public async Task H_After_an_adoption_nothing_leads_to_the_child_and_the_old_plan_is_for_those_who_answer_for_it()
    {
        await Say("carer", new { kind = "everyone" }, "Her last evening with us.");
        using var quill = team.Host.SignInAs("tobias.quill");
        (await quill.Post($"/plans/{team.Plan}/emergency-access", new { purpose = "treatment", justification = "She is in the emergency department." })).Expect(201);
        var head = await team.As("lead").Get($"/plans/{team.Plan}");
        (await team.As("teacher").Post($"/plans/{team.Plan}/adoption", new { }, ifMatch: head.ETag)).Expect(403);
        (await team.As("socialWorker").Post($"/plans/{team.Plan}/adoption", new { keeping = new[] { team.Id("parent") } }, ifMatch: head.ETag))
            .ExpectProblem(409, "plan.only-professionals-keep-it");
        team.Wait();
        var closed = (await team.As("socialWorker").Post($"/plans/{team.Plan}/adoption",
            new { keeping = new[] { team.Id("independentReviewingOfficer") } }, ifMatch: head.ETag)).Expect(200);
        Assert.Empty(closed["child"].GetProperty("identifiers").EnumerateArray());

        string[] keepers = ["lead", "socialWorker", "independentReviewingOfficer"];
        foreach (var gone in Readers.Everybody.Except(keepers))
            (await team.As(gone).Get($"/plans/{team.Plan}")).Expect(404);
        foreach (var keeper in keepers)
            Assert.Contains("Her last evening", (await team.As(keeper).Get($"/plans/{team.Plan}/reading")).Expect(200).Text, StringComparison.Ordinal);

        using var page = await team.Host.VisitAs("hamo.tresk");
        await page.Get($"/plans/{team.Plan}");
        Assert.Contains("was adopted, and this plan is closed.", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("a[href$='/contribute'], a[href$='/actions/new'], a[href$='/targets/new']"));

        // No number finds it, no emergency opens it, and nothing is added to it; somebody who keeps it can still be let go.
        var number = new { identifiers = new[] { new { system = "upn", value = team.Identifier } } };
        Assert.Empty((await team.As("lead").Post("/children/search", number)).Expect(200).Items);
        Assert.Empty((await quill.Post("/emergency-access/search", number)).Expect(200).Items);
        (await quill.Get($"/plans/{team.Plan}")).Expect(404);
        (await quill.Post($"/plans/{team.Plan}/emergency-access", new { purpose = "treatment", justification = "She is in the emergency department." })).Expect(404);
        (await team.As("lead").Post($"/plans/{team.Plan}/contributions",
            new { reviewId = team.Review, outcome = "stay-safe", words = "One thing more." })).ExpectProblem(409, "plan.is-closed");
        (await team.As("lead").Post($"/plans/{team.Plan}/participants",
            new { person = new { name = "New", email = "new@demo.example" }, role = "parent" })).ExpectProblem(409, "plan.is-closed");
        Assert.DoesNotContain((await team.As("lead").Get("/me/work?limit=200")).Items, w => w.GetProperty("planId").GetString() == team.Plan);
        var keeping = $"/plans/{team.Plan}/participants/{team.Id("independentReviewingOfficer")}";
        (await team.As("lead").Patch(keeping, new { until = team.Host.Clock.Now, cover = team.Id("lead") }, (await team.As("lead").Get(keeping)).ETag)).Expect(200);
        (await team.As("independentReviewingOfficer").Get($"/plans/{team.Plan}")).Expect(404);
    }

    [Fact]
    public async Task I_Professionals_are_told_that_something_is_withheld_and_a_family_is_not_even_told_that()
    {
        var before = new Dictionary<string, string>();
        foreach (var reader in Readers.NeverTold)
            before[reader] = await Reading(reader);
        await Say("senco", new { kind = "professionals" }, "Among us.");
        Assert.Contains("\"withheld\":1", await Reading("teacher"), StringComparison.Ordinal);
        foreach (var reader in Readers.NeverTold)
            Assert.Equal(before[reader], await Reading(reader));
    }

    [Fact]
    public async Task J_A_restriction_after_a_mistaken_share_lists_who_had_opened_it_and_who_came_in_by_an_emergency()
    {
        var view = await Say("socialWorker", new { kind = "everyone" }, "She is collected at the side gate.");
        team.Wait();
        (await team.As("parent").Get($"/contributions/{view}")).Expect(200);
        using var quill = team.Host.SignInAs("tobias.quill");
        (await quill.Post($"/plans/{team.Plan}/emergency-access", new { purpose = "missingChild", justification = "She did not come home from school." })).Expect(201);
        (await quill.Get($"/plans/{team.Plan}/reading")).Expect(200);
        (await quill.Get($"/contributions/{view}")).Expect(200);
        team.Wait();
        var restriction = (await team.As("socialWorker").Post($"/plans/{team.Plan}/restrictions",
            new { kind = "view", from = team.Id("parent"), contribution = view, reason = "Shared by mistake", reviewOn = "2027-01-11" })).Expect(201);
        var opened = restriction["openedBefore"].EnumerateArray().ToList();
        Assert.Contains(opened, o => o.TryGetProperty("who", out var who) && who.GetProperty("participantId").GetString() == team.Id("parent"));
        var outsider = Assert.Single(opened, o => o.TryGetProperty("outsider", out _));
        Assert.Equal(("Tobias Quill", "Thornmere Borough Council", 2),
            (outsider.GetProperty("outsider").GetString(), outsider.GetProperty("agency").GetString(), outsider.GetProperty("times").GetInt32()));
        Assert.DoesNotContain("side gate", await AllOfThePlan("parent"), StringComparison.Ordinal);

        // Of what an emergency does not open, nobody from outside can have been a reader.
        var confided = await Say("child", new { kind = "named", participants = new[] { team.Id("socialWorker") } }, "In confidence.");
        (await quill.Get($"/plans/{team.Plan}/reading")).Expect(200);
        team.Wait();
        var second = (await team.As("socialWorker").Post($"/plans/{team.Plan}/restrictions",
            new { kind = "view", from = team.Id("teacher"), contribution = confided, reason = "To be sure", reviewOn = "2027-01-11" })).Expect(201);
        Assert.DoesNotContain(second["openedBefore"].EnumerateArray(), o => o.TryGetProperty("outsider", out _));
    }

    [Fact]
    public async Task K_At_eighteen_the_young_person_reads_what_they_said_word_by_word_and_a_parent_s_part_is_over()
    {
        var own = await Say("child", new { kind = "named", participants = new[] { team.Id("socialWorker") } }, "I don't want Mum asking at school where I live");
        var others = await Say("teacher", new { kind = "everyone" }, "She laughs in tutor time again.");
        var among = await Say("senco", new { kind = "professionals" }, "Among professionals.");

        // Born on 1 February 2014: that is midnight in London, eighteen years later.
        var birthday = new DateTimeOffset(2032, 2, 1, 0, 0, 0, TimeSpan.Zero);
        team.Host.Clock.Now = birthday.AddSeconds(-1);
        (await team.As("parent").Get($"/plans/{team.Plan}/reading")).Expect(200);
        team.Host.Clock.Now = birthday;
        (await team.As("parent").Get($"/plans/{team.Plan}/reading")).Expect(404);

        Assert.Contains("I don't want Mum asking at school where I live",
            Regex.Unescape((await team.As("child").Get($"/contributions/{own}")).Expect(200).Text), StringComparison.Ordinal);
        Assert.Contains("She laughs in tutor time again.", (await team.As("child").Get($"/contributions/{others}")).Expect(200).Text, StringComparison.Ordinal);
        (await team.As("child").Get($"/contributions/{among}")).Expect(404);

        // Whoever the young person wants there again is gathered in again, without an end.
        var again = (await team.As("lead").Post($"/plans/{team.Plan}/participants", new
        {
            person = new { name = WholeTeam.NameOf("parent"), email = "parent@demo.example" },
            role = "parent",
        })).Expect(201);
        Assert.False(again.Json.TryGetProperty("until", out _));
        (await team.As("parent").Get($"/plans/{team.Plan}/reading")).Expect(200);
    }

    private async Task<string> Say(string voice, object audience, string words, string? summary = null)
    {
        team.Wait();
        return (await team.As(voice).Post($"/plans/{team.Plan}/contributions",
            new { reviewId = team.Review, outcome = "stay-safe", words, outlook = "worried", audience, summary })).Expect(201).Id;
    }

    private async Task<string> Reading(string reader) => (await team.As(reader).Get($"/plans/{team.Plan}/reading")).Expect(200).Text;

    [GeneratedRegex("RateLimit[^\r\n]*")]
    private static partial Regex RequestsLeft();

    /// <summary>The plan on the screen and on paper.</summary>
    private async Task<string> PagesOf(string reader)
    {
        using var visitor = await team.Host.VisitAs(reader.ToLowerInvariant());
        var pages = new List<string>();
        foreach (var page in new[] { "", "?view=person", "?view=differ", "?view=child", "?view=since", "/print", "/people", "/actions", "/reviews", $"/reviews/{team.Review}" })
            pages.Add((await visitor.Get($"/plans/{team.Plan}{page}")).Html);
        return string.Concat(pages);
    }

    /// <summary>All that somebody gets who reads whatever there is to read of the plan, but for how often they have looked.</summary>
    private async Task<string> AllOfThePlan(string reader, params string[] contributions)
    {
        var known = operations.SelectMany(o => o.Path.Split('/').Zip(o.Path.Split('/').Skip(1))).Where(s => s.Second is ['{', ..])
            .Select(s => s.First).Distinct().ToDictionary(s => s, _ => (IReadOnlyCollection<string>)[]);
        known["plans"] = [team.Plan];
        known["reviews"] = [team.Review];
        known["participants"] = known["voices"] = [.. team.Participants.Values];
        known["contributions"] = contributions;
        known["/plans/{id}/access-log"] = [];
        var ofPlan = operations.Where(o => o.Path.StartsWith("/plans", StringComparison.Ordinal) || o.Path.StartsWith("/reviews", StringComparison.Ordinal)
            || o.Path.StartsWith("/contributions", StringComparison.Ordinal) || o.Path.StartsWith("/me", StringComparison.Ordinal));
        return RequestsLeft().Replace(string.Concat((await ReadingRound.Of(team.As(reader), ofPlan, known)).Select(r => r.Text)), "");
    }
}
