using System.Net;
using CasePlanning.Application.Accounts;
using CasePlanning.Infrastructure;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>A review before its pages, from its opening to its sign-off, without any script.</summary>
public sealed class ReviewPageTests : IAsyncLifetime
{
    private readonly KeziasPages kezia = new();

    public ValueTask InitializeAsync() => kezia.InitializeAsync();

    public ValueTask DisposeAsync() => kezia.DisposeAsync();

    [Fact]
    public async Task It_shows_who_has_spoken_where_views_differ_and_what_stands_in_the_way()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}");
        Assert.Contains("Working day 15 of 16.", page.Text, StringComparison.Ordinal);
        Assert.Contains("8 of 9 people asked have been heard.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Not heard from yet (1) Bryn Ellerthwaite, carer", page.Text, StringComparison.Ordinal);
        Assert.Contains("Worried: Imke Sandover", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sunniva Raike spoke after it was decided.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Imke Sandover, designated teacher sees this differently: Two grades under target.", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["Not yet: Everybody who was asked is heard, or it is recorded what was done", "Not yet: Kezia has a reply to everything that was asked",
                "Done: Where views differ something was decided, or you say why it is left open", "Not yet: Every decision was looked at again after later views"],
            page.Document.QuerySelectorAll(".app-checks__what").Select(c => c.TextContent.Trim()));
        Assert.Contains("Kezia asked “Can I stay in top set maths?” and has no reply yet.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_coordinate_sees_no_tools()
    {
        foreach (var who in (string[])["delphine.holt", "kezia.amari-holt", "sunniva.raike"])
        {
            var page = await kezia.As(who, "/plans/{plan}/reviews/{review}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Before you close", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Record a decision", page.Text, StringComparison.Ordinal);
            Assert.Null(page.Document.QuerySelector("a[href*='/close'], a[href*='/voices/'], form[action*='handler=Nudge'], form[action*='handler=Invite']"));
        }
    }

    [Fact]
    public async Task A_review_is_opened_in_two_steps_with_the_days_that_are_suggested()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/new");
        Assert.Contains("Two reviews cannot share days", page.Text, StringComparison.Ordinal);
        Assert.Contains("Suggested: Friday 16 October", page.Text, StringComparison.Ordinal);

        await page.Submit([.. Days((16, 10), (6, 11)), ("title", "Half-term review"), ("invite", "everyone"),
            ("meetings[0].on.day", "20"), ("meetings[0].on.month", "10"), ("meetings[0].on.year", "2026"), ("meetings[0].time", "3.30pm"), ("meetings[0].place", "Larkmoor Academy")]);
        Assert.Equal("Check before you open the review", page.Title);
        Assert.Contains("Tuesday 20 October at 15:30, Larkmoor Academy", page.Text, StringComparison.Ordinal);
        Assert.Contains("Delphine Holt, parent", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hamo Tresk, virtual", page.Text, StringComparison.Ordinal);

        await page.Submit();
        Assert.Equal((HttpStatusCode.OK, "Half-term review"), (page.Status, page.Title));
        Assert.Contains("Half-term review is open.", page.Text, StringComparison.Ordinal);
        var opened = (await kezia.Api("hamo.tresk").Get($"/plans/{kezia.Plan}"))["reviews"][0];
        Assert.Equal(("2026-10-16", "2026-11-06"), (opened.GetProperty("opensOn").GetString(), opened.GetProperty("closesOn").GetString()));
        Assert.Equal("2026-10-20T14:30:00Z", opened.GetProperty("meetings")[0].GetProperty("at").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_review_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/new");
        await page.Submit([.. Days((31, 2), (6, 11)), ("title", ""), ("invite", "chosen"),
            ("meetings[0].on.day", "20"), ("meetings[0].on.month", "10"), ("meetings[0].on.year", "2026"), ("meetings[0].time", "soon"), ("meetings[0].place", "Library")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.StartsWith("Error: ", page.Document.Title, StringComparison.Ordinal);
        Assert.Equal(
            ["#meetings-0-time", "#opensOn", "#participants", "#title"],
            page.Document.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")!).Order(StringComparer.Ordinal));
        Assert.All(page.Document.QuerySelectorAll(".govuk-error-summary a"), a => Assert.NotNull(page.Document.QuerySelector(a.GetAttribute("href")!)));
        Assert.Equal("31", page.Document.QuerySelector("#opensOn")!.GetAttribute("value"));
        Assert.Equal("Library", page.Document.QuerySelector("#meetings-0-place")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_overlapping_review_is_explained_and_not_opened()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/new");
        await page.Submit([.. Days((15, 10), (6, 11)), ("title", "Too early"), ("invite", "everyone")]);
        await page.Submit();
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("The plan already has an unsigned review in these days.", page.Alert, StringComparison.Ordinal);
        Assert.Equal("Too early", page.Document.QuerySelector("#title")!.GetAttribute("value"));
        Assert.Single((await kezia.Api("hamo.tresk").Get($"/plans/{kezia.Plan}"))["reviews"].EnumerateArray());
    }

    [Fact]
    public async Task Only_those_who_are_chosen_are_asked()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/new");
        await page.Submit([.. Days((16, 10), (6, 11)), ("title", "Small review"), ("invite", "chosen"), ("participants", kezia.Who("Kezia")), ("participants", kezia.Who("Imke"))]);
        Assert.DoesNotContain("Delphine", page.Text, StringComparison.Ordinal);
        await page.Submit();
        Assert.Contains("0 of 2 people asked have been heard.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_was_not_asked_is_asked_from_the_review()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}");
        Assert.Contains("Not asked (1)", page.Text, StringComparison.Ordinal);
        await page.SubmitThe("form[action*='handler=Invite']");
        Assert.Contains("Not heard from yet (2)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Lettice Umber", page.Document.QuerySelector(".app-voices")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_there_is_to_record_of_a_voice_is_recorded()
    {
        const string Voice = "/plans/{plan}/reviews/{review}/voices/{bryn}";
        var page = await kezia.As("hamo.tresk", Voice);
        await page.SubmitThe("form[action*='handler=Unreached']");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Record at least one attempt", page.Alert, StringComparison.Ordinal);

        await kezia.As("hamo.tresk", Voice);
        await page.SubmitThe("form[action*='handler=Nudge']");
        Assert.Contains("No mail can go to this participant", page.Alert, StringComparison.Ordinal);

        await kezia.As("hamo.tresk", Voice);
        await page.SubmitThe("form[action*='handler=Try']", ("how", ""), ("note", "Rang twice"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("Rang twice", page.Document.QuerySelector("#note")!.GetAttribute("value"));
        Assert.NotNull(page.Document.QuerySelector("details[open] #how"));
        await page.SubmitThe("form[action*='handler=Try']", ("how", "Phone"), ("note", "Rang twice"), ("on.day", "12"), ("on.month", "10"), ("on.year", "2026"));
        Assert.Contains("Asked by telephone on 12 October, by Hamo Tresk: Rang twice", page.Text, StringComparison.Ordinal);

        await kezia.As("hamo.tresk", Voice);
        await page.SubmitThe("form[action*='handler=Away']", ("reason", "Illness"), ("until.day", "20"), ("until.month", "10"), ("until.year", "2026"));
        Assert.Contains("Ill until 20 October", page.Text, StringComparison.Ordinal);

        await kezia.As("hamo.tresk", Voice);
        await page.SubmitThe("form[action*='handler=Unreached']");
        Assert.Contains("Could not be reached", page.Text, StringComparison.Ordinal);

        await kezia.As("hamo.tresk", Voice);
        await page.SubmitThe("form[action*='handler=Done']", ("done", "Spoke through Maud, who confirmed it"));
        Assert.Contains("What was done: Spoke through Maud, who confirmed it (Hamo Tresk)", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bryn Ellerthwaite is not heard yet.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_of_the_same_agency_speaks_for_somebody()
    {
        var imke = kezia.At($"/plans/{{plan}}/reviews/{{review}}/voices/{kezia.Who("Imke")}");
        var page = await kezia.As("hamo.tresk", imke);
        Assert.Equal(["", kezia.Who("Cal")], page.Document.QuerySelectorAll("#colleague option").Select(o => o.GetAttribute("value")!));
        await page.SubmitThe("form[action*='handler=Colleague']", ("colleague", kezia.Who("Cal")));
        Assert.Equal(kezia.Who("Cal"), (await kezia.Api("hamo.tresk").Get($"/reviews/{kezia.Review}/voices/{kezia.Who("Imke")}"))["delegate"].GetProperty("participantId").GetString());
    }

    [Fact]
    public async Task Everybody_who_was_asked_says_in_one_step_that_they_are_away_and_can_take_it_back()
    {
        var page = await kezia.As("bryn.ellerthwaite", "/plans/{plan}/reviews/{review}/away");
        await page.Submit(("until.day", "20"), ("until.month", "10"), ("until.year", "2026"));
        Assert.Contains("Say why you are away.", page.Alert, StringComparison.Ordinal);
        Assert.Equal("20", page.Document.QuerySelector("#until")!.GetAttribute("value"));
        await page.Submit(("reason", "Court"), ("until.day", "20"), ("until.month", "10"), ("until.year", "2026"), ("note", "All week"));
        Assert.Equal("Autumn review", page.Title);
        Assert.Contains("You are away: in court until 20 October.", page.Text, StringComparison.Ordinal);

        // Others see that, and only professionals the note.
        Assert.Contains("In court until 20 October", (await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}")).Text, StringComparison.Ordinal);
        Assert.Contains("All week", (await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("All week", (await kezia.As("kezia.amari-holt", "/plans/{plan}/reviews/{review}")).Html, StringComparison.Ordinal);

        await kezia.As("bryn.ellerthwaite", "/plans/{plan}/reviews/{review}/away");
        await page.Post(new Uri(page.At, "?handler=Back"), Fields(page));
        Assert.DoesNotContain("In court", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_was_asked_may_choose_to_say_nothing_and_change_their_mind()
    {
        var page = await kezia.As("bryn.ellerthwaite", "/plans/{plan}/reviews/{review}/away");
        await page.SubmitThe("form[action*='handler=Nothing']");
        Assert.Contains("You chose not to say anything.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Chose not to say (1)", page.Text, StringComparison.Ordinal);
        await kezia.As("bryn.ellerthwaite", "/plans/{plan}/reviews/{review}/away");
        await page.SubmitThe("form[action*='handler=Something']");
        Assert.Contains("Not heard from yet (1)", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_is_extended_and_a_change_that_came_too_late_shows_both()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}/days");
        var hamo = kezia.Api("hamo.tresk");
        (await hamo.Patch($"/reviews/{kezia.Review}", new { closesOn = "2026-10-19" }, (await hamo.Get($"/reviews/{kezia.Review}")).ETag)).Expect(200);

        var mine = (IReadOnlyList<(string, string)>)[.. Days((23, 9), (22, 10)), ("title", "Autumn review")];
        await page.Submit([.. mine]);
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        var both = page.Document.QuerySelectorAll(".app-changed .app-words").Select(w => w.TextContent).ToList();
        Assert.Contains("to 19 October", both[0], StringComparison.Ordinal);
        Assert.Contains("to 22 October", both[1], StringComparison.Ordinal);
        Assert.Equal("22", page.Document.QuerySelector("#closesOn")!.GetAttribute("value"));

        // With both in sight it is sent again, from the version that is there now.
        await page.Submit([.. mine]);
        Assert.Equal((HttpStatusCode.OK, "Autumn review"), (page.Status, page.Title));
        Assert.Equal("2026-10-22", (await hamo.Get($"/reviews/{kezia.Review}"))["closesOn"].GetString());
    }

    [Fact]
    public async Task Closing_tells_exactly_why_not_yet_and_then_closes()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}/close");
        await page.Submit();
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Bryn Ellerthwaite is not heard yet.", page.Alert, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll(".app-checks__open a").Select(a => a.GetAttribute("href")), h => h!.Contains($"/voices/{kezia.Who("Bryn")}", StringComparison.Ordinal));
        await kezia.Close();
        Assert.Contains("The review is closed already.", (await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}/close")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_left_open_only_for_a_reason()
    {
        await kezia.Api("imke.sandover").Post($"/plans/{kezia.Plan}/contributions", new { reviewId = kezia.Review, outcome = "stay-safe", words = "I am not sure.", outlook = "worried" });
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}");
        Assert.Contains("Views differ on Stay safe, and nothing was decided on it.", page.Text, StringComparison.Ordinal);
        var hamo = kezia.Api("hamo.tresk");
        (await hamo.Put($"/reviews/{kezia.Review}/voices/{kezia.Who("Bryn")}", new { addressed = new { how = "Spoke through Maud" } })).Expect(200);
        var request = (await hamo.Get($"/plans/{kezia.Plan}/reading?view=child"))["requests"][0].GetProperty("id").GetString();
        (await kezia.Api("imke.sandover").Post($"/questions/{request}/answers", new { words = "You stay." })).Expect(201);

        page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}/close");
        await page.Submit();
        Assert.Contains("Decide, or say why that is left open, then close.", page.Alert, StringComparison.Ordinal);
        await page.Submit(("leftOpen", "We look again when the pick-up has run a month"));
        Assert.Equal((HttpStatusCode.OK, "Autumn review"), (page.Status, page.Title));
        Assert.Contains("Why that was left open: We look again when the pick-up has run a month", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_is_signed_off_with_its_dissent_in_sight_and_then_only_added_to()
    {
        await kezia.Close();
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}/sign-off");
        Assert.Contains("Imke Sandover, designated teacher sees this differently: Two grades under target.", page.Text, StringComparison.Ordinal);
        await page.Submit();
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("A view arrived after this decision.", page.Alert, StringComparison.Ordinal);

        foreach (var decision in (await kezia.Api("imke.sandover").Get($"/reviews/{kezia.Review}/decisions")).Items.Select(d => d.GetProperty("id").GetString()))
            (await kezia.Api("imke.sandover").Post($"/decisions/{decision}/rechecks", new { finding = "Moved", changed = true })).Expect(201);
        page = await kezia.As("hamo.tresk", "/plans/{plan}/reviews/{review}/sign-off");
        await page.Submit();
        Assert.Contains("Signed off on 14 October by Hamo Tresk.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Not everyone agreed: Imke Sandover, designated teacher sees this differently", page.Text, StringComparison.Ordinal);

        var mother = await kezia.As("delphine.holt", "/plans/{plan}/reviews/{review}/addendum");
        await mother.Submit(("words", ""));
        Assert.Contains("Write what there is to add.", mother.Alert, StringComparison.Ordinal);
        await mother.Submit(("words", "She slept through on Sunday."));
        var added = mother.Document.QuerySelectorAll("section[aria-labelledby=after] .app-entry").Single().TextContent;
        Assert.Contains("She slept through on Sunday.", added, StringComparison.Ordinal);
        Assert.Contains("Delphine Holt, parent, 14 October", added, StringComparison.Ordinal);

        // What can no longer be done says so.
        foreach (var (address, sentence) in new[]
        {
            ("/plans/{plan}/reviews/{review}/days", "Its days can no longer be changed"), ("/plans/{plan}/reviews/{review}/close", "closed already"),
            ("/plans/{plan}/reviews/{review}/sign-off", "signed off already"), ("/plans/{plan}/reviews/{review}/voices/{bryn}", "Nothing more can be recorded"),
            ("/plans/{plan}/reviews/{review}/decisions/new", "can be added to its record"), ("/plans/{plan}/decisions/{decision}/reword", "can be added to its record"),
            ("/plans/{plan}/decisions/{decision}/recheck", "can be added to its record"),
        })
        {
            page = await kezia.As("hamo.tresk", address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
            Assert.Null(page.Document.QuerySelector("main form"));
        }
    }

    [Fact]
    public async Task What_is_carried_forward_is_asked_again_and_a_dissent_of_its_author_alone()
    {
        await kezia.CloseAndSignOff();
        var next = (await kezia.Api("hamo.tresk").Post($"/plans/{kezia.Plan}/reviews",
            new { title = "Next review", opensOn = "2026-10-14", closesOn = "2026-11-06", invite = "everyone" })).Expect(201).Id;
        var address = $"/plans/{{plan}}/reviews/{next}";

        var page = await kezia.As("hamo.tresk", address);
        Assert.Contains("Still true? That is for Imke Sandover to say.", page.Text, StringComparison.Ordinal);
        var target = page.Document.QuerySelectorAll("article[id^=carried-]").First(a => a.TextContent.Contains("Target", StringComparison.Ordinal)).Id;
        await page.SubmitThe($"#{target} form", ("stillTrue", "true"), ("note", "Two homeworks of three"));
        Assert.Contains("Still true, says Hamo Tresk, 14 October: Two homeworks of three", page.Text, StringComparison.Ordinal);

        var imke = await kezia.As("imke.sandover", address);
        var dissent = imke.Document.QuerySelectorAll("article[id^=carried-]").Single(a => a.TextContent.Contains("Seen differently by Imke Sandover", StringComparison.Ordinal)).Id;
        await imke.SubmitThe($"#{dissent} form", ("stillTrue", "false"), ("note", ""));
        Assert.Contains("Not true any more, says Imke Sandover, 14 October", imke.Text, StringComparison.Ordinal);
    }

    /// <summary>Where the plan is it is already the next day, and somebody who was asked there yesterday can be asked again.</summary>
    [Fact]
    public async Task Which_day_it_is_is_told_by_the_clock_that_the_plan_goes_by()
    {
        var far = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Authorities:thornmere:TimeZone", (string?)"Pacific/Kiritimati")]).Build();
        await using var there = new KeziasPages { Host = new PlanningHost { Replace = services => services.AddSingleton(new Clocks(far)) } };
        await there.InitializeAsync();
        Assert.Contains("printed for Hamo Tresk on 15 October 2026", (await there.As("hamo.tresk", "/plans/{plan}/print")).Text, StringComparison.Ordinal);
        var lettice = $"/reviews/{there.Review}/voices/{there.Who("Lettice")}";
        (await there.Api("hamo.tresk").Post($"/reviews/{there.Review}/voices", new { participantId = there.Who("Lettice") })).Expect(201);
        await there.Host.Write(d => d.Accounts.Add(new Account(d.Persons.Single(p => p.Name == "Lettice Umber").Id)));

        var asked = (await there.Api("hamo.tresk").Post($"{lettice}/nudge")).Expect(200);
        Assert.Equal("2026-10-16", asked["nextNudge"].GetString());
        var today = await there.As("hamo.tresk", $"/plans/{{plan}}{lettice}");
        Assert.Contains("You can ask again on Friday 16 October.", today.Text, StringComparison.Ordinal);
        Assert.Null(today.Document.QuerySelector("form[action*='handler=Nudge']"));
        (await there.Api("hamo.tresk").Post($"{lettice}/nudge")).ExpectProblem(409, "voice.nudged-today");

        there.Host.Clock.Now += TimeSpan.FromHours(24);
        using var next = await there.Host.VisitAs("hamo.tresk");
        await next.Get(there.At($"/plans/{{plan}}{lettice}"));
        await next.SubmitThe("form[action*='handler=Nudge']");
        Assert.Contains("They are asked again, by mail.", next.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(Visitor page) =>
        page.Document.QuerySelectorAll("main form:first-of-type input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));

    private static (string, string)[] Days((int Day, int Month) opens, (int Day, int Month) closes) =>
    [
        ("opensOn.day", $"{opens.Day}"), ("opensOn.month", $"{opens.Month}"), ("opensOn.year", "2026"),
        ("closesOn.day", $"{closes.Day}"), ("closesOn.month", $"{closes.Month}"), ("closesOn.year", "2026"),
    ];
}
