using System.Net;
using System.Text;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Tests.Support;
using Xunit;
using Attachment = CasePlanning.Domain.Contributions.Attachment;

namespace CasePlanning.Server.Tests.Api;

/// <summary>Voice notes and drawings: Maud's in Kezia's review, and the one that Jomi drew, here told of one child.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private const string Enjoy = "enjoy-and-achieve";

    private readonly PlanningHost host = new();
    private readonly Dictionary<string, ApiCaller> people = [];
    private readonly Dictionary<string, string> participants = [];
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        host.Clock.Now = new DateTimeOffset(2026, 10, 7, 19, 10, 0, TimeSpan.Zero);
        plan = (await As("hamo.tresk").Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14" },
            kind = "pep",
        })).Expect(201).Id;
        foreach (var (who, role) in new[]
        {
            ("kezia.amari-holt", "child"), ("delphine.holt", "parent"), ("maud.ellerthwaite", "carer"), ("dominic.ferraby", "socialWorker"),
            ("roz.applegarth", "teamManager"), ("imke.sandover", "designatedTeacher"), ("kwabena.lisle", "mentor"),
        })
        {
            participants[who] = (await As("hamo.tresk").Post($"/plans/{plan}/participants", new { person = new { name = who, email = $"{who}@demo.example" }, role })).Expect(201).Id;
        }

        review = (await As("hamo.tresk").Post($"/plans/{plan}/reviews", new { title = "Review 2", opensOn = "2026-09-30", closesOn = "2026-10-21", invite = "everyone" })).Expect(201).Id;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_carer_speaks_by_voice_note_and_its_transcript_is_theirs_to_correct()
    {
        var maud = As("maud.ellerthwaite");
        var draft = await Say("maud.ellerthwaite", "Up at tree a.m.", draft: true);
        var attached = (await maud.Upload($"/contributions/{draft.Id}/attachments", "audio/webm;codecs=opus", SampleFiles.Webm())).Expect(201);
        var note = attached["attachments"][0];
        Assert.Equal("audio/webm", note.GetProperty("mediaType").GetString());
        Assert.Equal($"/api/v1/contributions/{draft.Id}/attachments/{note.GetProperty("id").GetString()}", attached.Headers.Location!.ToString());

        (await maud.Patch($"/contributions/{draft.Id}", new { words = "Up at three a.m." }, attached.ETag)).Expect(200);
        var signed = (await maud.Post($"/contributions/{draft.Id}/sign")).Expect(200);
        Assert.Equal(note.GetRawText(), signed["attachments"][0].GetRawText());
        var corrected = (await maud.Post($"/contributions/{draft.Id}/versions", new { words = "Up at 3 a.m. four nights of seven.", whatChanged = "How often" })).Expect(201);
        Assert.Equal(["Up at three a.m.", "Up at 3 a.m. four nights of seven."], corrected["versions"].EnumerateArray().Select(v => v.GetProperty("words").GetString()));
        Assert.Single(corrected["attachments"].EnumerateArray());

        var heard = await As("imke.sandover").Get($"/plans/{plan}/reading");
        Assert.Contains(note.GetRawText(), heard.Text, StringComparison.Ordinal);
        using var sound = await Download("imke.sandover", attached);
        Assert.Equal(note.GetProperty("size").GetInt32(), (await sound.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_child_draws_through_a_proxy_who_may_change_it_until_the_child_confirms()
    {
        var lisle = As("kwabena.lisle");
        var words = (await lisle.Post($"/plans/{plan}/contributions", new
        {
            reviewId = review,
            outcome = "stay-safe",
            words = "bus. changing room. them.",
            onBehalfOf = Id("kezia.amari-holt"),
            audience = new { kind = "named", participants = new[] { Id("dominic.ferraby") } },
        })).Expect(201);
        var drawing = (await lisle.Upload($"/contributions/{words.Id}/attachments", "image/jpeg", SampleFiles.Jpeg())).Expect(201);
        (await As("dominic.ferraby").Upload($"/contributions/{words.Id}/attachments", "image/png", SampleFiles.Png())).ExpectProblem(409, "contribution.author-only");

        (await As("kezia.amari-holt").Post($"/contributions/{words.Id}/confirm")).Expect(200);
        (await lisle.Upload($"/contributions/{words.Id}/attachments", "image/png", SampleFiles.Png())).ExpectProblem(409, "contribution.author-only");
        (await lisle.Delete(Address(drawing))).ExpectProblem(409, "contribution.author-only");
        (await As("kezia.amari-holt").Upload($"/contributions/{words.Id}/attachments", "image/png", SampleFiles.Png())).Expect(201);

        using var seen = await Download("dominic.ferraby", drawing);
        Assert.DoesNotContain("Larch", Encoding.Latin1.GetString(await seen.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        (await As("imke.sandover").Get(Address(drawing))).ExpectProblem(404, "request.not-found");
    }

    [Fact]
    public async Task An_attachment_is_for_those_who_read_the_words_and_nobody_else_learns_of_it()
    {
        var view = await Say("dominic.ferraby", "Where she lives is not for the school.", audience: "professionals", summary: "She is settled.");
        var mother = As("delphine.holt");
        var before = await mother.Get($"/contributions/{view.Id}");
        var attached = (await As("dominic.ferraby").Upload($"/contributions/{view.Id}/attachments", "image/png", SampleFiles.Png())).Expect(201);

        var after = await mother.Get($"/contributions/{view.Id}");
        Assert.Equal((before.Text, before.ETag), (after.Text, after.ETag));
        Assert.Empty(after["attachments"].EnumerateArray());
        var nothing = await mother.Get($"/contributions/{view.Id}/attachments/{Guid.NewGuid()}");
        foreach (var stranger in new[] { "delphine.holt", "femi.thorley", "gwilym.sarn" })
        {
            var hidden = (await As(stranger).Get(Address(attached))).ExpectProblem(404, "request.not-found");
            Assert.Equal(WithoutRequestId(nothing), WithoutRequestId(hidden));
            Assert.Equal(hidden.Headers.Select(h => h.Key), nothing.Headers.Select(h => h.Key));
        }

        (await mother.Delete(Address(attached))).ExpectProblem(409, "contribution.author-only");
        (await mother.Delete($"/contributions/{view.Id}/attachments/{Guid.NewGuid()}")).ExpectProblem(409, "contribution.author-only");
        (await As("gwilym.sarn").Upload($"/contributions/{view.Id}/attachments", "image/png", SampleFiles.Png())).ExpectProblem(404, "request.not-found");
        (await host.Anonymous().Get(Address(attached))).ExpectProblem(401, "access.not-signed-in");

        // Once the view is withdrawn, its author alone has it still.
        (await As("dominic.ferraby").Post($"/contributions/{view.Id}/withdraw")).Expect(200);
        Assert.Empty((await As("imke.sandover").Get($"/contributions/{view.Id}"))["attachments"].EnumerateArray());
        (await As("imke.sandover").Get(Address(attached))).Expect(404);
        using var kept = await Download("dominic.ferraby", attached);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        (await As("dominic.ferraby").Delete(Address(attached))).ExpectProblem(409, "contribution.is-withdrawn");
    }

    [Fact]
    public async Task A_draft_s_attachment_is_its_author_s_until_shown_to_a_supervisor_and_goes_with_the_draft()
    {
        var draft = await Say("dominic.ferraby", "Not said yet.", draft: true);
        var attached = (await As("dominic.ferraby").Upload($"/contributions/{draft.Id}/attachments", "audio/ogg", SampleFiles.Ogg())).Expect(201);
        (await As("roz.applegarth").Get(Address(attached))).Expect(404);
        (await As("dominic.ferraby").Put($"/contributions/{draft.Id}/shown-to", new { to = Id("roz.applegarth") })).Expect(200);
        using var shown = await Download("roz.applegarth", attached);
        Assert.Equal("audio/ogg", shown.Content.Headers.ContentType!.MediaType);
        (await As("roz.applegarth").Delete(Address(attached))).ExpectProblem(403, "access.not-allowed");
        (await As("imke.sandover").Get(Address(attached))).Expect(404);

        (await As("dominic.ferraby").Delete($"/contributions/{draft.Id}")).Expect(204);
        (await As("dominic.ferraby").Get(Address(attached))).Expect(404);
    }

    [Fact]
    public async Task It_comes_as_a_file_to_save_whose_name_tells_nothing()
    {
        var attached = await Attach("kezia.amari-holt", "image/png", SampleFiles.Png());
        using var file = await Download("kezia.amari-holt", attached);
        Assert.Equal("image/png", file.Content.Headers.ContentType!.ToString());
        var id = attached["attachments"][0].GetProperty("id").GetString()!;
        Assert.Equal($"attachment; filename=\"attachment-{id[..8]}.png\"", file.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("no-store", file.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", file.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("Larch", Encoding.Latin1.GetString(await file.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        (await As("kezia.amari-holt").Get(Address(attached), file.Headers.ETag!.ToString())).Expect(304);
    }

    [Fact]
    public async Task The_same_key_attaches_once_and_another_file_is_another_request()
    {
        var view = await Say("kezia.amari-holt", "I drew it.");
        var (kezia, path, key) = (As("kezia.amari-holt"), $"/contributions/{view.Id}/attachments", Guid.NewGuid().ToString());
        var first = (await kezia.Upload(path, "image/png", SampleFiles.Png(), key)).Expect(201);
        var again = (await kezia.Upload(path, "image/png", SampleFiles.Png(), key)).Expect(201);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal((first.Text, first.Headers.Location), (again.Text, again.Headers.Location));
        (await kezia.Upload(path, "audio/mpeg", SampleFiles.Mp3(), key)).ExpectProblem(422, "idempotency.key-reused");
        (await kezia.Send(HttpMethod.Post, path, null)).Expect(415);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_makes_room()
    {
        var view = await Say("kezia.amari-holt", "Ten drawings.");
        var (kezia, path) = (As("kezia.amari-holt"), $"/contributions/{view.Id}/attachments");
        var one = (await kezia.Upload(path, "image/png", SampleFiles.Png())).Expect(201);
        for (var more = 1; more < Attachment.MostOfOneContribution; more++)
            (await kezia.Upload(path, "image/png", SampleFiles.Png())).Expect(201);
        (await kezia.Upload(path, "image/png", SampleFiles.Png())).ExpectProblem(409, "contribution.too-many-attachments");

        (await kezia.Delete(Address(one))).Expect(204);
        (await kezia.Get(Address(one))).ExpectProblem(404, "request.not-found");
        (await kezia.Delete(Address(one))).ExpectProblem(404, "request.not-found");
        Assert.Equal(9, (await kezia.Get($"/contributions/{view.Id}"))["attachments"].GetArrayLength());
        (await kezia.Upload(path, "image/png", SampleFiles.Png())).Expect(201);
    }

    [Fact]
    public async Task A_signed_review_keeps_what_is_attached()
    {
        var attached = await Attach("kezia.amari-holt", "image/png", SampleFiles.Png());
        var tresk = As("hamo.tresk");
        foreach (var voice in (await tresk.Get($"/reviews/{review}/voices")).Items.Where(v => v.GetProperty("status").GetString() == "notYet"))
            (await tresk.Put($"/reviews/{review}/voices/{voice.GetProperty("participantId").GetString()}", new { addressed = new { how = "Asked twice" } })).Expect(200);
        var closed = (await tresk.Post($"/reviews/{review}/close", new { }, ifMatch: (await tresk.Get($"/reviews/{review}")).ETag)).Expect(200);
        (await tresk.Post($"/reviews/{review}/sign-off", ifMatch: closed.ETag)).Expect(200);

        (await As("kezia.amari-holt").Delete(Address(attached))).ExpectProblem(409, "review.is-signed");
        (await As("kezia.amari-holt").Upload(Address(attached)[..^37], "image/png", SampleFiles.Png())).ExpectProblem(409, "review.is-signed");
        (await As("kezia.amari-holt").Get(Address(attached))).Expect(200);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_they_claim_are_refused()
    {
        var view = await Say("kezia.amari-holt", "I drew it.");
        var (kezia, path) = (As("kezia.amari-holt"), $"/contributions/{view.Id}/attachments");
        foreach (var (mediaType, file) in new (string, byte[])[]
        {
            ("image/jpeg", SampleFiles.Png()), ("image/png", [.. "<svg onload=alert(1)>"u8]), ("audio/ogg", SampleFiles.Ogg()[..60]), ("audio/webm", []),
        })
        {
            var refused = (await kezia.Upload(path, mediaType, file)).ExpectProblem(422, "request.invalid");
            Assert.Equal("not-what-it-says", refused["errors"][0].GetProperty("code").GetString());
        }

        foreach (var mediaType in new[] { "image/svg+xml", "application/json", "text/html", "" })
        {
            var refused = (await kezia.Upload(path, mediaType, SampleFiles.Png())).ExpectProblem(415, "request.unsupported-media-type");
            Assert.Equal("audio/mpeg, audio/ogg, audio/webm, image/jpeg, image/png", refused.Headers.GetValues("Accept-Post").Single());
        }
    }

    [Fact]
    public async Task Ten_MiB_are_taken_and_a_byte_more_is_not()
    {
        var view = await Say("kezia.amari-holt", "A long drawing.");
        var path = $"/contributions/{view.Id}/attachments";
        var head = SampleFiles.Png()[..33];
        var tail = SampleFiles.PngChunk("IEND", []);
        var full = (byte[])[.. head, .. SampleFiles.PngChunk("IDAT", new byte[Attachment.MostBytes - head.Length - tail.Length - 12]), .. tail];
        var attached = (await As("kezia.amari-holt").Upload(path, "image/png", full)).Expect(201);
        using var back = await Download("kezia.amari-holt", attached);
        Assert.Equal(full, await back.Content.ReadAsByteArrayAsync());
        (await As("kezia.amari-holt").Upload(path, "image/png", [.. full, 0])).ExpectProblem(413, "request.too-large");
    }

    private async Task<Answer> Say(string who, string words, bool draft = false, string audience = "everyone", string? summary = null) =>
        (await As(who).Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Enjoy, words, draft, audience = new { kind = audience }, summary })).Expect(201);

    private async Task<Answer> Attach(string who, string mediaType, byte[] file) =>
        (await As(who).Upload($"/contributions/{(await Say(who, "See what I made.")).Id}/attachments", mediaType, file)).Expect(201);

    /// <summary>Where the attachment is that an answer is about, below the root of the API.</summary>
    private static string Address(Answer attached) => attached.Headers.Location!.ToString()["/api/v1".Length..];

    private Task<HttpResponseMessage> Download(string who, Answer attached) => As(who).Http.GetAsync(attached.Headers.Location);

    private static string WithoutRequestId(Answer problem) => problem.Text.Replace(problem["requestId"].GetString()!, "", StringComparison.Ordinal);

    private string Id(string who) => participants[who];

    private ApiCaller As(string who) => people.TryGetValue(who, out var known) ? known : people[who] = host.SignInAs(who);
}
