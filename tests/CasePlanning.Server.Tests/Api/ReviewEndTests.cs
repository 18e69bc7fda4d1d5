using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>How a review begins and ends: the days it is suggested, whom it asks besides, and what stands in the way of its close.</summary>
public sealed class ReviewEndTests : IAsyncLifetime
{
    private const string Healthy = "be-healthy";
    private const string Safe = "stay-safe";

    private readonly PlanningHost host = new();
    private readonly Dictionary<string, ApiCaller> people = [];
    private readonly Dictionary<string, string> participants = [];
    private string plan = "";

    private ApiCaller Tresk => As("hamo.tresk");

    public async ValueTask InitializeAsync()
    {
        host.Clock.Now = new DateTimeOffset(2026, 9, 30, 8, 0, 0, TimeSpan.Zero);
        plan = (await Tresk.Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14" },
            kind = "pep",
            startedOn = "2026-09-14",
        })).Expect(201).Id;
        await Gather("kezia.amari-holt", "child");
        await Gather("delphine.holt", "parent");
        await Gather("dominic.ferraby", "socialWorker");
        await Gather("imke.sandover", "designatedTeacher");
        await Gather("ngaire.holloway-bose", "educationalPsychologist");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_first_review_is_suggested_to_end_when_the_first_plan_is_due()
    {
        var suggested = (await Tresk.Get($"/plans/{plan}/reviews/suggestion")).Expect(200);
        Assert.Equal(("2026-09-30", "2026-10-12", "2026-10-19"), Days(suggested));
        Assert.Empty(suggested["unsigned"].EnumerateArray());
    }

    [Fact]
    public async Task The_next_review_is_suggested_after_all_that_are_not_signed()
    {
        var open = await Open("kezia.amari-holt");
        var suggested = (await Tresk.Get($"/plans/{plan}/reviews/suggestion")).Expect(200);
        Assert.Equal(("2026-10-22", "2026-11-12", "2026-11-19"), Days(suggested));
        Assert.Equal([open], suggested["unsigned"].EnumerateArray().Select(r => r.GetProperty("id").GetString()!));
        (await Tresk.Post($"/plans/{plan}/reviews", new { title = "Next", opensOn = "2026-10-22", closesOn = "2026-11-12", invite = "everyone" })).Expect(201);
    }

    [Fact]
    public async Task A_window_of_another_length_is_a_setting()
    {
        await using var other = new PlanningHost { Settings = new Dictionary<string, string> { ["Authorities:thornmere:Clocks:Window:Days"] = "10" } };
        other.Clock.Now = host.Clock.Now;
        using var tresk = other.SignInAs("hamo.tresk");
        var begun = (await tresk.Post("/plans", new { child = new { givenName = "Kezia", familyName = "Holt", dateOfBirth = "2013-03-14" }, kind = "pep", startedOn = "2026-09-29" })).Expect(201).Id;
        Assert.Equal(("2026-09-30", "2026-10-14", "2026-10-21"), Days(await tresk.Get($"/plans/{begun}/reviews/suggestion")));
    }

    [Fact]
    public async Task One_more_participant_is_asked_once_while_the_review_is_not_closed()
    {
        var review = await Open("kezia.amari-holt");
        var asked = (await Tresk.Post($"/reviews/{review}/voices", new { participantId = Id("imke.sandover") })).Expect(201);
        Assert.Equal("notYet", asked["status"].GetString());
        Assert.Contains((await As("imke.sandover").Get("/me/work")).Items, w => w.GetProperty("kind").GetString() == "giveView" && w.GetProperty("reviewId").GetString() == review);

        (await Tresk.Post($"/reviews/{review}/voices", new { participantId = Id("imke.sandover") })).ExpectProblem(409, "voice.already-invited");
        (await Tresk.Post($"/reviews/{review}/voices", new { participantId = plan })).Expect(422);
        (await As("imke.sandover").Post($"/reviews/{review}/voices", new { participantId = Id("dominic.ferraby") })).Expect(403);

        await Say("kezia.amari-holt", review, Healthy, "mixed");
        await Say("imke.sandover", review, Healthy, "mixed");
        await Close(review, 200);
        (await Tresk.Post($"/reviews/{review}/voices", new { participantId = Id("dominic.ferraby") })).ExpectProblem(409, "review.is-closed");
    }

    [Fact]
    public async Task Everything_that_closing_is_refused_for_is_told_beforehand_and_is_exactly_that()
    {
        var review = await Open("kezia.amari-holt", "dominic.ferraby", "imke.sandover");
        var view = await Say("kezia.amari-holt", review, Safe, "worried");
        var request = (await As("kezia.amari-holt").Post($"/contributions/{view}/questions", new { words = "May I stay?", to = Id("dominic.ferraby"), kind = "request" })).Expect(201).Id;
        await Say("dominic.ferraby", review, Safe, "goingWell");

        Assert.Equal(["review.voice-not-addressed", "review.child-waits-for-reply", "review.difference-left-open"], await ToClose(review));
        await Close(review, 409, "review.voice-not-addressed");
        (await Tresk.Put($"/reviews/{review}/voices/{Id("imke.sandover")}", new { addressed = new { how = "Rang her on Monday" } })).Expect(200);
        Assert.Equal(["review.child-waits-for-reply", "review.difference-left-open"], await ToClose(review));
        await Close(review, 409, "review.child-waits-for-reply");
        (await As("dominic.ferraby").Post($"/questions/{request}/answers", new { words = "You may.", kind = "weDid" })).Expect(201);
        Assert.Equal(["review.difference-left-open"], await ToClose(review));
        var refused = await Close(review, 409, "review.difference-left-open");
        Assert.Equal(["Views differ on Stay safe, and nothing was decided on it."], refused["errors"].EnumerateArray().Select(e => e.GetProperty("message").GetString()!));

        var decision = (await As("imke.sandover").Post($"/reviews/{review}/decisions", new { outcomes = new[] { Safe }, what = "A lift home", why = "The bus" })).Expect(201).Id;
        Assert.Empty(await ToClose(review));
        host.Clock.Now += TimeSpan.FromHours(1);
        await Say("imke.sandover", review, Safe, "mixed");
        Assert.Equal(["review.not-closed", "decision.needs-recheck"], await ToSignOff(review));
        await Close(review, 200);
        Assert.Equal(["decision.needs-recheck"], await ToSignOff(review));
        (await As("imke.sandover").Post($"/decisions/{decision}/rechecks", new { finding = "No change", changed = false })).Expect(201);
        Assert.Empty(await ToSignOff(review));
        (await Tresk.Post($"/reviews/{review}/sign-off", ifMatch: (await Tresk.Get($"/reviews/{review}")).ETag)).Expect(200);
        Assert.Empty(await ToSignOff(review));
    }

    [Fact]
    public async Task A_difference_is_left_open_for_a_reason_which_only_those_read_who_can_see_that_views_differ()
    {
        var review = await Open("kezia.amari-holt", "dominic.ferraby");
        await Say("kezia.amari-holt", review, Safe, "goingWell");
        await Say("dominic.ferraby", review, Safe, "worried", new { kind = "professionals" });
        await Close(review, 409, "review.difference-left-open");
        await Close(review, 200, leftOpen: "We wait for the first month");

        Assert.Equal("We wait for the first month", (await As("imke.sandover").Get($"/reviews/{review}"))["leftOpen"].GetString());
        var mothers = (await As("delphine.holt").Get($"/reviews/{review}")).Expect(200);
        Assert.DoesNotContain("first month", mothers.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Safe, mothers.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_somebody_last_spoke_is_told_as_far_as_the_reader_may_know()
    {
        var review = await Open("kezia.amari-holt", "dominic.ferraby");
        await Say("dominic.ferraby", review, Safe, "mixed");
        host.Clock.Now += TimeSpan.FromDays(1);
        await Say("dominic.ferraby", review, Healthy, "mixed", new { kind = "professionals" });

        Assert.Equal("2026-10-01T08:00:00Z", await LastSpoke("imke.sandover"));
        Assert.Equal("2026-09-30T08:00:00Z", await LastSpoke("delphine.holt"));

        async Task<string?> LastSpoke(string reader) =>
            (await As(reader).Get($"/plans/{plan}/participants/{Id("dominic.ferraby")}"))["lastSpokeAt"].GetString();
    }

    private async Task<IEnumerable<string>> ToClose(string review) => Codes(await Tresk.Get($"/reviews/{review}/readiness"), "toClose");

    private async Task<IEnumerable<string>> ToSignOff(string review) => Codes(await Tresk.Get($"/reviews/{review}/readiness"), "toSignOff");

    private static IEnumerable<string> Codes(Answer readiness, string list) =>
        readiness.Expect(200)[list].EnumerateArray().Select(h => h.GetProperty("code").GetString()!);

    private static (string?, string?, string?) Days(Answer suggestion) =>
        (suggestion["opensOn"].GetString(), suggestion["closesOn"].GetString(), suggestion["signOffDue"].GetString());

    private async Task<string> Open(params string[] invited) => (await Tresk.Post($"/plans/{plan}/reviews",
        new { title = "Autumn review", opensOn = "2026-09-30", closesOn = "2026-10-21", invite = invited.Select(Id) })).Expect(201).Id;

    private async Task<string> Say(string who, string review, string outcome, string outlook, object? audience = null) =>
        (await As(who).Post($"/plans/{plan}/contributions", new { reviewId = review, outcome, words = "As I see it.", outlook, audience })).Expect(201).Id;

    private async Task<Answer> Close(string review, int status, string? code = null, string? leftOpen = null)
    {
        var answer = await Tresk.Post($"/reviews/{review}/close", new { leftOpen }, ifMatch: (await Tresk.Get($"/reviews/{review}")).ETag);
        return code is null ? answer.Expect(status) : answer.ExpectProblem(status, code);
    }

    private async Task Gather(string who, string role) => participants[who] = (await Tresk.Post($"/plans/{plan}/participants",
        new { person = new { name = who, email = $"{who}@demo.example" }, role })).Expect(201).Id;

    private string Id(string who) => participants[who];

    private ApiCaller As(string who) => people.TryGetValue(who, out var known) ? known : people[who] = host.SignInAs(who);
}
