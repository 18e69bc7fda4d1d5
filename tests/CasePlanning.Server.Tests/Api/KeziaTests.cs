using System.Text.RegularExpressions;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Reading;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>
/// Kezia's autumn review, entered by its authors in order, at the times they spoke: her social worker is in court on the day of
/// the meeting, and nobody is silenced by it.
/// </summary>
public sealed partial class KeziaTests : IAsyncLifetime
{
    private const string Healthy = "be-healthy";
    private const string Safe = "stay-safe";
    private const string Enjoy = "enjoy-and-achieve";
    private const string Contributing = "make-a-positive-contribution";

    private readonly PlanningHost host = new();
    private readonly Dictionary<string, ApiCaller> people = [];
    private readonly Dictionary<string, string> participants = [];
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        At(8, 28, 9, 5);
        plan = (await As("hamo.tresk").Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14", identifiers = new[] { new { system = "upn", value = "Z000000000001" } } },
            kind = "pep",
            startedOn = "2026-08-17",
        })).Expect(201).Id;
        await Gather("kezia.amari-holt", "child");
        await Gather("delphine.holt", "parent");
        await Gather("bryn.ellerthwaite", "carer");
        await Gather("maud.ellerthwaite", "carer");
        await Gather("juno.prideaux", "advocate", speaksFor: "kezia.amari-holt");
        await Gather("dominic.ferraby", "socialWorker");
        await Gather("roz.applegarth", "teamManager");
        await Gather("imke.sandover", "designatedTeacher");
        await Gather("cal.wexley", "teacher");
        await Gather("ngaire.holloway-bose", "educationalPsychologist");
        await Gather("sunniva.raike", "nurse");
        await As("imke.sandover").Post($"/plans/{plan}/targets", new { outcome = Enjoy, what = "Kezia keeps up in mathematics", measure = "Grade 5 by February" });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_whole_review_is_heard_decided_rechecked_closed_and_signed_with_its_dissent()
    {
        // 1: Tresk opens the review; nine voices are invited.
        At(9, 30, 9, 5);
        var tresk = As("hamo.tresk");
        review = (await tresk.Post($"/plans/{plan}/reviews", new
        {
            title = "Review 2",
            opensOn = "2026-09-30",
            closesOn = "2026-10-21",
            meetings = new[] { new { at = "2026-10-14T14:30:00Z", place = "Larkmoor Academy" } },
            invite = "everyone",
        })).Expect(201).Id;
        Assert.Equal("open", (await tresk.Get($"/reviews/{review}"))["state"].GetString());
        Assert.Equal(9, (await tresk.Get($"/reviews/{review}/voices")).Items.Count());

        // 2, 3: Kezia, on her phone: one view for everyone, one for her social worker and her advocate alone.
        At(10, 1, 19, 40);
        var view2 = await Say("kezia.amari-holt", Enjoy, "mixed", "I like art and Mr Wexley. Lunch is the worst bit. I want to stay in top set maths.");
        var request = (await As("kezia.amari-holt").Post($"/contributions/{view2.Id}/questions",
            new { words = "Can I stay in top set maths?", to = Id("imke.sandover"), kind = "request" })).Expect(201);
        Assert.Equal("2026-10-08", request["answerDue"].GetString());
        At(10, 1, 19, 52);
        var view3 = await Say("kezia.amari-holt", Safe, "worried", "I don't want Mum asking at school where I live",
            audience: new { kind = "named", participants = new[] { Id("dominic.ferraby"), Id("juno.prideaux") } });

        // 4–7: her teacher, the psychologist, one foster carer, her mother.
        At(10, 5, 12, 15);
        var view4 = await Say("imke.sandover", Enjoy, "worried", "Attainment is two grades under target; 41 behaviour points. I propose set 2.");
        await Respond("imke.sandover", view2.Id, "disagree", "Set 2 would let her catch up without dread.");
        At(10, 6, 16, 30);
        var view5 = await Say("ngaire.holloway-bose", Enjoy, "mixed", "The dip fits loss and sleep; no set move before January.",
            audience: new { kind = "professionals" }, summary: "I would not move her before January.");
        await Say("ngaire.holloway-bose", Healthy, "mixed", "Learning and feelings together.", audience: new { kind = "professionals" }, summary: "Sleep matters here.");
        At(10, 7, 20, 10);
        await Say("maud.ellerthwaite", Healthy, "worried", "Up at 3 a.m. four nights of seven; homework done at breakfast.");
        At(10, 9, 11, 0);
        var view7 = await Say("delphine.holt", Enjoy, "goingWell", "She always had maths in her. Don't take it off her.");
        var pickUp = (await As("delphine.holt").Post($"/contributions/{view7.Id}/questions", new { words = "Who picks her up?", to = Id("dominic.ferraby") })).Expect(201);
        Assert.Equal("Dominic Ferraby", pickUp["answerBy"].GetProperty("name").GetString());
        Assert.Equal("2026-10-16", pickUp["answerDue"].GetString());

        // 8: Ferraby will be in court, and files three views in the minute in which he says so.
        At(10, 12, 8, 50);
        var ferraby = As("dominic.ferraby");
        (await ferraby.Put($"/reviews/{review}/voices/{Id("dominic.ferraby")}",
            new { absence = new { reason = "court", until = "2026-10-16", note = "Another child's hearing" } })).Expect(200);
        await Say("dominic.ferraby", Safe, "goingWell", "I agree with the supervised pick-up.");
        await Say("dominic.ferraby", Enjoy, "mixed", "Keep the set, review at half term.", audience: new { kind = "professionals" }, summary: "Keep the set for now.");
        await Say("dominic.ferraby", Contributing, "goingWell", "Art club is funded.");

        // 9, 10: the meeting settles two things; the teacher's dissent is kept; Wexley takes an action.
        At(10, 14, 15, 40);
        Assert.Equal("inMeeting", (await Say("cal.wexley", Enjoy, "goingWell", "She laughs in tutor time again.", saidInMeeting: true))["mode"].GetString());
        At(10, 14, 15, 50);
        var d1 = (await As("imke.sandover").Post($"/reviews/{review}/decisions", new
        {
            outcomes = new[] { Enjoy, Healthy },
            what = "Stay in set 1 with tutoring",
            how = "2 × 20 minutes at 8 a.m.",
            why = "She asked for it; the dip fits lost sleep",
            whereNext = "Review on 9 December",
            because = new[] { view2.Id, view5.Id },
        })).Expect(201);
        await Dissent("imke.sandover", d1.Id, "Two grades under target.", "what");
        var d2 = (await As("imke.sandover").Post($"/reviews/{review}/decisions",
            new { outcomes = new[] { Enjoy, Healthy }, what = "The art room opens at lunch", why = "Lunch is the worst bit", because = new[] { view2.Id } })).Expect(201);
        At(10, 14, 16, 20);
        var action = (await As("cal.wexley").Post($"/plans/{plan}/actions", new
        {
            outcome = Enjoy,
            what = "Open the art room at lunch",
            how = "Mon, Wed, Fri",
            why = "Lunch is the worst bit",
            whereNext = "See if she brings a friend",
            due = "2026-10-19",
            decisionId = d2.Id,
        })).Expect(201);
        Assert.Equal("Cal Wexley", action["holders"][0].GetProperty("name").GetString());

        // 11: the answer to her mother, for her alone.
        At(10, 16, 17, 45);
        (await ferraby.Post($"/questions/{pickUp.Id}/answers", new { words = "Collected by a safe adult agreed with you by phone.", onlyForAsker = true })).Expect(201);
        Assert.Contains("safe adult", (await As("delphine.holt").Get($"/questions/{pickUp.Id}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("safe adult", (await As("cal.wexley").Get($"/plans/{plan}/reading")).Text, StringComparison.Ordinal);

        // 12: the nurse comes late, after the meeting and within the window: both decisions need a recheck.
        At(10, 19, 13, 25);
        await Say("sunniva.raike", Healthy, "worried", "SDQ 19; sleep clinic 2 November. No 8 a.m. tutoring please.",
            audience: new { kind = "health" }, summary: "Please no tutoring at eight in the morning.");
        var sandover = As("imke.sandover");
        Assert.True((await sandover.Get($"/decisions/{d1.Id}"))["needsRecheck"].GetBoolean());
        Assert.True((await sandover.Get($"/decisions/{d2.Id}"))["needsRecheck"].GetBoolean());
        Assert.Contains(Work(await sandover.Get("/me/work")), w => w == ("recheckDecision", d1.Id));

        // c: the late view stands in the way of sign-off until both are rechecked. e: and Bryn in the way of closing.
        At(10, 20, 9, 0);
        var closing = (await tresk.Post($"/reviews/{review}/close", new { }, ifMatch: (await tresk.Get($"/reviews/{review}")).ETag)).ExpectProblem(409, "review.voice-not-addressed");
        Assert.Equal(["Bryn Ellerthwaite is not heard yet."], closing["errors"].EnumerateArray().Select(e => e.GetProperty("message").GetString()!));
        (await tresk.Put($"/reviews/{review}/voices/{Id("bryn.ellerthwaite")}", new { addressed = new { how = "Spoke through Maud, confirmed" } })).Expect(200);
        (await tresk.Post($"/reviews/{review}/close", new { }, ifMatch: (await tresk.Get($"/reviews/{review}")).ETag)).ExpectProblem(409, "review.child-waits-for-reply");

        // 13: Sandover rechecks both, and moves the tutoring.
        At(10, 20, 9, 10);
        (await sandover.Patch($"/decisions/{d1.Id}", new { how = "2 × 20 minutes at 14:10" }, (await sandover.Get($"/decisions/{d1.Id}")).ETag)).Expect(200);
        (await sandover.Post($"/decisions/{d1.Id}/rechecks", new { finding = "Tutoring moved to 14:10.", changed = true })).Expect(201);

        // 14: Tresk closes with a reply to Kezia, and signs off with one dissent.
        At(10, 21, 15, 0);
        (await sandover.Post($"/questions/{request.Id}/answers", new { words = "You stay in set 1, with help.", kind = "weDid" })).Expect(201);
        var closed = (await tresk.Post($"/reviews/{review}/close", new { }, ifMatch: (await tresk.Get($"/reviews/{review}")).ETag)).Expect(200);
        Assert.Equal("closed", closed["state"].GetString());
        Assert.Equal("2026-10-28", closed["signOffDue"].GetString());
        (await tresk.Post($"/reviews/{review}/sign-off", ifMatch: closed.ETag)).ExpectProblem(409, "decision.needs-recheck");
        (await sandover.Post($"/decisions/{d2.Id}/rechecks", new { finding = "No change.", changed = false })).Expect(201);
        At(10, 26, 10, 0);
        var signed = (await tresk.Post($"/reviews/{review}/sign-off", ifMatch: closed.ETag)).Expect(200);
        Assert.Equal("signed", signed["state"].GetString());

        // d: the dissent is in the signed record, in words, for everybody.
        var dissent = Assert.Single(signed["dissents"].EnumerateArray());
        Assert.Equal("Two grades under target.", dissent.GetProperty("reason").GetString());
        Assert.Contains("Two grades under target.", (await As("delphine.holt").Get($"/plans/{plan}/reading")).Text, StringComparison.Ordinal);
        (await sandover.Post($"/decisions/{d1.Id}/responses", new { stance = "agree" })).ExpectProblem(409, "review.is-signed");

        // After it only addenda; the next review carries target, action and dissent forward.
        (await ferraby.Post($"/plans/{plan}/contributions", View(Safe, "One more thing."))).ExpectProblem(409, "review.is-signed");
        (await ferraby.Post($"/reviews/{review}/addenda", new { words = "The clinic confirmed 2 November." })).Expect(201);
        At(1, 11, 9, 0, 2027);
        var next = (await tresk.Post($"/plans/{plan}/reviews", new { title = "Review 3", opensOn = "2027-01-11", closesOn = "2027-01-29", invite = "everyone" })).Expect(201);
        Assert.Equal(["target", "action", "dissent"], next["carriedForward"].EnumerateArray().Select(c => c.GetProperty("kind").GetString()!));
        Assert.All(next["carriedForward"].EnumerateArray(), c => Assert.Equal("Still true?", c.GetProperty("question").GetString()));
        Assert.Contains(Work(await sandover.Get("/me/work")), w => w.Kind == "sayWhetherStillTrue");

        // h, as far as this reaches: Kezia reads her own words as she wrote them.
        var herOwn = await As("kezia.amari-holt").Get($"/plans/{plan}/reading?review={review}&view=child");
        Assert.Contains("Lunch is the worst bit.", herOwn.Text, StringComparison.Ordinal);
        Assert.Contains("where I live", herOwn.Text, StringComparison.Ordinal);
        Assert.Contains("You stay in set 1, with help.", herOwn.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("where I live", (await tresk.Get($"/plans/{plan}/reading?review={review}")).Text, StringComparison.Ordinal);
        (await As("delphine.holt").Get($"/contributions/{view3.Id}")).Expect(404);
        Assert.Equal(1, view4["version"].GetInt32());
    }

    /// <summary>b.</summary>
    [Fact]
    public async Task Her_mother_finds_neither_the_carers_nor_the_home_nor_any_trace_of_what_she_asked_in_confidence()
    {
        await OpenReview();
        await Say("kezia.amari-holt", Enjoy, "mixed", "I like art and Mr Wexley.");
        await Say("maud.ellerthwaite", Healthy, "worried", "Up at 3 a.m. four nights of seven.");
        await Say("maud.ellerthwaite", Safe, "goingWell", "She walks to us from the stop at 7 Heron Quay.", audience: new { kind = "home" });
        await ComesInBefore("delphine.holt");
        await host.WriteNotices();
        await host.WriteDailyMails();
        var mother = As("delphine.holt");
        (await mother.Put("/me/notifications", new { digest = "daily", recheckNeeded = "immediate", restrictionChanged = "immediate", replyOwed = "immediate" })).Expect(200);
        using var browser = await host.VisitAs("delphine.holt");
        await WhatIsShownTo(mother, browser);
        var before = await WhatIsShownTo(mother, browser);

        var asked = (await Say("kezia.amari-holt", Safe, "worried", "I don't want Mum asking at school where I live",
            audience: new { kind = "named", participants = new[] { Id("dominic.ferraby"), Id("juno.prideaux") } })).Id;
        var after = await WhatIsShownTo(mother, browser);

        // Not a byte tells that there is one view more; that her own looking is counted is no hint.
        Assert.Equal(before, after);
        (await mother.Get($"/contributions/{asked}")).Expect(404);
        Assert.Empty((await mother.Post("/children/search", new { identifiers = new[] { new { system = "upn", value = "Z000000000001" } } })).Expect(200).Items);
        At(9, 30, 18, 0);
        await Say("dominic.ferraby", Safe, "goingWell", "Supervised pick-up goes on.");
        At(10, 1, 7, 30);
        await host.WriteNotices();
        await host.WriteDailyMails();
        var mail = await host.MailTo("delphine.holt");
        Assert.NotNull(mail);
        foreach (var artefact in after.Values.Append($"{mail.Subject}\n{mail.Body}"))
        {
            foreach (var secret in new[] { "Ellerthwaite", "Maud", "Bryn", "Heron Quay", "asking at school", asked })
                Assert.DoesNotContain(secret, artefact, StringComparison.OrdinalIgnoreCase);
        }

        // All of it is there for whoever may read it, so that it could have been found.
        using var worker = await host.VisitAs("dominic.ferraby");
        var all = string.Concat((await WhatIsShownTo(As("dominic.ferraby"), worker)).Values);
        foreach (var told in new[] { "Ellerthwaite", "Heron Quay", "asking at school", asked })
            Assert.Contains(told, all, StringComparison.Ordinal);
    }

    /// <summary>g.</summary>
    [Fact]
    public async Task Her_tutor_who_speaks_for_the_teacher_reads_the_summary_of_the_psychologist_and_not_her_words()
    {
        await OpenReview();
        var view = await Say("ngaire.holloway-bose", Enjoy, "mixed", "The dip fits loss and sleep; no set move before January.",
            audience: new { kind = "professionals" }, summary: "I would not move her before January.");
        var (sandover, wexley) = (As("imke.sandover"), As("cal.wexley"));
        (await sandover.Put($"/reviews/{review}/voices/{Id("imke.sandover")}", new { delegateTo = Id("cal.wexley") })).Expect(200);

        Assert.Contains("fits loss", (await sandover.Get($"/contributions/{view.Id}")).Expect(200).Text, StringComparison.Ordinal);
        using var browser = await host.VisitAs("cal.wexley");
        var seen = string.Concat((await WhatIsShownTo(wexley, browser)).Values) + (await wexley.Get($"/contributions/{view.Id}")).Expect(200).Text
            + (await browser.Get($"/plans/{plan}/views/{view.Id}")).Html;
        Assert.Contains("I would not move her before January.", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("fits loss", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_has_the_same_place_and_form_whether_its_author_is_absent_or_present()
    {
        await OpenReview();
        await Say("imke.sandover", Enjoy, "worried", "Set 2 would let her catch up.");
        await Say("dominic.ferraby", Enjoy, "mixed", "Keep the set.");
        await Say("kezia.amari-holt", Enjoy, "mixed", "I want to stay.");
        var reader = As("kezia.amari-holt");
        var present = (await reader.Get($"/plans/{plan}/reading")).Text;

        (await As("dominic.ferraby").Put($"/reviews/{review}/voices/{Id("dominic.ferraby")}", new { absence = new { reason = "court", until = "2026-10-16" } })).Expect(200);
        var absent = (await reader.Get($"/plans/{plan}/reading")).Text;

        // Nothing but the caption of the absence itself, in "not heard", may differ.
        Assert.Equal(present, absent.Replace(",\"absence\":{\"reason\":\"court\",\"until\":\"2026-10-16\"}", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_people_who_write_on_one_outcome_in_the_same_second_are_both_kept()
    {
        await OpenReview();
        var (ferraby, sandover) = (As("dominic.ferraby"), As("imke.sandover"));
        var both = await Task.WhenAll(
            ferraby.Post($"/plans/{plan}/contributions", View(Enjoy, "Keep the set.")),
            sandover.Post($"/plans/{plan}/contributions", View(Enjoy, "Set 2 would let her catch up.")));
        Assert.All(both, answer => answer.Expect(201));
        var reading = (await ferraby.Get($"/plans/{plan}/reading")).Text;
        Assert.Contains("Keep the set.", reading, StringComparison.Ordinal);
        Assert.Contains("Set 2 would let her catch up.", reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_plan_is_due_on_15_September_by_working_days_and_on_30_September_by_school_days()
    {
        Assert.Equal("2026-09-01", Clock(await As("hamo.tresk").Get($"/plans/{plan}"), "initiate"));
        Assert.Equal("2026-09-15", Clock(await As("hamo.tresk").Get($"/plans/{plan}"), "firstPlan"));

        await using var bySchoolDays = new PlanningHost { Settings = new Dictionary<string, string> { ["Authorities:thornmere:Clocks:FirstPlan:Counting"] = "SchoolDays" } };
        bySchoolDays.Clock.Now = host.Clock.Now;
        using var tresk = bySchoolDays.SignInAs("hamo.tresk");
        var opened = (await tresk.Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14" },
            kind = "pep",
            startedOn = "2026-08-17",
        })).Expect(201);
        Assert.Equal("2026-09-30", Clock(opened, "firstPlan"));

        static string? Clock(Answer plan, string code) =>
            plan["clocks"].EnumerateArray().Single(c => c.GetProperty("code").GetString() == code).GetProperty("due").GetString();
    }

    /// <summary>By address, all that a plan shows: through the API, on pages, and on paper.</summary>
    private async Task<SortedDictionary<string, string>> WhatIsShownTo(ApiCaller caller, Visitor browser)
    {
        var shown = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var address in new[]
        {
            "/plans", "/me/work?limit=200", $"/plans/{plan}", $"/plans/{plan}/participants?limit=200", $"/plans/{plan}/reviews", $"/plans/{plan}/dissents", $"/plans/{plan}/actions",
            $"/plans/{plan}/targets", $"/plans/{plan}/changes", $"/plans/{plan}/consents", $"/plans/{plan}/disclosures", $"/plans/{plan}/restrictions", $"/plans/{plan}/withheld-decisions",
            $"/reviews/{review}", $"/reviews/{review}/voices", $"/reviews/{review}/decisions", $"/reviews/{review}/readiness", "/directory?need=school",
        })
            shown[address] = NewEachTime().Replace((await caller.Get(address)).Text, "");
        foreach (var view in Enum.GetNames<ReadingView>())
        {
            var reading = $"/plans/{plan}/reading?view={char.ToLowerInvariant(view[0])}{view[1..]}";
            var answer = (await caller.Get(reading)).Expect(200);
            shown[reading] = $"{answer.ETag}{answer.Text}";
        }

        foreach (var page in new[] { "/plans", "/my-work", $"/plans/{plan}", $"/plans/{plan}?view=person", $"/plans/{plan}?view=child", $"/plans/{plan}/print", $"/plans/{plan}/actions", $"/plans/{plan}/people", $"/plans/{plan}/reviews/{review}" })
            shown[$"page {page}"] = NewEachTime().Replace((await browser.Get(page)).Html, "");
        return shown;
    }

    /// <summary>Mail goes to nobody who never came in.</summary>
    private Task<int> ComesInBefore(string who) => host.Write(database =>
    {
        var person = database.Persons.Single(p => p.Email == $"{who}@demo.example").Id;
        if (!database.Accounts.Any(a => a.Id == person))
            database.Accounts.Add(new Account(person));
    });

    /// <summary>What protects a form, the number of a request, and the time to which a page asks for news.</summary>
    [GeneratedRegex("""value="[A-Za-z0-9_-]{32,}"|since=[^"&]*|now=[^"&]*|requestId":"[^"]*""")]
    private static partial Regex NewEachTime();

    private async Task OpenReview()
    {
        At(9, 30, 9, 5);
        review = (await As("hamo.tresk").Post($"/plans/{plan}/reviews", new
        {
            title = "Review 2",
            opensOn = "2026-09-30",
            closesOn = "2026-10-21",
            meetings = new[] { new { at = "2026-10-14T14:30:00Z" } },
            invite = "everyone",
        })).Expect(201).Id;
    }

    private async Task<Answer> Say(
        string who, string outcome, string outlook, string words, object? audience = null, string? summary = null, bool saidInMeeting = false) =>
        (await As(who).Post($"/plans/{plan}/contributions",
            new { reviewId = review, outcome, words, outlook, audience, summary, saidInMeeting })).Expect(201);

    private object View(string outcome, string words) => new { reviewId = review, outcome, words };

    private async Task Respond(string who, string contribution, string stance, string reason) =>
        (await As(who).Post($"/contributions/{contribution}/responses", new { stance, reason })).Expect(201);

    private async Task Dissent(string who, string decision, string reason, string about) =>
        (await As(who).Post($"/decisions/{decision}/responses", new { stance = "disagree", reason, about })).Expect(201);

    private async Task Gather(string who, string role, string? speaksFor = null) =>
        participants[who] = (await As("hamo.tresk").Post($"/plans/{plan}/participants", new
        {
            person = new { name = who, email = $"{who}@demo.example" },
            role,
            speaksFor = speaksFor is null ? null : Id(speaksFor),
        })).Expect(201).Id;

    private string Id(string who) => participants[who];

    private static IEnumerable<(string Kind, string Subject)> Work(Answer work) =>
        work.Items.Select(w => (w.GetProperty("kind").GetString()!, w.GetProperty("subjectId").GetString()!));

    private ApiCaller As(string who) => people.TryGetValue(who, out var known) ? known : people[who] = host.SignInAs(who);

    /// <summary>London time of the story.</summary>
    private void At(int month, int day, int hour, int minute, int year = 2026)
    {
        var local = new DateTime(year, month, day, hour, minute, 0);
        host.Clock.Now = new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/London").GetUtcOffset(local)).ToUniversalTime();
    }
}
