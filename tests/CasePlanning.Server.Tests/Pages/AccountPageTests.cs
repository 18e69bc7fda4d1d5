using System.Net;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Identity;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What somebody can see and change of how they sign in, and what they must show for it.</summary>
public sealed class AccountPageTests : IAsyncLifetime
{
    private const string Delphine = "delphine.holt";
    private const string Dominic = "dominic.ferraby";

    private readonly PlanningHost host = new();
    private readonly SignInStory story;

    public AccountPageTests() => story = new(host);

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/account", "Your account")]
    [InlineData("/account/mail", "What we send you by mail")]
    public async Task A_page_is_everybody_s_own_and_nobody_s_who_is_not_signed_in(string address, string heading)
    {
        foreach (var name in (string[])[Delphine, Dominic, "kezia.amari-holt", "winifred.tolland"])
        {
            using var visitor = await host.VisitAs(name);
            await visitor.Get("/my-work");
            await visitor.Get(visitor.Document.QuerySelector(".app-me a")!.GetAttribute("href")!);
            Assert.Equal("Your account", visitor.Title);
            Assert.Equal(heading, (await visitor.Get(address)).Title);
        }

        using var nobody = host.Visit();
        Assert.Equal("Sign in", (await nobody.Get(address)).Title);
    }

    [Fact]
    public async Task It_says_how_they_sign_in_and_every_link_leads_somewhere()
    {
        await story.HasPassword(Delphine);
        using var delphine = await SignedIn(Delphine);
        await delphine.Get("/account");
        Assert.Contains("delphine.holt@demo.example", delphine.Text, StringComparison.Ordinal);
        Assert.Contains("With your e-mail address and a password", delphine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Recovery codes", delphine.Text, StringComparison.Ordinal);
        foreach (var link in delphine.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).ToList())
            Assert.Equal((link, HttpStatusCode.OK), (link, (await delphine.Get(link)).Status));
    }

