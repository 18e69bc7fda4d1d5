using System.Globalization;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>What somebody types is kept from the first letter, however the network, the clock or other people behave.</summary>
public sealed class DraftTests(PlanningHost host) : IClassFixture<PlanningHost>, IAsyncLifetime
{
    private const string New = "*";
    private const string Safe = "stay-safe";

    private readonly Dictionary<string, ApiCaller> people = [];
    private readonly string id = Guid.NewGuid().ToString();
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        At(9, 1);
        await OpenPlan();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_typed_is_kept_and_goes_on_from_any_device()
    {
        var first = (await Keep("Two reports of", New)).Expect(201);
        Assert.EndsWith($"/drafts/{id}", first.Headers.Location!.ToString(), StringComparison.Ordinal);
        var next = (await Keep("Two reports of bullying on the 14 bus", first.ETag)).Expect(200);

        var read = (await As("dominic.ferraby").Get($"/drafts/{id}")).Expect(200);
        Assert.Equal("Two reports of bullying on the 14 bus", read["words"].GetString());
        Assert.Equal("open", read["state"].GetString());
        Assert.Equal(next.ETag, read.ETag);
        // Under the id that it will be known by once it is signed, as well as under the one that the device made up.
        Assert.NotEqual(id, read.Id);
        Assert.Equal(read.Text, (await As("dominic.ferraby").Get($"/drafts/{read.Id}")).Expect(200).Text);
        Assert.Equal(read.Id, (await OwnDrafts()).Single());

        (await As("dominic.ferraby").Delete($"/drafts/{id}")).Expect(204);
        (await As("dominic.ferraby").Get($"/drafts/{id}")).Expect(404);
    }

    [Fact]
    public async Task To_send_again_what_has_arrived_is_no_conflict()
    {
        var first = (await Keep("One", New)).Expect(201);
        Assert.Equal(first.ETag, (await Keep("One", New)).Expect(201).ETag);
        var second = (await Keep("One two", first.ETag)).Expect(200);
        Assert.Equal(second.ETag, (await Keep("One two", first.ETag)).Expect(200).ETag);
    }

    [Fact]
    public async Task The_second_device_gets_what_the_first_wrote_and_overwrites_nothing()
    {
        var first = (await Keep("On the phone", New)).Expect(201);
        var laptop = (await Keep("On the laptop", first.ETag)).Expect(200);

        var conflict = (await Keep("On the phone, and more", first.ETag)).ExpectProblem(412, "version.stale");
        Assert.Equal("On the laptop", conflict["draft"].GetProperty("words").GetString());
        Assert.Equal(laptop.ETag, conflict.ETag);
        Assert.Equal("On the laptop", (await Keep("Another beginning", New)).ExpectProblem(412, "version.stale")["draft"].GetProperty("words").GetString());
        Assert.Equal("On the laptop", (await As("dominic.ferraby").Get($"/drafts/{id}"))["words"].GetString());

        (await Keep("On the laptop\n\nOn the phone, and more", conflict["currentETag"].GetString()!)).Expect(200);
    }

    [Fact]
    public async Task Thrown_away_on_one_device_it_can_be_begun_again_on_the_other()
    {
        var first = (await Keep("Not this", New)).Expect(201);
        (await As("dominic.ferraby").Delete($"/drafts/{id}")).Expect(204);
        (await Keep("Not this, but that", first.ETag)).Expect(404);
        (await Keep("Not this, but that", New)).Expect(201);
    }

    [Theory]
    [InlineData(null, null, 428, "version.missing")]
    [InlineData("\"1.x\"", "*", 400, "version.malformed")]
    [InlineData(null, "\"1.x\"", 400, "version.malformed")]
    [InlineData("*", null, 400, "version.malformed")]
    public async Task It_says_what_it_goes_on_from(string? ifMatch, string? ifNoneMatch, int status, string code) =>
        (await As("dominic.ferraby").Send(HttpMethod.Put, $"/drafts/{id}", Text("Words"), ifMatch: ifMatch, ifNoneMatch: ifNoneMatch))
            .ExpectProblem(status, code);

