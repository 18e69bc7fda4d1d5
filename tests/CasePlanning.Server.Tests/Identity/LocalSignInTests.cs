using System.Net;
using System.Text.RegularExpressions;
using CasePlanning.Application.Accounts;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>People with an account kept here: password, second factor, and what ends a sign-in.</summary>
public sealed partial class LocalSignInTests : IAsyncLifetime
{
    private readonly PlanningHost host = new();
    private readonly SignInStory story;

    public LocalSignInTests() => story = new(host);

    public async ValueTask InitializeAsync() => await story.RegisterApp();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_mother_signs_in_by_her_password_and_the_app_acts_for_her()
    {
        var delphine = await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();

        await (await visitor.Get(SignInStory.Authorize)).Submit(("Email", " Delphine.Holt@demo.example"), ("Password", SignInStory.Password));

        Assert.Equal("af0ifjsldkj", visitor.Query("state"));
        Assert.StartsWith(SignInStory.Redirect, visitor.Towards!.ToString(), StringComparison.Ordinal);
        var granted = await story.Redeem(visitor.Query("code"));
        var token = new JsonWebToken(granted.GetProperty("access_token").GetString());
        Assert.Equal(delphine.ToString(), token.Subject);
        Assert.Equal(SignInStory.App, token.GetClaim("client_id").Value);
        Assert.Equal(Sessions.OneFactor, token.GetClaim("acr").Value);
        Assert.Equal(host.Clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), token.GetClaim("auth_time").Value);
        using var caller = story.CallerWith(granted);
        Assert.Equal(delphine.ToString(), (await caller.Get("/me")).Expect(200)["personId"].GetString());
    }

    [Fact]
    public async Task A_professional_gets_no_code_before_a_second_factor_is_set_up_and_given()
    {
        await story.HasPassword("dominic.ferraby");
        using var first = story.Visitor();
        await (await first.Get(SignInStory.Authorize)).Submit(("Email", "dominic.ferraby@demo.example"), ("Password", SignInStory.Password));
        Assert.Equal("Set up a second step", first.Title);
        Assert.Equal("Sign in", (await first.Get(SignInStory.Authorize)).Title);

        await first.Get($"/sign-in/second-factor/set-up?returnUrl={Uri.EscapeDataString(SignInStory.Authorize)}");
        var secret = first.Document.QuerySelector("code")!.TextContent;
        Assert.Equal($"otpauth://totp/CasePlanning?secret={secret}&issuer=CasePlanning", CameraOnSquare.Read(first.Document.QuerySelector("svg.app-square")!));
        Assert.Contains("not right", (await first.Submit(("Code", "000000"))).Alert, StringComparison.Ordinal);
        await first.Submit(("Code", story.CodeFor(first)));
        Assert.Equal("Keep these recovery codes", first.Title);
        var recovery = first.Document.QuerySelectorAll("li code").Select(c => c.TextContent).ToList();
        Assert.Equal(8, recovery.Distinct().Count());
        await first.Get(first.Document.QuerySelector("main a")!.GetAttribute("href")!);
        var token = new JsonWebToken((await story.Redeem(first.Query("code"))).GetProperty("access_token").GetString());
        Assert.Equal(Sessions.TwoFactors, token.GetClaim("acr").Value);

        // The code that set it up is spent; the next one works, once; so does a recovery code.
        using var second = story.Visitor();
        await (await second.Get(SignInStory.Authorize)).Submit(("Email", "dominic.ferraby@demo.example"), ("Password", SignInStory.Password));
        Assert.Equal("Enter the code from your app", second.Title);
        Assert.NotNull((await second.Submit(("Code", Totp.CodeAt(secret, Totp.StepAt(host.Clock.Now))))).Alert);
        host.Clock.Now += TimeSpan.FromSeconds(30);
        var code = Totp.CodeAt(secret, Totp.StepAt(host.Clock.Now));
        Assert.NotNull((await second.Submit(("Code", code))).Query("code"));
        Assert.NotNull((await OnTheWay("dominic.ferraby").Submit(("Code", code))).Alert);
        Assert.NotNull((await OnTheWay("dominic.ferraby").Submit(("Code", recovery[3]))).Query("code"));
        Assert.NotNull((await OnTheWay("dominic.ferraby").Submit(("Code", recovery[3]))).Alert);
    }

    [Fact]
    public async Task Five_wrong_passwords_pause_the_account_for_a_quarter_of_an_hour()
    {
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await visitor.Get("/sign-in");
        for (var wrong = 0; wrong < Account.MostFailures; wrong++)
            await visitor.Submit(("Email", "delphine.holt@demo.example"), ("Password", "not the right password"));

        await visitor.Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        Assert.NotNull(visitor.Alert);
        host.Clock.Now += Account.Pause;
        await visitor.Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        Assert.Equal("You are signed in", visitor.Title);
    }

    [Fact]
    public async Task A_hundred_tries_at_once_are_five()
    {
        var delphine = await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await visitor.Get("/sign-in");
        var before = visitor.Html;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var guesser = story.Visitor();
            await guesser.Get("/sign-in");
            await guesser.Submit(("Email", "delphine.holt@demo.example"), ("Password", "not the right password"));
        }));

        var account = await story.With(d => Task.FromResult(d.Accounts.Single(a => a.Id == delphine)));
        Assert.Equal(host.Clock.Now + Account.Pause, account.LockoutEnd);
        await visitor.Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        Assert.NotNull(visitor.Alert);
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task The_right_password_does_not_buy_more_tries_at_the_second_factor()
    {
        await WithSecondFactor("dominic.ferraby");
        for (var wrong = 0; wrong < Account.MostFailures; wrong++)
            Assert.NotNull((await OnTheWay("dominic.ferraby").Submit(("Code", "000000"))).Alert);

        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in")).Submit(("Email", "dominic.ferraby@demo.example"), ("Password", SignInStory.Password));
        Assert.Equal("Sign in", visitor.Title);
        Assert.NotNull(visitor.Alert);
    }

    [Fact]
    public async Task Nobody_learns_which_addresses_are_known()
    {
        await story.HasPassword("delphine.holt");
        await story.HasPassword("femi.thorley");
        await story.Change("femi.thorley", a => a.Disable(host.Clock.Now));
        string[] addresses = ["delphine.holt@demo.example", "nobody@demo.example", "maud.ellerthwaite@demo.example", "femi.thorley@demo.example", "x"];
        var answers = new HashSet<string>();
        foreach (var address in addresses)
        {
            using var visitor = story.Visitor();
            await (await visitor.Get("/sign-in")).Submit(("Email", address), ("Password", "not the right password"));
            answers.Add($"{visitor.Status} {FormToken().Replace(visitor.Html, "")}");
        }

        Assert.Single(answers);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("signed out everywhere")]
    [InlineData("another password")]
    public async Task What_ends_a_sign_in_ends_its_cookie_its_codes_and_its_tokens(string by)
    {
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await (await visitor.Get(SignInStory.Authorize)).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        using var caller = story.CallerWith(await story.Redeem(visitor.Query("code")));
        var code = (await visitor.Get(SignInStory.Authorize)).Query("code");
        (await caller.Get("/me")).Expect(200);

        if (by is "disabled")
            await story.Change("delphine.holt", a => a.Disable(host.Clock.Now));
        else if (by is "another password")
            await story.HasPassword("delphine.holt");
        else
            await (await visitor.Get("/sign-in/out")).Submit(("everywhere", "true"));

        (await caller.Get("/me")).ExpectProblem(401, "access.not-signed-in");
        Assert.Equal("invalid_grant", (await story.Redeem(code)).GetProperty("error").GetString());
        Assert.Equal("Sign in", (await visitor.Get(SignInStory.Authorize)).Title);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("Password1234!")]
    [InlineData("P4ssw0rd2026!!")]
    [InlineData("qwertyuiop123")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("Delphine2026!")]
    [InlineData("LiverpoolLiverpool1")]
    [InlineData("welcomeSummer2026")]
    public async Task A_password_that_others_guess_first_is_refused(string password)
    {
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in?returnUrl=/sign-in/password")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        Assert.Equal("Choose a password", visitor.Title);

        await visitor.Submit(("Current", SignInStory.Password), ("Password", password));

        Assert.NotNull(visitor.Alert);
    }

    [Fact]
    public async Task A_password_changes_only_for_whoever_knows_the_old_one()
    {
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in?returnUrl=/sign-in/password")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));

        Assert.NotNull((await visitor.Submit(("Current", "not the right password"), ("Password", "gravel trumpet nineteen moss"))).Alert);
        await visitor.Submit(("Current", SignInStory.Password), ("Password", "gravel trumpet nineteen moss"));

        Assert.Equal("You are signed in", visitor.Title);
        using var later = story.Visitor();
        await (await later.Get("/sign-in")).Submit(("Email", "delphine.holt@demo.example"), ("Password", "gravel trumpet nineteen moss"));
        Assert.Equal("You are signed in", later.Title);
    }

    [Fact]
    public async Task A_breached_password_is_found_in_the_file()
    {
        var file = Path.Combine(host.DataDirectory, "breached.txt");
#pragma warning disable CA5350 // The list of breached passwords is made of SHA-1 hashes.
        var hashes = new[] { "gravel trumpet nineteen moss", "one", "two", "three", "four", "five", "six" }
            .Select(p => Convert.ToHexString(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(p)))).Order(StringComparer.Ordinal);
