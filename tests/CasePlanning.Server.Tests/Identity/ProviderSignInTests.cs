using System.Net;
using System.Text.RegularExpressions;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>People who sign in at their agency: known by issuer and subject, and by nothing else.</summary>
public sealed partial class ProviderSignInTests : IAsyncLifetime
{
    private const string Problem = "Signing in through your agency did not work";
    private const string NoAccess = "No access yet";

    private ProviderHost thornmere = null!;
    private ProviderHost wexmoor = null!;
    private PlanningHost host = null!;
    private SignInStory story = null!;

    public async ValueTask InitializeAsync()
    {
        thornmere = await ProviderHost.Start();
        wexmoor = await ProviderHost.Start();
        host = new PlanningHost
        {
            Settings = new Dictionary<string, string>(thornmere.SettingsAs("thornmere", "Thornmere Borough Council").Concat(wexmoor.SettingsAs("wexmoor", "Wexmoor County Council")))
            {
                ["Identity:Providers:thornmere:TwoFactorAmr:0"] = "mfa",
                ["Identity:Providers:thornmere:TwoFactorAcr:0"] = "urn:thornmere:strong",
            },
            // While all other tests keep the cores busy, a provider on the same machine may take longer than one that is waited for.
            Replace = services => services.PostConfigureAll<OpenIdConnectOptions>(provider => provider.Backchannel.Timeout = TimeSpan.FromMinutes(2)),
        };
        story = new SignInStory(host);
        await story.RegisterApp();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await thornmere.DisposeAsync();
        await wexmoor.DisposeAsync();
    }

    [Fact]
    public async Task The_providers_are_offered_by_name_and_asked_for_no_more_than_who_it_is()
    {
        using var visitor = host.Visit();
        await visitor.Get(SignInStory.Authorize);
        var offered = visitor.Document.QuerySelectorAll("#providers a").ToDictionary(a => a.TextContent, a => a.GetAttribute("href")!);
        Assert.Equal(["Thornmere Borough Council", "Wexmoor County Council"], offered.Keys);

        await visitor.Get(offered["Thornmere Borough Council"]);
        var asked = Assert.Single(thornmere.Requests);
        Assert.Equal(("openid", "code", "S256"), (asked["scope"], asked["response_type"], asked["code_challenge_method"]));
        Assert.True(asked["nonce"].Length > 20 && asked["state"].Length > 20 && asked["code_challenge"].Length > 20 && asked.ContainsKey("max_age"));
        Assert.Equal("http://localhost/sign-in/providers/thornmere/callback", asked["redirect_uri"]);
        Assert.False(asked.ContainsKey("prompt"));
    }