    [Fact]
    public async Task It_is_kept_half_written_and_signed_when_it_is_whole()
    {
        var nurse = await ParticipantOf("sunniva.raike");
        var blank = (await Keep(null, New, audience: new { kind = "named" })).Expect(201);
        (await As("dominic.ferraby").Post($"/contributions/{blank.Id}/sign")).ExpectProblem(409, "contribution.nothing-said");
        var forNobody = (await Keep("Something for few", blank.ETag, audience: new { kind = "named" })).Expect(200);
        Assert.Equal("named", forNobody["audience"].GetProperty("kind").GetString());
        (await As("dominic.ferraby").Post($"/contributions/{blank.Id}/sign")).ExpectProblem(409, "contribution.nobody-named");

        await Keep("Something for few", forNobody.ETag, audience: new { kind = "named", participants = new[] { nurse } });
        var signed = (await As("dominic.ferraby").Post($"/contributions/{blank.Id}/sign")).Expect(200);
        Assert.Equal(blank.Id, signed.Id);
        Assert.Equal("Something for few", (await As("sunniva.raike").Get($"/contributions/{blank.Id}")).Expect(200)["words"].GetString());
        Assert.Empty(await OwnDrafts());
    }

    [Fact]
    public async Task Once_it_is_signed_a_device_that_types_on_is_told_so()
    {
        var kept = (await Keep("Said", New)).Expect(201);
        (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).Expect(200);
        (await Keep("Said, and more", kept.ETag)).ExpectProblem(409, "contribution.is-signed");
        (await Keep("Said, and more", New)).ExpectProblem(409, "contribution.is-signed");
    }

    /// <summary>Were ids shared, a guess would tell that somebody else has something there.</summary>
    [Fact]
    public async Task The_same_id_is_something_else_for_everybody()
    {
        var his = (await Keep("His words", New)).Expect(201);
        var hers = (await Keep("Her words", New, who: "delphine.holt")).Expect(201);
        Assert.NotEqual(his.Id, hers.Id);
        Assert.Equal("Her words", (await As("delphine.holt").Get($"/drafts/{id}"))["words"].GetString());
        (await As("delphine.holt").Get($"/drafts/{his.Id}")).Expect(404);
        (await As("delphine.holt").Delete($"/drafts/{his.Id}")).Expect(404);

        // Also where she knows an id: what she keeps under it is her own.
        var known = (await Send("delphine.holt", his.Id, Text("Under his id"), New)).Expect(201);
        Assert.NotEqual(his.Id, known.Id);
        Assert.Equal("His words", (await As("dominic.ferraby").Get($"/drafts/{id}"))["words"].GetString());
    }

    [Fact]
    public async Task Whoever_is_taken_off_the_plan_keeps_their_words_and_can_put_them_nowhere()
    {
        var kept = (await Keep("What I saw", New)).Expect(201);
        var me = await ParticipantOf("dominic.ferraby");
        var etag = (await As("hamo.tresk").Get($"/plans/{plan}/participants/{me}")).ETag;
        (await As("hamo.tresk").Patch($"/plans/{plan}/participants/{me}",
            new { until = host.Clock.Now, cover = await ParticipantOf("sunniva.raike") }, etag)).Expect(200);

        var read = (await As("dominic.ferraby").Get($"/drafts/{id}")).Expect(200);
        Assert.Equal("What I saw", read["words"].GetString());
        Assert.Equal("notInPlan", read["state"].GetString());
        (await Keep("What I saw, and more", kept.ETag)).Expect(404);
        (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).Expect(404);
        (await As("dominic.ferraby").Get($"/contributions/{kept.Id}")).Expect(404);
        (await As("hamo.tresk").Get($"/drafts/{kept.Id}")).Expect(404);
        (await As("dominic.ferraby").Delete($"/drafts/{id}")).Expect(204);
    }

    [Fact]
    public async Task A_window_that_ends_while_somebody_writes_takes_nothing_from_them()
    {
        var kept = (await Keep("Court ran on", New)).Expect(201);
        At(9, 26);
        Assert.Equal("late", (await As("dominic.ferraby").Get($"/drafts/{id}"))["state"].GetString());
        await CloseReview();
        Assert.Equal("late", (await Keep("Court ran on until six", kept.ETag)).Expect(200)["state"].GetString());
        (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).Expect(200);
    }

