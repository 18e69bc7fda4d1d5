using System.Diagnostics;
using System.Text.RegularExpressions;
using CasePlanning.Application.Mail;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>People who come in by a link and a code, and come back by another link.</summary>
public sealed partial class InvitationTests : IAsyncLifetime
{
    private readonly PlanningHost host = new();
    private readonly SignInStory story;
    private ApiCaller sarn = null!;
    private string plan = "";

    public InvitationTests() => story = new(host);

    public async ValueTask InitializeAsync()
    {
        await story.RegisterApp();
        sarn = host.SignInAs("gwilym.sarn");
        plan = (await sarn.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Jomi (g).</summary>
    [Fact]
    public async Task Lisle_works_from_an_invitation_link_and_sees_only_his_part_and_the_shared_plan()
    {
        using var ngaire = host.SignInAs("ngaire.holloway-bose");
        using var kezias = host.SignInAs("hamo.tresk");
        var review = (await sarn.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString();
        await Say(ngaire, "Between psychologists.", "professionals");
        await Say(ngaire, "For the whole team.", "everyone");
        var (link, code) = await Invite("Kwabena Lisle");

        using var lisle = host.Visit();
        await (await lisle.Get(link)).Submit(("Code", code));
        Assert.True(lisle.HasCookie(SignInCookies.SignedIn));

        await lisle.Get(SignInStory.Authorize);
        using var app = story.CallerWith(await story.Redeem(lisle.Query("code")));
        Assert.Equal([plan], (await app.Get("/plans")).Expect(200).Items.Select(p => p.GetProperty("id").GetString()));
        var reading = (await app.Get($"/plans/{plan}/reading?review={review}")).Expect(200).Text;
        Assert.Contains("For the whole team.", reading, StringComparison.Ordinal);
        Assert.DoesNotContain("Between psychologists.", reading, StringComparison.Ordinal);
        (await app.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "stay-safe", words = "He laughs again on Thursdays." })).Expect(201);
        (await app.Post($"/plans/{plan}/reviews", new { title = "Mine", opensOn = "2026-12-07", closesOn = "2026-12-18", invite = "everyone" })).Expect(403);
        var other = (await kezias.Get("/plans")).Items.First(p => p.GetProperty("childName").GetString() == "Kezia").GetProperty("id").GetString();
        (await app.Get($"/plans/{other}")).Expect(404);
        Assert.Contains("Came in by an invitation", (await sarn.Get($"/plans/{plan}/access-log")).Text, StringComparison.Ordinal);

        async Task Say(ApiCaller who, string words, string audience) => (await who.Post($"/plans/{plan}/contributions",
            new { reviewId = review, outcome = "stay-safe", words, audience = new { kind = audience } })).Expect(201);
    }

    /// <summary>The link, the code, the words: nothing has to be found or read on the way.</summary>
    [Fact]
    public async Task From_the_link_to_a_view_in_the_plan_are_two_presses()
    {
        var review = (await sarn.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString();
        var ida = (await sarn.Post($"/plans/{plan}/participants",
            new { person = new { name = "Ida Penrose", email = "ida.penrose@demo.example" }, role = "socialWorker" })).Expect(201).Id;
        (await sarn.Post($"/reviews/{review}/voices", new { participantId = ida })).Expect(201);
        var (link, code) = await Invite("Ida Penrose");
        using var visitor = host.Visit();
        await (await visitor.Get(link)).Submit(("Code", code));
        Assert.EndsWith("/contribute", visitor.At.AbsolutePath, StringComparison.Ordinal);
        await visitor.Submit(("words", "He sleeps better since he walks."));
        Assert.Contains("Your view is in the plan.", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("He sleeps better since he walks.", (await sarn.Get($"/plans/{plan}/reading")).Text, StringComparison.Ordinal);
        Assert.Equal(2, visitor.Submitted);
    }

    [Fact]
    public async Task The_link_alone_tells_nothing_and_is_the_same_page_for_any_token()
    {
        var (link, code) = await Invite("Femi Thorley");
        var answers = new HashSet<string>();
        foreach (var address in new[] { link, "/invitation/nothing-like-a-token", $"/invitation/{Invitation.NewToken()}" })
        {
            using var visitor = host.Visit();
            await visitor.Get(address);
            answers.Add($"{visitor.Status} {FormToken().Replace(visitor.Html, "")}");
            using var raw = host.CreateClient();
            using var answer = await raw.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.DoesNotContain(address.Split('/')[^1], await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Single(answers);
        using var later = host.Visit();
        await (await later.Get(link)).Submit(("Code", code));
        Assert.True(later.HasCookie(SignInCookies.SignedIn));
    }

    [Fact]
    public async Task Whatever_is_wrong_is_answered_alike_and_not_sooner()
    {
        var unknown = (Link: $"/invitation/{Invitation.NewToken()}", Code: "204816");
        var wrong = (await Invite("Femi Thorley")) with { Code = "not six digits" };
        var used = await Invite("Kwabena Lisle");
        using (var first = host.Visit())
            await (await first.Get(used.Link)).Submit(("Code", used.Code));
        var revoked = await Invite("Abeni Adesina");
        (await sarn.Delete(await NewestOf("Abeni Adesina"))).Expect(204);
        var blocked = await Invite("Tobias Quill");
        for (var i = 0; i < Invitation.MostWrongCodes; i++)
            await Try(blocked with { Code = Other(blocked.Code) });
        var ended = await Invite("Xanthe Moorcroft");
        await End("Xanthe Moorcroft");
        var disabled = await Invite("Jomi");
        await story.HasPassword("jomi.adesina-thorley");
        await story.Change("jomi.adesina-thorley", a => a.Disable(host.Clock.Now));
        var expired = await Invite("Dr Ngaire Holloway-Bose");

        var answers = new HashSet<string>();
        foreach (var (what, at) in new[] { unknown, wrong, used, revoked, blocked, ended, disabled }.Select(i => (i, host.Clock.Now)).Append((expired, host.Clock.Now.AddDays(7))))
        {
            host.Clock.Now = at;
            var began = Stopwatch.GetTimestamp();
            var (answer, _) = await Try(what);
            Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(400), "An answer came sooner than others.");
            answers.Add(answer);
        }

        Assert.Contains("This did not work.", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_codes_block_it_however_many_come_at_once()
    {
        var (link, code) = await Invite("Femi Thorley");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Try((link, Other(code)))));

        Assert.NotNull((await Try((link, code))).Alert);
        var seen = (await sarn.Get(await NewestOf("Femi Thorley"))).Expect(200);
        Assert.Equal("blocked", seen["state"].GetString());
        Assert.False(seen.Json.TryGetProperty("code", out _));
        Assert.Equal(Invitation.MostWrongCodes, await story.With(d => d.Invitations.Where(i => i.WrongCodes > 0).Select(i => i.WrongCodes).SingleAsync()));
        (await sarn.Post($"{await NewestOf("Femi Thorley")}/send-again")).ExpectProblem(409, "invitation.not-open");
    }

    [Fact]
    public async Task Of_many_who_use_it_at_once_one_comes_in()
    {
        var what = await Invite("Femi Thorley");
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Try(what)));
        Assert.Single(tries, t => t.Alert is null);
        Assert.Equal("accepted", (await sarn.Get(await NewestOf("Femi Thorley")))["state"].GetString());
    }

    [Fact]
    public async Task Sent_again_the_link_is_new_and_the_code_the_same()
    {
        var first = await Invite("Femi Thorley");
        host.Clock.Now = host.Clock.Now.AddDays(8);
        var address = await NewestOf("Femi Thorley");
        Assert.Equal("expired", (await sarn.Get(address))["state"].GetString());

        var again = (await sarn.Post($"{address}/send-again")).Expect(200);
        Assert.Equal(("open", first.Code), (again["state"].GetString(), again["code"].GetString()));
        var second = LinkIn(await host.MailTo("femi.thorley"));
        Assert.NotEqual(first.Link, second);
        Assert.NotNull((await Try(first)).Alert);
        Assert.Null((await Try((second, first.Code))).Alert);
    }

    [Fact]
    public async Task A_second_invitation_takes_the_first_back()
    {
        var first = await Invite("Femi Thorley");
        var second = await Invite("Femi Thorley");
        Assert.NotNull((await Try(first)).Alert);
        Assert.Null((await Try(second)).Alert);
        Assert.Equal(["accepted", "revoked"], (await sarn.Get($"{await Of("Femi Thorley")}/invitations")).Items.Select(i => i.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_code_is_read_by_whoever_sent_it_and_nobody_else()
    {
        using var worker = host.SignInAs("ida.penrose");
        (await sarn.Post($"/plans/{plan}/participants", new { person = new { name = "Ida Penrose", email = "ida.penrose@demo.example" }, role = "socialWorker" })).Expect(201);
        var (_, code) = await Invite("Femi Thorley");
        var address = await NewestOf("Femi Thorley");

        var other = (await worker.Get(address)).Expect(200);
        Assert.Equal("open", other["state"].GetString());
        Assert.False(other.Json.TryGetProperty("code", out _));
        Assert.Equal(code, (await sarn.Get(address))["code"].GetString());
        using var femi = host.SignInAs("femi.thorley");
        (await femi.Get(address)).Expect(403);
        Assert.DoesNotContain(code, (await host.MailTo("femi.thorley"))!.Body, StringComparison.Ordinal);
        var stored = await story.With(d => d.Invitations.AsNoTracking().ToListAsync());
        Assert.DoesNotContain(stored, i => i.SealedCode.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_can_be_added_and_invited_in_one()
    {
        var added = (await sarn.Post($"/plans/{plan}/participants",
            new { person = new { name = "Ida Penrose", email = "ida@anywhere.example" }, role = "advocate", invite = true })).Expect(201);
        var invitation = (await sarn.Get($"/plans/{plan}/participants/{added.Id}/invitations")).Items.Single();
        Assert.Equal("waiting", invitation.GetProperty("mail").GetString());
        Assert.Equal(6, invitation.GetProperty("code").GetString()!.Length);
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_invited_and_nothing_is_written()
    {
        await using var mute = new PlanningHost { Settings = new Dictionary<string, string> { ["Mail:Host"] = "" } };
        using var lead = mute.SignInAs("gwilym.sarn");
        var there = (await lead.Get("/plans")).Items.Single().GetProperty("id").GetString();
        (await lead.Post($"/plans/{there}/participants", new { person = new { name = "Ida Penrose", email = "ida@anywhere.example" }, role = "advocate", invite = true }))
            .ExpectProblem(409, "invitation.no-mail");
        Assert.DoesNotContain("Ida Penrose", (await lead.Get($"/plans/{there}/participants?limit=200")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_goes_to_an_address_that_is_marked_as_unsafe()
    {
        var pending = await Invite("Femi Thorley");
        var address = $"{await Of("Femi Thorley")}/address";
        Assert.False((await sarn.Get(address)).Expect(200)["unsafe"].GetBoolean());
        Assert.True((await sarn.Put(address, new { @unsafe = true })).Expect(200)["unsafe"].GetBoolean());

        Assert.NotNull((await Try(pending)).Alert);
        (await sarn.Post($"{await Of("Femi Thorley")}/invitations")).ExpectProblem(409, "invitation.no-address");

        // In another plan too, where nobody can take the mark away.
        using var tresk = host.SignInAs("hamo.tresk");
        var other = (await tresk.Get("/plans")).Items.First().GetProperty("id").GetString();
        var there = (await tresk.Post($"/plans/{other}/participants", new { person = new { name = "Femi Thorley", email = "femi.thorley@demo.example" }, role = "parent" })).Expect(201).Id;
        (await tresk.Post($"/plans/{other}/participants/{there}/invitations")).ExpectProblem(409, "invitation.no-address");
        Assert.True((await tresk.Put($"/plans/{other}/participants/{there}/address", new { @unsafe = false })).Expect(200)["unsafe"].GetBoolean());

        using var gran = host.SignInAs("abeni.adesina");
        (await gran.Get(address)).Expect(403);
        (await sarn.Put(address, new { @unsafe = false })).Expect(200);
        Assert.Null((await Try(await Invite("Femi Thorley"))).Alert);
    }

    [Fact]
    public async Task Nobody_is_flooded()
    {
        for (var i = 0; i < InvitationLetters.MostInADay; i++)
            await Invite("Femi Thorley");
        (await sarn.Post($"{await Of("Femi Thorley")}/invitations")).ExpectProblem(429, "request.too-many");
        host.Clock.Now = host.Clock.Now.AddDays(1);
        await Invite("Femi Thorley");
    }

    [Fact]
    public async Task A_professional_comes_in_for_the_session_and_opens_nothing_that_asks_for_a_fresh_second_factor()
    {
        using var quill = host.Visit();
        var (link, code) = await Invite("Tobias Quill");
        await (await quill.Get(link)).Submit(("Code", $" {code[..3]} {code[3..]} "));
        Assert.True(quill.HasCookie(SignInCookies.SignedIn));
        var token = await TokenOf(quill);
        Assert.Equal(Sessions.OneFactor, new JsonWebToken(token.GetProperty("access_token").GetString()).GetClaim("acr").Value);
        using (var caller = story.CallerWith(token))
        {
            (await caller.Get($"/plans/{plan}")).Expect(200);
            (await caller.Post($"/plans/{Guid.NewGuid()}/emergency-access", new { purpose = "treatment", justification = "She is in the emergency department." }))
                .ExpectProblem(401, "access.step-up-needed");
        }

        // From then on a second factor and a password are theirs to set up, and the link no longer does without them.
        await quill.Get("/sign-in/second-factor/set-up");
        await quill.Submit(("Code", story.CodeFor(quill)));
        Assert.Equal("Keep these recovery codes", quill.Title);
        await (await quill.Get("/sign-in/password")).Submit(("Password", SignInStory.Password));
        Assert.True(quill.HasCookie(SignInCookies.SignedIn));
        using var again = host.Visit();
        await (await again.Get((await Invite("Tobias Quill")) is var second ? second.Link : "")).Submit(("Code", second.Code));
        Assert.Equal("Enter the code from your app", again.Title);
        Assert.False(again.HasCookie(SignInCookies.SignedIn));
    }

    [Fact]
    public async Task Whoever_came_in_comes_back_by_a_new_link_and_the_same_code()
    {
        var (link, code) = await Invite("Femi Thorley");
        await Try((link, code));
        host.Clock.Now = host.Clock.Now.AddDays(30);

        await AskForLink(" Femi.Thorley@demo.example ");
        var back = LinkIn(await host.MailTo("femi.thorley"));
        using var femi = host.Visit();
        await (await femi.Get(back)).Submit(("Code", code));
        Assert.True(femi.HasCookie(SignInCookies.SignedIn));
        Assert.NotNull((await Try((back, code))).Alert);

        await AskForLink("femi.thorley@demo.example");
        var late = LinkIn(await host.MailTo("femi.thorley"));
        host.Clock.Now = host.Clock.Now.AddHours(1);
        Assert.NotNull((await Try((late, code))).Alert);
    }

    [Fact]
    public async Task Nobody_learns_from_asking_for_a_link_whom_we_know_and_nobody_is_flooded_by_it()
    {
        await Try(await Invite("Femi Thorley"));
        await Try(await Invite("Kwabena Lisle"));
        (await sarn.Put($"{await Of("Kwabena Lisle")}/address", new { @unsafe = true })).Expect(200);
        var answers = new HashSet<string>();
        foreach (var email in new[] { "femi.thorley@demo.example", "abeni.adesina@demo.example", "kwabena.lisle@demo.example", "nobody@demo.example", "x", "" })
            answers.Add(await AskForLink(email));
        Assert.Single(answers);
        Assert.Equal([await story.PersonOf("femi.thorley")], await LinksSent());

        for (var i = 0; i < 5; i++)
            await AskForLink("femi.thorley@demo.example");
        Assert.Equal(InvitedPeople.MostLinksInAnHour, (await LinksSent()).Count);
    }

    [Fact]
    public async Task Whoever_guesses_at_a_kept_code_ends_it()
    {
        var (link, code) = await Invite("Femi Thorley");
        await Try((link, code));
        await AskForLink("femi.thorley@demo.example");
        var back = LinkIn(await host.MailTo("femi.thorley"));
        for (var i = 0; i < Invitation.MostWrongCodes; i++)
            await Try((back, Other(code)));

        await AskForLink("femi.thorley@demo.example");
        Assert.Single(await LinksSent());
    }

    [Fact]
    public async Task No_token_code_or_address_is_logged()
    {
        using var logs = new RecordedLogs();
        await using var talkative = new PlanningHost
        {
            Settings = new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Information", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information" },
            Replace = services => services.AddSingleton<ILoggerProvider>(logs),
        };
        using var lead = talkative.SignInAs("gwilym.sarn");
        var there = (await lead.Get("/plans")).Items.Single().GetProperty("id").GetString();
        var femi = (await lead.Get($"/plans/{there}/participants?limit=200")).Items.Single(p => p.GetProperty("name").GetString() == "Femi Thorley").GetProperty("id").GetString();
        var code = (await lead.Post($"/plans/{there}/participants/{femi}/invitations")).Expect(201)["code"].GetString()!;
        var link = LinkIn(await talkative.MailTo("femi.thorley"));
        using var visitor = talkative.Visit();
        await (await visitor.Get(link)).Submit(("Code", "000000"));
        await visitor.Submit(("Code", code));
        Assert.True(visitor.HasCookie(SignInCookies.SignedIn));

        Assert.Contains("Microsoft.AspNetCore", logs.All, StringComparison.Ordinal);
        foreach (var secret in new[] { link.Split('/')[^1], code, "femi.thorley" })
            Assert.DoesNotContain(secret, logs.All, StringComparison.Ordinal);
    }

    private async Task<System.Text.Json.JsonElement> TokenOf(Visitor visitor)
    {
        await visitor.Get(SignInStory.Authorize);
        return await story.Redeem(visitor.Query("code"));
    }

    private async Task<(string Link, string Code)> Invite(string name)
    {
        host.Clock.Now += TimeSpan.FromSeconds(1);
        var invitation = (await sarn.Post($"{await Of(name)}/invitations")).Expect(201);
        var person = await story.With(d => d.Persons.Where(p => p.Name == name || (name == "Jomi" && p.Name.StartsWith("Jomi"))).Select(p => p.Email!).SingleAsync());
        return (LinkIn(await host.MailTo(person.Split('@')[0])), invitation["code"].GetString()!);
    }

    /// <summary>The page that a try ends at, without what differs each time.</summary>
    private async Task<(string Html, string? Alert)> Try((string Link, string Code) what)
    {
        using var visitor = host.Visit();
        await (await visitor.Get(what.Link)).Submit(("Code", what.Code));
        return ($"{visitor.Status} {FormToken().Replace(visitor.Html, "")}", visitor.Alert);
    }

    private async Task<string> AskForLink(string email)
    {
        host.Clock.Now += TimeSpan.FromSeconds(1);
        using var visitor = host.Visit();
        await (await visitor.Get("/sign-in/new-link")).Submit(("Email", email));
        return $"{visitor.Status} {FormToken().Replace(visitor.Html, "")}";
    }

    private Task<List<Guid>> LinksSent() =>
        story.With(d => d.OutgoingMails.Where(m => m.Kind == MailKind.NewLink).Select(m => m.ToPersonId).ToListAsync());

    private async Task<string> Of(string name)
    {
        var team = await sarn.Get($"/plans/{plan}/participants?limit=200");
        return $"/plans/{plan}/participants/{team.Items.Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString()}";
    }

    private async Task<string> NewestOf(string name)
    {
        var invitations = $"{await Of(name)}/invitations";
        return $"{invitations}/{(await sarn.Get(invitations)).Items.First().GetProperty("id").GetString()}";
    }

    private async Task End(string name)
    {
        var address = await Of(name);
        var cover = (await sarn.Get($"/plans/{plan}/participants/{address.Split('/')[^1]}")).ETag;
        var lead = (await Of("Gwilym Sarn")).Split('/')[^1];
        (await sarn.Patch(address, new { until = host.Clock.Now, cover = lead }, cover)).Expect(200);
    }

    private static string Other(string code) => code == "000000" ? "000001" : "000000";

    private static string LinkIn(MailText? mail) => new Uri(Link().Match(mail!.Body).Value).AbsolutePath;

    [GeneratedRegex(@"http\S+/invitation/\S+")]
    private static partial Regex Link();

    [GeneratedRegex("""<input name="__RequestVerificationToken"[^>]*>""")]
    private static partial Regex FormToken();
}