    [Fact]
    public async Task Whoever_is_unknown_is_told_what_to_do_and_an_invitation_ties_the_account_to_them()
    {
        (thornmere.Subject, thornmere.Amr) = ("imke-at-thornmere", ["pwd", "mfa"]);
        using var imke = host.Visit();
        await imke.Get("/sign-in/with/thornmere");
        Assert.Equal(NoAccess, imke.Title);
        Assert.Contains("for an invitation", imke.Html, StringComparison.Ordinal);
        Assert.False(imke.HasCookie(SignInCookies.SignedIn));
        Assert.Equal("Sign in", (await imke.Get("/sign-in/done")).Title);

        var (link, code) = await Invite("imke.sandover");
        await imke.Get(link);
        Assert.Contains("Thornmere Borough Council", imke.Html, StringComparison.Ordinal);
        await imke.Submit(("Code", code), ("Tie", "true"));
        Assert.True(imke.HasCookie(SignInCookies.SignedIn));

        using var later = host.Visit();
        await later.Get($"/sign-in/with/thornmere?returnUrl={Uri.EscapeDataString(SignInStory.Authorize)}");
        var token = new JsonWebToken((await story.Redeem(later.Query("code"))).GetProperty("access_token").GetString());
        Assert.Equal((await story.PersonOf("imke.sandover")).ToString(), token.Subject);
        Assert.Equal(Sessions.TwoFactors, token.GetClaim("acr").Value);
        Assert.DoesNotContain(token.Claims, c => c.Value.Contains("administrator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task From_the_invitation_one_goes_to_the_provider_and_comes_back()
    {
        thornmere.Subject = "imke-at-thornmere";
        var (link, code) = await Invite("imke.sandover");
        using var imke = host.Visit();
        await imke.Get(link);
        await imke.Get(imke.Document.QuerySelector("#providers a")!.GetAttribute("href")!);
        Assert.Equal(link, imke.At.AbsolutePath);
        Assert.Single(imke.Document.QuerySelectorAll("input[name=tie]"));
        await imke.Submit(("Code", code), ("Tie", "true"));
        Assert.True(imke.HasCookie(SignInCookies.SignedIn));
        Assert.Equal(await story.PersonOf("imke.sandover"), await story.With(d => d.ProviderSubjects.Where(s => s.Subject == "imke-at-thornmere").Select(s => s.PersonId).SingleAsync()));
    }

    [Fact]
    public async Task An_account_is_tied_only_if_the_person_says_so_and_only_to_one_person()
    {
        thornmere.Subject = "a-shared-computer";
        var (link, code) = await Invite("imke.sandover");
        using (var imke = host.Visit())
        {
            await imke.Get("/sign-in/with/thornmere");
            await (await imke.Get(link)).Submit(("Code", code));
            Assert.True(imke.HasCookie(SignInCookies.SignedIn));
        }

        Assert.Equal(0, await story.With(d => d.ProviderSubjects.CountAsync()));
        await Bind(thornmere, "dominic.ferraby");
        using var known = host.Visit();
        await known.Get("/sign-in/with/thornmere");
        Assert.Equal("Set up a second step", known.Title);
    }

    [Fact]
    public async Task An_account_that_is_somebody_elses_is_not_tied_and_the_invitation_stays()
    {
        thornmere.Subject = "dominic-at-thornmere";
        using var imke = host.Visit();
        await imke.Get("/sign-in/with/thornmere");
        await Bind(thornmere, "dominic.ferraby");
        var (link, code) = await Invite("imke.sandover");
        await (await imke.Get(link)).Submit(("Code", code), ("Tie", "true"));
        Assert.Contains("belongs to another person", imke.Alert, StringComparison.Ordinal);
        await imke.Submit(("Code", code));
        Assert.True(imke.HasCookie(SignInCookies.SignedIn));
    }

    [Fact]
    public async Task An_e_mail_address_makes_nobody_known()
    {
        thornmere.Email = wexmoor.Email = "imke.sandover@demo.example";
        (thornmere.Subject, wexmoor.Subject) = ("imke", "imke");
        (thornmere.Amr, wexmoor.Amr) = (["mfa"], ["mfa"]);
        await Bind(thornmere, "imke.sandover");
        using var there = host.Visit();
        Assert.Equal("You are signed in", (await there.Get("/sign-in/with/thornmere")).Title);
        using var elsewhere = host.Visit();
        Assert.Equal(NoAccess, (await elsewhere.Get("/sign-in/with/wexmoor")).Title);

        // The same address and the same subject at another issuer is another person.
        await Bind(wexmoor, "sunniva.raike");
        Assert.Equal((await story.PersonOf("imke.sandover"), await story.PersonOf("sunniva.raike")), (await WhoIs(there), await WhoIs(await SecondFactorOf(elsewhere, "wexmoor"))));
    }

    [Fact]
    public async Task What_a_provider_says_of_a_second_factor_counts_if_the_settings_say_so()
    {
        foreach (var (name, amr, acr, counts) in new (string, string, string?, bool)[]
        {
            ("thornmere", "mfa", null, true), ("thornmere", "pwd", "urn:thornmere:strong", true), ("thornmere", "pwd", null, false),
            ("thornmere", "otp", "urn:thornmere:weak", false), ("wexmoor", "mfa", "urn:thornmere:strong", false),
        })
        {
            var provider = name is "thornmere" ? thornmere : wexmoor;
            (provider.Subject, provider.Amr, provider.Acr) = (Guid.NewGuid().ToString(), [amr], acr);
            await Bind(provider, "dominic.ferraby");
            using var dominic = host.Visit();
            await dominic.Get($"/sign-in/with/{name}");
            Assert.Equal((counts ? "You are signed in" : "Set up a second step", counts), (dominic.Title, dominic.HasCookie(SignInCookies.SignedIn)));
        }
    }

    [Fact]
    public async Task What_a_provider_must_not_send_signs_nobody_in()
    {
        thornmere.Amr = ["mfa"];
        await Bind(thornmere, "dominic.ferraby");
        foreach (var fault in Enum.GetValues<ProviderFault>())
        {
            thornmere.Fault = fault;
            using var dominic = host.Visit();
            await dominic.Get("/sign-in/with/thornmere");
            var isSound = fault is ProviderFault.None;
            Assert.Equal((fault, isSound ? "You are signed in" : Problem, HttpStatusCode.OK, isSound),
                (fault, dominic.Title, dominic.Status, dominic.HasCookie(SignInCookies.SignedIn)));
        }
    }

    [Fact]
    public async Task Junk_at_the_address_for_answers_is_a_clear_page()
    {
        using var anybody = host.Watched();
        foreach (var (method, query, body) in new[]
        {
            ("GET", "", null), ("GET", "?code=abc", null), ("GET", "?state=abc&code=def", null), ("GET", "?error=server_error&error_description=%00&state=x", null),
            ("GET", "?code=%ff%fe&state=%00", null), ("GET", "?id_token=eyJhbGciOiJub25lIn0.e30.", null), ("POST", "?code=abc", null),
            ("POST", "", "code=abc&state=def"), ("POST", "", new string('%', 100_000)), ("POST", "", string.Concat(Enumerable.Repeat("a=b&", 5_000))),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/sign-in/providers/thornmere/callback{query}");
            if (body is not null)
                request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
            using var answer = await anybody.SendAsync(request);
            Assert.Equal((HttpStatusCode.Redirect, "/sign-in/provider-problem"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        }
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_the_browser_that_asked()
    {
        thornmere.Amr = ["mfa"];
        await Bind(thornmere, "dominic.ferraby");
        using var asking = host.Visit();
        await asking.Get("/sign-in/with/thornmere");
        var answer = Assert.Single(asking.Passed, a => a.AbsolutePath == "/sign-in/providers/thornmere/callback");
        using var other = host.Visit();
        foreach (var visitor in new[] { asking, other })
        {
            Assert.Equal(Problem, (await visitor.Get(answer.ToString())).Title);
            Assert.Equal(Problem, (await visitor.Get(answer.ToString().Replace("state=", "state=x", StringComparison.Ordinal))).Title);
        }

        Assert.False(other.HasCookie(SignInCookies.SignedIn));
    }

    [Fact]
    public async Task A_provider_that_is_away_is_a_clear_page_until_it_is_back()
    {
        thornmere.Amr = ["mfa"];
        await Bind(thornmere, "dominic.ferraby");
        await thornmere.Stop();
        using var dominic = host.Visit();
        await dominic.Get("/sign-in/with/thornmere");
        Assert.Equal((Problem, HttpStatusCode.OK), (dominic.Title, dominic.Status));

        await thornmere.Run();
        Assert.Equal("You are signed in", (await dominic.Get("/sign-in/with/thornmere")).Title);
        Assert.Equal(HttpStatusCode.NotFound, (await dominic.Get("/sign-in/with/nobody")).Status);
    }

    [Fact]
    public async Task Whoever_is_disabled_here_stays_out_however_well_they_sign_in_there()
    {
        thornmere.Amr = ["mfa"];
        await Bind(thornmere, "dominic.ferraby");
        await story.HasPassword("dominic.ferraby");
        using var dominic = host.Visit();
        await dominic.Get("/sign-in/with/thornmere");
        Assert.Equal("You are signed in", dominic.Title);
        await story.Change("dominic.ferraby", a => a.Disable(host.Clock.Now));
        Assert.Equal("Sign in", (await dominic.Get("/sign-in/done")).Title);
        Assert.Equal(NoAccess, (await dominic.Get("/sign-in/with/thornmere")).Title);
    }

    [Fact]
    public async Task Only_somebody_who_has_just_signed_in_there_can_do_what_asks_for_that()
    {
        (thornmere.Amr, thornmere.AuthTime) = (["mfa"], host.Clock.Now.AddHours(-1));
        await Bind(thornmere, "tobias.quill");
        using var hamo = host.SignInAs("hamo.tresk");
        var plan = (await hamo.Get("/plans")).Items.First().GetProperty("id").GetString();
        using var quill = host.Visit();
        await quill.Get($"/sign-in/with/thornmere?returnUrl={Uri.EscapeDataString(SignInStory.Authorize)}");
        using (var stale = story.CallerWith(await story.Redeem(quill.Query("code"))))
            (await Open(stale)).ExpectProblem(401, "access.step-up-needed");

        // Asked for a fresh sign-in, the provider is told to ask anew.
        thornmere.AuthTime = host.Clock.Now;
        await quill.Get(SignInStory.AuthorizeWith(("max_age", "60")));
        await quill.Get(quill.Document.QuerySelector("#providers a")!.GetAttribute("href")!);
        Assert.Equal("login", thornmere.Requests.Last()["prompt"]);
        using (var fresh = story.CallerWith(await story.Redeem(quill.Query("code"))))
            (await Open(fresh)).Expect(201);

        // Without a word of when, it may have been at the start of the day.
        thornmere.AuthTime = null;
        using var silent = host.Visit();
        await silent.Get($"/sign-in/with/thornmere?returnUrl={Uri.EscapeDataString(SignInStory.Authorize)}");
        using var unsaid = story.CallerWith(await story.Redeem(silent.Query("code")));
        (await Open(unsaid)).ExpectProblem(401, "access.step-up-needed");

        Task<Answer> Open(ApiCaller caller) => caller.Post($"/plans/{plan}/emergency-access", new { purpose = "missingChild", justification = "He did not come home tonight." });
    }

    [Fact]
    public async Task Nobody_is_sent_to_another_site_on_the_way_back()
    {
        thornmere.Amr = ["mfa"];
        await Bind(thornmere, "dominic.ferraby");
        using var dominic = host.Visit();
        await dominic.Get("/sign-in/with/thornmere?returnUrl=https%3A%2F%2Fevil.demo.example%2F");
        Assert.Equal(("You are signed in", "localhost"), (dominic.Title, dominic.At.Host));
    }

    private async Task<Visitor> SecondFactorOf(Visitor visitor, string provider)
    {
        await visitor.Get($"/sign-in/with/{provider}");
        await visitor.Submit(("Code", story.CodeFor(visitor)));
        return visitor;
    }

    private async Task<Guid> WhoIs(Visitor visitor)
    {
        await visitor.Get(SignInStory.Authorize);
        return Guid.Parse(new JsonWebToken((await story.Redeem(visitor.Query("code"))).GetProperty("access_token").GetString()).Subject);
    }

    /// <summary>Makes the account that signs in at a provider somebody's.</summary>
    private Task<int> Bind(ProviderHost provider, string name) => host.Services.GetRequiredService<IWriteLane>().Run(async (services, cancellation) =>
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        var person = await database.Persons.Where(p => p.Email == $"{name}@demo.example").Select(p => p.Id).SingleAsync(cancellation);
        database.ProviderSubjects.Add(new ProviderSubject(provider.Authority, provider.Subject, person, host.Clock.Now));
        return await database.SaveChangesAsync(cancellation);
    }, CancellationToken.None);

    private async Task<(string Link, string Code)> Invite(string name)
    {
        using var hamo = host.SignInAs("hamo.tresk");
        var person = await story.PersonOf(name);
        var (plan, participant) = await story.With(d => d.Participants.Where(p => p.PersonId == person).Select(p => ValueTuple.Create(p.PlanId, p.Id)).FirstAsync());
        var invitation = (await hamo.Post($"/plans/{plan}/participants/{participant}/invitations")).Expect(201);
        return (new Uri(Link().Match((await host.MailTo(name))!.Body).Value).AbsolutePath, invitation["code"].GetString()!);
    }

    [GeneratedRegex(@"http\S+/invitation/\S+")]
    private static partial Regex Link();
}
