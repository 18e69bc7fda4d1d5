using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>The child's own pages, the history and the account as they are met in a browser, page by page and state by state.</summary>
public sealed class FamilyPagesTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("my-say", "kezia.amari-holt", "/plans/{plan}/my-say")]
    [InlineData("my-say-question", "kezia.amari-holt", "/plans/{plan}/my-say/questions/be-healthy")]
    [InlineData("my-say-again", "kezia.amari-holt", "/plans/{plan}/my-say/questions/enjoy-and-achieve")]
    [InlineData("my-say-skipped", "kezia.amari-holt", "/plans/{plan}/my-say/check")]
    [InlineData("history", "imke.sandover", "/plans/{plan}/history")]
    [InlineData("history-mother", "delphine.holt", "/plans/{plan}/history")]
    [InlineData("history-child", "kezia.amari-holt", "/plans/{plan}/history")]
    [InlineData("history-filtered", "hamo.tresk", "/plans/{plan}/history?of=decisions")]
    [InlineData("history-nothing", "roz.applegarth", "/plans/{plan}/history?of=actionsAndTargets&by={roz}")]
    [InlineData("history-looks", "hamo.tresk", "/plans/{plan}/history?view=looks")]
    [InlineData("account", "delphine.holt", "/account")]
    [InlineData("account-child", "kezia.amari-holt", "/account")]
    [InlineData("account-mail", "delphine.holt", "/account/mail")]
    public async Task A_page(string name, string who, string path)
    {
        var kezia = await Kezia.Of(browser);
        var roz = (await kezia.Get("hamo.tresk", $"/plans/{kezia.Plan}/participants")).GetProperty("items").EnumerateArray()
            .Single(p => p.GetProperty("name").GetString() == "Roz Applegarth").GetProperty("id").GetString();
        await browser.Check(await browser.OpenAs(who, kezia.At(path).Replace("{roz}", roz, StringComparison.Ordinal)), name);
    }

    /// <summary>The whole of it, as a child goes through: skips, a face, a friend, a look at it, a change of mind, and away in an instant.</summary>
    [Fact]
    public async Task Kezia_says_what_she_wants_to_those_she_chooses_and_is_gone_when_somebody_comes()
    {
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenAs("kezia.amari-holt", "/my-work");
        await page.SetViewportSizeAsync(320, 700);
        await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}")).AbsoluteUri);
        await page.Locator(".app-parts a", new() { HasText = "Have my say" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Read this to me" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Say more" })).ClickAsync();
        await Heading(page, "Feeling well");

        // By keyboard: a face and a few words, kept as she types.
        await page.Locator("#outlook-worried").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#words").FillAsync("I wake up at three and then school is hard.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Draft saved");
        await browser.Check(page, "my-say-writing");
        await page.SetViewportSizeAsync(320, 700);
        await Press(page, "Next");

        // Nothing is chosen for her, and a tick says who.
        await Heading(page, "Who can read it?");
        await browser.Check(page, "my-say-readers");
        await page.SetViewportSizeAsync(320, 700);
        await Press(page, "Next");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await browser.Check(page, "my-say-readers-error");
        await page.SetViewportSizeAsync(320, 700);
        await page.GetByLabel("Sunniva Raike").CheckAsync();
        await Assertions.Expect(page.GetByLabel("Only the people I choose")).ToBeCheckedAsync();
        await Press(page, "Next");

        // What she said before is there to be left as it is; the rest is skipped.
        await Heading(page, "Feeling safe");
        await Press(page, "Next");
        await Heading(page, "School and learning");
        await Press(page, "Next");
        await Heading(page, "Having a say");
        await page.GetByRole(AriaRole.Link, new() { Name = "Skip this one" }).ClickAsync();
        await Heading(page, "My future");
        await page.Locator("#outlook-well").CheckAsync();
        await Press(page, "Next");
        await page.GetByLabel("Everyone in my plan").CheckAsync();
        await Press(page, "Next");

        // She looks at it, takes one answer out, and names who helped.
        await Heading(page, "Look at what you said");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Only Sunniva Raike can read this.");
        await browser.Check(page, "my-say-check");
        await page.SetViewportSizeAsync(320, 700);
        await page.Locator(".app-answer", new() { HasText = "My future" }).GetByRole(AriaRole.Button, new() { NameRegex = new("Take it out") }).ClickAsync();
        await Assertions.Expect(page.Locator(".app-answer")).ToHaveCountAsync(1);
        await page.GetByLabel("Yes, somebody helped me").CheckAsync();
        await page.GetByLabel("What is their name?").FillAsync("Juno");
        await Press(page, "Send it");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It is sent. Thank you for saying it.");
        await Assertions.Expect(page.Locator("#came")).ToContainTextAsync("I had help from Juno to say this.");
        await browser.Check(page, "my-say-sent");
        await page.SetViewportSizeAsync(320, 700);

        // She asks for something to happen.
        await page.Locator(".app-came", new() { HasText = "I wake up at three" }).GetByRole(AriaRole.Link, new() { NameRegex = new("Ask for something") }).ClickAsync();
        await browser.Check(page, "my-say-ask");
        await page.SetViewportSizeAsync(320, 700);
        await page.Locator("#words").FillAsync("Can I come in later on bad days?");
        await page.GetByLabel("Sunniva Raike").CheckAsync();
        await Press(page, "Ask");
        await Assertions.Expect(page.Locator("#came")).ToContainTextAsync("Sunniva Raike answers by");

        // What came of it, in time: something was done, and something could not be.
        var asked = (await kezia.Get("sunniva.raike", $"/plans/{kezia.Plan}/reading?view=child")).GetProperty("requests").EnumerateArray()
            .ToDictionary(r => r.GetProperty("words").GetString()!, r => r.GetProperty("id").GetString());
        await kezia.Post("sunniva.raike", $"/questions/{asked["Can I come in later on bad days?"]}/answers",
            new { words = "lessons begin at nine for all. You can go to the quiet room first.", kind = "weCouldNot" });
        await kezia.Post("imke.sandover", $"/questions/{asked["Can I stay in top set maths?"]}/answers", new { words = "You stay in set 1, with help.", kind = "weDid" });
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".app-came", new() { HasText = "I wake up at three" })).ToContainTextAsync("We couldn’t, because");
        await Assertions.Expect(page.Locator(".app-came", new() { HasText = "Lunch is the worst bit" })).ToContainTextAsync("We did");

        // Somebody comes: the page is gone, and the way back leads to nothing of hers.
        await page.RouteAsync("https://www.bbc.co.uk/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!DOCTYPE html><html lang=en><title>Weather</title><h1>Rain later</h1>" }));
        await page.Locator("[data-exit]").ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Weather");
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Weather");
        Assert.Empty(browser.ComplaintsOf(page));
    }

    /// <summary>Two people change the same words: each sees what the other's were, and comparing is told in words and not by colour alone.</summary>
    [Fact]
    public async Task What_a_decision_said_before_is_seen_beside_what_it_says_now()
    {
        var kezia = await Kezia.Of(browser);
        await kezia.Patch("imke.sandover", $"/decisions/{kezia.Decision}", new { how = "Two times twenty minutes of tutoring at 14:10" });
        var page = await browser.OpenAs("delphine.holt", kezia.At("/plans/{plan}/history?of=decisions"));
        await Assertions.Expect(page.Locator(".app-compared").First).ToContainTextAsync("14:10");
        await browser.Check(page, "history-compared");
    }

    /// <summary>Everything that a second step shows, from its first code to coming back with it.</summary>
    [Fact]
    public async Task Delphine_sets_up_an_app_and_signs_in_with_it()
    {
        const string Password = "gravel trumpet nineteen moss";
        var page = await browser.OpenAs("delphine.holt", "/sign-in/second-factor/set-up?returnUrl=%2Faccount");
        var secret = await page.Locator(".app-key").TextContentAsync();
        await page.Locator("#code").FillAsync("not a code");
        await Press(page, "Continue");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("This code is not right.");
        await browser.Check(page, "second-factor-set-up-error");
        await page.Locator("#code").FillAsync(Totp.CodeAt(secret!, Totp.StepAt(browser.Services.GetRequiredService<TimeProvider>().GetUtcNow())));
        await Press(page, "Continue");
        await Heading(page, "Keep these recovery codes");
        await browser.Check(page, "second-factor-codes");
        var code = await page.Locator(".app-codes code").First.TextContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("8 codes are left");
        await browser.Check(page, "account-second-factor");
        await page.GetByRole(AriaRole.Link, new() { Name = "Get new codes" }).ClickAsync();
        await Heading(page, "Get new recovery codes");
        await browser.Check(page, "account-codes");

        await using (var scope = browser.Services.CreateAsyncScope())
        {
            var person = await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Persons.Where(p => p.Email == "delphine.holt@demo.example").Select(p => p.Id).SingleAsync();
            Assert.Empty(await scope.ServiceProvider.GetRequiredService<LocalAccounts>().SetPassword(person, Password, CancellationToken.None));
        }

        var again = await browser.Open("/sign-in");
        await again.FillAsync("#email", "delphine.holt@demo.example");
        await again.FillAsync("#password", Password);
        await again.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Heading(again, "Enter the code from your app");
        await browser.Check(again, "sign-in-second-factor");
        await again.Locator("#code").FillAsync(code!);
        await Press(again, "Continue");
        await Heading(again, "You are signed in");
    }

    /// <summary>
    /// The link in the mail, the six digits, the words, one press, and they are in the plan. A mail is answered with one press too,
    /// but then the words are in a mailbox: somebody opens it, opens the plan, finds the outcome, copies the words and says whose
    /// they are.
    /// </summary>
    [Fact]
    public async Task Bryn_adds_his_view_in_fewer_steps_than_he_would_answer_a_mail()
    {
        const string Code = "204816";
        browser.MustRun();
        var token = Invitation.NewToken();
        await browser.Services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var database = lane.GetRequiredService<IPlanningDatabase>();
            var bryn = await database.Participants.SingleAsync(p => database.Persons.Any(x => x.Id == p.PersonId && x.Email == "bryn.ellerthwaite@demo.example"), cancellation);
            database.Invitations.Add(new Invitation(
                bryn.PersonId, bryn.Id, invitedById: null, token, lane.GetRequiredService<ISealing>().Seal(Code), TimeSpan.FromDays(7), lane.GetRequiredService<TimeProvider>().GetUtcNow()));
            return await database.SaveChangesAsync(cancellation);
        }, CancellationToken.None);

        var page = await browser.Open($"/invitation/{token}");
        await Assertions.Expect(page.Locator("#code-hint")).ToContainTextAsync("The page goes on by itself after the last one.");
        await page.Locator("#code").PressSequentiallyAsync("204 815");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("The six digits are not right");
        await Assertions.Expect(page.Locator("#code")).ToBeEmptyAsync();

        await page.Locator("#code").PressSequentiallyAsync(Code);
        await Heading(page, "Feeling well: your view");
        await browser.Check(page, "invitation-contribute");
        await page.Locator("#words").FillAsync("She sleeps when somebody has told her what tomorrow is.");
        await Press(page, "Add my view to the plan");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your view is in the plan.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("She sleeps when somebody has told her what tomorrow is.");
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task Heading(IPage page, string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
}