#pragma warning restore CA5350
        await File.WriteAllTextAsync(file, string.Join("\r\n", hashes.Select((h, i) => $"{h}:{i + 1}")));
        await using var guarded = new PlanningHost { Settings = new Dictionary<string, string> { [CommonPasswords.FileSetting] = file } };
        var there = new SignInStory(guarded);
        await there.HasPassword("delphine.holt");
        using var visitor = there.Visitor();
        await (await visitor.Get("/sign-in?returnUrl=/sign-in/password")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));

        Assert.NotNull((await visitor.Submit(("Current", SignInStory.Password), ("Password", "gravel trumpet nineteen moss"))).Alert);
        Assert.Equal("You are signed in", (await visitor.Submit(("Current", SignInStory.Password), ("Password", "gravel trumpet ninety moss"))).Title);
    }

    [Fact]
    public async Task No_form_is_taken_from_another_site()
    {
        await story.HasPassword("delphine.holt");
        foreach (var page in (string[])["/sign-in", "/sign-in/second-factor", "/sign-in/second-factor/set-up", "/sign-in/password", "/sign-in/out"])
        {
            using var visitor = story.Visitor();
            await visitor.Post(new Uri($"http://localhost{page}"), [new("Email", "delphine.holt@demo.example"), new("Password", SignInStory.Password)]);
            Assert.Equal(HttpStatusCode.BadRequest, visitor.Status);
            Assert.False(visitor.HasCookie(SignInCookies.SignedIn));
        }
    }

    [Theory]
    [InlineData("https://evil.demo.example/")]
    [InlineData("//evil.demo.example/")]
    [InlineData("/\\evil.demo.example/")]
    [InlineData("\\\\evil.demo.example")]
    [InlineData("/\tevil.demo.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http:evil.demo.example")]
    public async Task Nobody_is_sent_to_another_site(string returnUrl)
    {
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await visitor.Get($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.DoesNotContain("evil", visitor.Html, StringComparison.Ordinal);
        var form = visitor.Document.QuerySelector("main form")!.QuerySelectorAll("input[type=hidden]").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        form["ReturnUrl"] = returnUrl;
        form["Email"] = "delphine.holt@demo.example";
        form["Password"] = SignInStory.Password;

        await visitor.Post(new Uri("http://localhost/sign-in"), form);

        Assert.Equal("You are signed in", visitor.Title);
        Assert.Equal("localhost", visitor.At.Host);
    }

    [Fact]
    public async Task The_cookie_opens_no_API_and_the_token_no_page()
    {
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Get("/api/v1/me")).Status);
        using var caller = host.SignInAs("delphine.holt");
        using var page = await caller.Http.GetAsync("/sign-in/done");
        Assert.Equal("/sign-in", page.Headers.Location?.ToString());
    }

    [Fact]
    public async Task In_Production_the_cookies_are_bound_to_this_host()
    {
        await using var production = new PlanningHost { Environment = "Production" };
        var there = new SignInStory(production);
        using var visitor = there.Visitor("https://localhost");
        await (await visitor.Get("/sign-in")).Submit(("Email", "nobody@demo.example"), ("Password", "whatever it was"));

        Assert.NotEmpty(visitor.SetCookies);
        Assert.All(visitor.SetCookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            foreach (var part in (string[])["secure", "httponly", "path=/", "samesite="])
                Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    private async Task WithSecondFactor(string name)
    {
        await story.HasPassword(name);
        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in")).Submit(("Email", $"{name}@demo.example"), ("Password", SignInStory.Password));
        await visitor.Submit(("Code", story.CodeFor(visitor)));
        host.Clock.Now += TimeSpan.FromMinutes(1);
    }

    private Arriving OnTheWay(string name) => new(story, name);

    /// <summary>Somebody who has given the password and is asked for a code.</summary>
    private sealed record Arriving(SignInStory Story, string Name)
    {
        public async Task<Visitor> Submit((string, string) code)
        {
            var visitor = Story.Visitor();
            await (await visitor.Get(SignInStory.Authorize)).Submit(("Email", $"{Name}@demo.example"), ("Password", SignInStory.Password));
            Assert.Equal("Enter the code from your app", visitor.Title);
            return await visitor.Submit(code);
        }
    }

    [GeneratedRegex("""<input name="__RequestVerificationToken"[^>]*>""")]
    private static partial Regex FormToken();
}