    [Fact]
    public async Task A_review_that_is_signed_while_somebody_writes_sends_their_words_on_to_the_next()
    {
        var kept = (await Keep("Court ran on", New)).Expect(201);
        await CloseReview();
        (await As("hamo.tresk").Post($"/reviews/{review}/sign-off", ifMatch: (await As("hamo.tresk").Get($"/reviews/{review}")).ETag)).Expect(200);

        var still = (await Keep("Court ran on until six", kept.ETag)).Expect(200);
        Assert.Equal("reviewSigned", still["state"].GetString());
        Assert.False(still.Json.TryGetProperty("nextReviewId", out var none) && none.ValueKind is not System.Text.Json.JsonValueKind.Null);
        (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).ExpectProblem(409, "review.is-signed");

        var next = await OpenReview("2026-10-01", "2026-10-20");
        Assert.Equal(next, (await As("dominic.ferraby").Get($"/drafts/{id}"))["nextReviewId"].GetString());
        review = next;
        Assert.Equal("open", (await Keep("Court ran on until six", still.ETag)).Expect(200)["state"].GetString());
        var signed = (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).Expect(200);
        Assert.Equal(next, signed["reviewId"].GetString());
    }

    [Fact]
    public async Task A_draft_stays_in_its_plan()
    {
        var kept = (await Keep("Here", New)).Expect(201);
        await OpenPlan();
        var moved = await Send("dominic.ferraby", id, new { planId = plan, reviewId = review, outcome = Safe, words = "There" }, kept.ETag);
        Assert.Equal("/planId", moved.ExpectProblem(422, "request.invalid")["errors"][0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task A_device_gets_the_same_key_again_for_the_same_person_alone()
    {
        var his = (await As("dominic.ferraby").Get("/drafts/key")).Expect(200);
        Assert.Equal(32, Convert.FromBase64String(his["key"].GetString()!).Length);
        Assert.Equal(his.Text, (await As("dominic.ferraby").Get("/drafts/key")).Text);
        Assert.NotEqual(his["key"].GetString(), (await As("delphine.holt").Get("/drafts/key"))["key"].GetString());
        Assert.True(his.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task New_words_for_a_view_are_kept_like_any_and_become_its_next_version()
    {
        var view = await Say("dominic.ferraby", "professionals", "Two reports of bullying");
        var kept = (await Send("dominic.ferraby", id, Revision("Three reports of bullying", whatChanged: "The driver rang"), New)).Expect(201);
        (await As("dominic.ferraby").Upload($"/contributions/{kept.Id}/attachments", "image/png", SampleFiles.Png())).Expect(201);
        Assert.Equal(view, (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).Expect(200).Id);
        Assert.Empty(await OwnDrafts());

        var revised = (await As("sunniva.raike").Get($"/contributions/{view}")).Expect(200);
        Assert.Equal("Three reports of bullying", revised["words"].GetString());
        Assert.Equal("The driver rang", revised["whatChanged"].GetString());
        Assert.Equal(2, revised["versions"].GetArrayLength());
        Assert.Equal("professionals", revised["audience"].GetProperty("kind").GetString());
        Assert.Single(revised["attachments"].EnumerateArray());

        var notHis = await Send("delphine.holt", Guid.NewGuid().ToString(), Revision("Mine now", whatChanged: null), New);
        Assert.Equal("/revises", notHis.ExpectProblem(422, "request.invalid")["errors"][0].GetProperty("pointer").GetString());

        object Revision(string words, string? whatChanged) =>
            new { planId = plan, reviewId = review, outcome = Safe, words, audience = new { kind = "professionals" }, revises = view, whatChanged };
    }

    [Fact]
    public async Task What_its_author_is_here_for_is_stated_with_it()
    {
        var kept = (await Send("dominic.ferraby", id, new { planId = plan, reviewId = review, outcome = Safe, words = "Words", focus = "Her being safe" }, New)).Expect(201);
        var me = await ParticipantOf("dominic.ferraby");
        Assert.False((await As("hamo.tresk").Get($"/plans/{plan}/participants/{me}")).Text.Contains("Her being safe", StringComparison.Ordinal));
        (await As("dominic.ferraby").Post($"/contributions/{kept.Id}/sign")).Expect(200);
        Assert.Equal("Her being safe", (await As("hamo.tresk").Get($"/plans/{plan}/participants/{me}"))["focus"].GetString());
    }

    [Fact]
    public async Task Changes_count_what_others_said_and_the_reader_can_see()
    {
        await Say("sunniva.raike", "everyone", "Before");
        At(9, 3);
        var since = host.Clock.Now.ToString("O", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);
        var none = await Changes("delphine.holt");
        Assert.Equal((0, 0), Counts(none));
        (await As("delphine.holt").Get($"/plans/{plan}/changes?since={since}", none.ETag)).Expect(304);

        At(9, 4);
        await Say("sunniva.raike", "professionals", "She must not know");
        await Say("delphine.holt", "everyone", "My own");
        (await As("delphine.holt").Get($"/plans/{plan}/changes?since={since}", none.ETag)).Expect(304);
        Assert.Equal((2, 0), Counts(await Changes("dominic.ferraby")));

        var summed = await Say("sunniva.raike", "professionals", "Sleep, in full", summary: "Sleep");
        Assert.Equal((1, 0), Counts(await Changes("delphine.holt")));
        await As("dominic.ferraby").Post($"/reviews/{review}/decisions", new { outcomes = new[] { Safe }, what = "The early bus", why = "It is quiet" });
        Assert.Equal((1, 1), Counts(await Changes("delphine.holt")));

        // A new version that leaves the summary as it was is none for whoever reads the summary alone.
        At(9, 5);
        since = "2026-09-04T23:00:00Z";
        (await As("sunniva.raike").Post($"/contributions/{summed}/versions", new { words = "Sleep, in other words", summary = "Sleep" })).Expect(201);
        Assert.Equal((0, 0), Counts(await Changes("delphine.holt")));
        Assert.Equal((1, 0), Counts(await Changes("dominic.ferraby")));

        async Task<Answer> Changes(string who) => (await As(who).Get($"/plans/{plan}/changes?since={since}")).Expect(200);

        static (int, int) Counts(Answer changes) => (changes["views"].GetInt32(), changes["decisions"].GetInt32());
    }

    private async Task<IEnumerable<string?>> OwnDrafts() => (await As("dominic.ferraby").Get("/drafts")).Items
        .Where(d => d.GetProperty("planId").GetString() == plan).Select(d => d.GetProperty("id").GetString());

    private ApiCaller As(string name) => people.TryGetValue(name, out var caller) ? caller : people[name] = host.SignInAs(name);

    private void At(int month, int day) => host.Clock.Now = new DateTimeOffset(2026, month, day, 10, 0, 0, TimeSpan.Zero);

    private object Text(string? words, object? audience = null) => new { planId = plan, reviewId = review, outcome = Safe, words, outlook = "mixed", audience };

    /// <param name="from">The version that it goes on from, or that it is new.</param>
    private Task<Answer> Keep(string? words, string from, object? audience = null, string who = "dominic.ferraby") =>
        Send(who, id, Text(words, audience ?? new { kind = "everyone" }), from);

    private Task<Answer> Send(string who, string draft, object text, string from) => As(who).Send(
        HttpMethod.Put, $"/drafts/{draft}", text, ifMatch: from is New ? null : from, ifNoneMatch: from is New ? New : null);

    private async Task<string> Say(string who, string audience, string words, string? summary = null) => (await As(who).Post(
        $"/plans/{plan}/contributions", new { reviewId = review, outcome = Safe, words, audience = new { kind = audience }, summary })).Expect(201).Id;

    private async Task<string> OpenPlan()
    {
        plan = (await As("hamo.tresk").Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14" },
            kind = "pep",
            startedOn = "2026-08-17",
        })).Expect(201).Id;
        await Gather("dominic.ferraby", "socialWorker");
        await Gather("delphine.holt", "parent");
        await Gather("sunniva.raike", "nurse");
        return review = await OpenReview("2026-09-01", "2026-09-25");
    }

    private async Task Gather(string name, string role) => (await As("hamo.tresk").Post($"/plans/{plan}/participants",
        new { person = new { name, email = $"{name}@demo.example" }, role })).Expect(201);

    private async Task<string> OpenReview(string opensOn, string closesOn) => (await As("hamo.tresk").Post($"/plans/{plan}/reviews",
        new { title = "Review", opensOn, closesOn, invite = new[] { await ParticipantOf("sunniva.raike") } })).Expect(201).Id;

    private async Task CloseReview()
    {
        await Say("sunniva.raike", "everyone", "Heard");
        (await As("hamo.tresk").Post($"/reviews/{review}/close", new { }, ifMatch: (await As("hamo.tresk").Get($"/reviews/{review}")).ETag)).Expect(200);
    }

    private async Task<string> ParticipantOf(string name)
    {
        var person = (await As(name).Get("/me"))["name"].GetString();
        return (await As("hamo.tresk").Get($"/plans/{plan}/participants")).Items.Single(p => p.GetProperty("name").GetString() == person).GetProperty("id").GetString()!;
    }
}