    [Fact]
    public async Task It_says_what_is_kept_of_words_that_are_not_sent()
    {
        using var kezia = await host.VisitAs("kezia.amari-holt");
        Assert.Contains("Drafts You have none.", (await kezia.Get("/account")).Text, StringComparison.Ordinal);
        var plan = await host.PlanOf("Kezia", "kezia.amari-holt");
        await (await kezia.Get($"/plans/{plan}/my-say/questions/be-healthy")).Submit(("words", "Maybe this."));
        await kezia.Get("/account");
        Assert.Contains("1 draft is kept for you. Only you can see it, wherever you sign in.", kezia.Text, StringComparison.Ordinal);
        Assert.Contains("This device Nothing that you write is kept on it.", kezia.Text, StringComparison.Ordinal);
        Assert.Contains("tell somebody in your plan whom you trust", kezia.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("agency", kezia.Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whoever can neither decide nor hide anything is not asked about mails of it, and learns of none.</summary>
    [Fact]
    public async Task Everybody_chooses_among_the_mails_that_they_can_be_sent()
    {
        using var dominic = await host.VisitAs(Dominic);
        await dominic.Get("/account/mail");
        Assert.Equal(["digest", "recheckNeeded", "restrictionChanged", "replyOwed"], Asked(dominic));
        using var delphine = await host.VisitAs(Delphine);
        await delphine.Get("/account/mail");
        Assert.Equal(["digest", "replyOwed"], Asked(delphine));
        await delphine.Submit(("digest", "Daily"));
        Assert.Contains("Your choice is kept.", delphine.Text, StringComparison.Ordinal);
        Assert.Equal("Daily", delphine.Document.QuerySelector("select[name=digest] option[selected]")!.GetAttribute("value"));
        Assert.DoesNotContain("hidden", delphine.Text, StringComparison.OrdinalIgnoreCase);

        static IEnumerable<string?> Asked(Visitor visitor) => visitor.Document.QuerySelectorAll("main select").Select(s => s.GetAttribute("name"));
    }

    [Fact]
    public async Task A_new_password_keeps_to_the_same_list_and_leads_back()
    {
        await story.HasPassword(Delphine);
        using var delphine = await SignedIn(Delphine);
        await delphine.Get("/account");
        await delphine.Get(delphine.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Change your password").GetAttribute("href")!);
        await delphine.Submit(("Current", SignInStory.Password), ("Password", "LiverpoolLiverpool1"));
        Assert.Contains("harder to guess", delphine.Alert, StringComparison.Ordinal);
        await delphine.Submit(("Current", SignInStory.Password), ("Password", "gravel trumpet nineteen moss"));
        Assert.Equal("Your account", delphine.Title);
    }

    [Fact]
    public async Task Signed_out_everywhere_else_they_stay_signed_in_here()
    {
        await story.HasPassword(Delphine);
        using var here = await SignedIn(Delphine);
        using var there = await SignedIn(Delphine);
        Assert.Equal("My page", (await there.Get("/my-work")).Title);
        await (await here.Get("/account")).Submit();
        Assert.Contains("You are signed out everywhere else.", here.Text, StringComparison.Ordinal);
        Assert.Equal("My page", (await here.Get("/my-work")).Title);
        Assert.Equal("Sign in", (await there.Get("/my-work")).Title);
    }

    [Fact]
    public async Task Another_app_and_new_codes_are_for_whoever_shows_the_old_ones()
    {
        await story.HasPassword(Dominic);
        using var dominic = story.Visitor();
        await (await dominic.Get("/sign-in")).Submit(("Email", $"{Dominic}@demo.example"), ("Password", SignInStory.Password));
        var secret = dominic.Document.QuerySelector("code")!.TextContent;
        await dominic.Submit(("Code", story.CodeFor(dominic)));
        var first = dominic.Document.QuerySelectorAll("li code").Select(c => c.TextContent).ToList();

        // Hours later somebody finds the browser open: setting up again leads nowhere without a code.
        host.Clock.Now += TimeSpan.FromHours(1);
        await dominic.Get("/account");
        Assert.Contains("8 codes are left", dominic.Text, StringComparison.Ordinal);
        Assert.Equal("Sign in", (await dominic.Get("/sign-in/second-factor/set-up")).Title);
        await dominic.Get("/account/second-factor?what=codes");
        await dominic.Submit(("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, dominic.Status);
        Assert.Contains("This code is not right", dominic.Alert, StringComparison.Ordinal);
        await dominic.Submit(("code", Totp.CodeAt(secret, Totp.StepAt(host.Clock.Now))));
        Assert.Equal("Keep these recovery codes", dominic.Title);
        var second = dominic.Document.QuerySelectorAll("li code").Select(c => c.TextContent).ToList();
        Assert.Equal((8, 0), (second.Count, second.Intersect(first).Count()));

        // The old codes are worth nothing; with a new one there is another app, and the old app's codes work no more.
        await dominic.Get("/account/second-factor?what=app");
        await dominic.Submit(("code", first[0]));
        Assert.Contains("This code is not right", dominic.Alert, StringComparison.Ordinal);
        await dominic.Submit(("code", second[0]));
        Assert.Equal("Set up a second step", dominic.Title);
        var other = dominic.Document.QuerySelector("code")!.TextContent;
        await dominic.Submit(("Code", story.CodeFor(dominic)));
        Assert.Equal("Keep these recovery codes", dominic.Title);
        await dominic.Get(dominic.Document.QuerySelector("main a")!.GetAttribute("href")!);
        Assert.Equal("Your account", dominic.Title);
        host.Clock.Now += TimeSpan.FromSeconds(60);
        using var later = story.Visitor();
        await (await later.Get("/sign-in")).Submit(("Email", $"{Dominic}@demo.example"), ("Password", SignInStory.Password));
        await later.Submit(("Code", Totp.CodeAt(secret, Totp.StepAt(host.Clock.Now))));
        Assert.NotNull(later.Alert);
        await later.Submit(("Code", Totp.CodeAt(other, Totp.StepAt(host.Clock.Now))));
        Assert.Equal("You are signed in", later.Title);
    }

    [Fact]
    public async Task Whoever_has_no_second_factor_has_none_to_replace()
    {
        using var delphine = await host.VisitAs(Delphine);
        Assert.Equal("Your account", (await delphine.Get("/account/second-factor?what=codes")).Title);
        Assert.Equal(HttpStatusCode.BadRequest, (await delphine.Get("/account/second-factor?what=everything")).Status);
    }

    private async Task<Visitor> SignedIn(string name)
    {
        var visitor = story.Visitor();
        await (await visitor.Get("/sign-in")).Submit(("Email", $"{name}@demo.example"), ("Password", SignInStory.Password));
        return visitor;
    }
}
