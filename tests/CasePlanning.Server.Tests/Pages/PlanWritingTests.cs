using System.Net;
using AngleSharp.Dom;
using CasePlanning.Server.Tests.Support;
using Xunit;
using static CasePlanning.Server.Tests.Pages.PlanOnPage;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What people add to a plan on its pages, without a script, and how it stands there afterwards.</summary>
public sealed class PlanWritingTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    [Fact]
    public async Task What_is_new_is_counted_from_the_last_visit()
    {
        var plan = await host.PlanOf("Kezia");
        using var imke = await host.VisitAs("imke.sandover");
        await imke.Get($"/plans/{plan}");
        Assert.Contains("New", imke.Document.QuerySelectorAll(".app-ways li").Select(Words));

        host.Clock.Now += TimeSpan.FromHours(3);
        using var cal = host.SignInAs("cal.wexley");
        (await cal.Post($"/plans/{plan}/contributions", new { reviewId = await host.ReviewOf(plan), outcome = "stay-safe", words = "The bus stop is fine now." })).Expect(201);
        await imke.Get($"/plans/{plan}");
        await imke.Get(imke.Document.QuerySelectorAll(".app-ways a").Single(a => Words(a) == "New since 14 October").GetAttribute("href")!);
        Assert.Equal(["The bus stop is fine now."], SaidOn(imke.Document));
    }

    [Fact]
    public async Task The_card_is_the_same_however_the_words_came_in()
    {
        var plan = await host.PlanOf("Kezia");
        using var cal = host.SignInAs("cal.wexley");
        foreach (var (outcome, inMeeting) in new[] { ("be-healthy", false), ("stay-safe", true) })
        {
            (await cal.Post($"/plans/{plan}/contributions", new { reviewId = await host.ReviewOf(plan), outcome, outlook = "mixed", words = "Word for word.", saidInMeeting = inMeeting })).Expect(201);
        }

        using var imke = await host.VisitAs("imke.sandover");
        var page = (await imke.Get($"/plans/{plan}")).Document;
        var cards = page.QuerySelectorAll(".app-view").Where(c => Words(c.QuerySelector(".app-words")) == "Word for word.").ToList();
        Assert.Equal(["14 October, after the meeting", "14 October, in the meeting"], cards.Select(c => Words(c.QuerySelector(".app-view__how"))));
        Assert.Single(cards.Select(WithoutCaption).Distinct());

        static string WithoutCaption(IElement card)
        {
            card.QuerySelector(".app-view__how")!.Remove();
            card.QuerySelector(".app-view__do")!.Remove();
            card.Id = "";
            return card.OuterHtml;
        }
    }

    [Fact]
    public async Task A_new_plan_says_that_nobody_has_spoken_yet()
    {
        using var hamo = host.SignInAs("hamo.tresk");
        var plan = (await hamo.Post("/plans", new { kind = "pep", child = new { givenName = "Wren", familyName = "Ashdown", dateOfBirth = "2014-05-06" } })).Expect(201).Id;
        (await hamo.Post($"/plans/{plan}/participants", new { person = new { name = "Wren Ashdown", email = "wren.ashdown@demo.example" }, role = "child" })).Expect(201);
        using var visitor = await host.VisitAs("hamo.tresk");
        await visitor.Get($"/plans/{plan}");
        Assert.Contains("Nobody has spoken yet", visitor.Text, StringComparison.Ordinal);
        (await hamo.Post($"/plans/{plan}/reviews", new { title = "First review", opensOn = "2026-10-14", closesOn = "2026-11-04", invite = "everyone" })).Expect(201);
        await visitor.Get($"/plans/{plan}");
        Assert.Contains("Nobody has spoken yet.", visitor.Text, StringComparison.Ordinal);
        Assert.Empty(visitor.Document.QuerySelectorAll(".app-map"));
    }

    [Fact]
    public async Task People_respond_ask_and_answer_without_a_script()
    {
        var plan = await host.PlanOf("Kezia");
        using var delphine = await host.VisitAs("delphine.holt");
        await delphine.Get($"/plans/{plan}");
        var imkes = delphine.Document.QuerySelectorAll(".app-view").Single(v => Words(v.QuerySelector("h3")) == "Imke Sandover");
        await delphine.Get(imkes.QuerySelector(".app-view__do a")!.GetAttribute("href")!);
        Assert.Equal("Imke Sandover’s view on School and learning", delphine.Title);

        // Nothing chosen, then no reason: each is said where it is wrong, and what was typed is still there.
        await delphine.SubmitThe("#respond", ("reason", "She is good at it."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, delphine.Status);
        Assert.Contains("Say how you see it.", delphine.Alert, StringComparison.Ordinal);
        Assert.Contains("She is good at it.", delphine.Html, StringComparison.Ordinal);
        await delphine.SubmitThe("#respond", ("stance", "Disagree"), ("reason", ""));
        Assert.Contains("Say why, so that others can see what you see.", delphine.Alert, StringComparison.Ordinal);
        await delphine.SubmitThe("#respond", ("stance", "Disagree"), ("reason", "She is good at it."));
        Assert.Contains("You see this differently: She is good at it.", delphine.Text, StringComparison.Ordinal);
        // It is said that it is done, and the form is empty and out of the way.
        Assert.EndsWith("Your response is on the plan.", Words(delphine.Document.QuerySelector(".govuk-notification-banner[role=alert]")), StringComparison.Ordinal);
        Assert.Equal("", delphine.Document.QuerySelector("#respond textarea")!.TextContent.Trim());
        Assert.Equal((false, "Say how you see it now"), Folded(delphine.Document, "#respond"));
        await delphine.SubmitThe("#respond", ("stance", "Partly"), ("reason", ""));
        Assert.Equal((true, "Say how you see it now"), Folded(delphine.Document, "#respond"));

        await delphine.SubmitThe("#ask", ("words", ""), ("kind", "Question"));
        Assert.Contains("Write what you want to ask.", delphine.Alert, StringComparison.Ordinal);
        await delphine.SubmitThe("#ask", ("words", "Who told you about 41 points?"), ("kind", "Question"), ("to", ""));
        Assert.Contains("You asked: Who told you about 41 points? Imke Sandover answers by ", delphine.Text, StringComparison.Ordinal);
        Assert.Equal((false, "Ask something else"), Folded(delphine.Document, "#ask"));

        using var imke = await host.VisitAs("imke.sandover");
        await imke.Get($"/plans/{plan}");
        await imke.Get(imke.Document.QuerySelectorAll(".app-question").Single(q => Words(q).Contains("41 points", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!);
        await imke.Submit(("words", "The form tutor counts them."), ("answerKind", "Answer"));
        await delphine.Get($"/plans/{plan}");
        Assert.Contains("Imke Sandover: The form tutor counts them.", delphine.Text, StringComparison.Ordinal);

        // Somebody else was asked: this is not mine to answer.
        using var cal = await host.VisitAs("cal.wexley");
        await cal.Get(imke.At.AbsolutePath);
        Assert.Empty(cal.Document.QuerySelectorAll("main a[href*='answer=']"));

        static (bool IsOpen, string Summary) Folded(IParentNode page, string form)
        {
            var details = page.QuerySelector(form)!.Closest("details")!;
            return (details.HasAttribute("open"), Words(details.QuerySelector("summary")));
        }
    }

    [Fact]
    public async Task A_dissent_is_written_down_and_stays_beside_the_decision()
    {
        using var delphine = await host.VisitAs("delphine.holt");
        await delphine.Get($"/plans/{await host.PlanOf("Kezia")}");
        await delphine.Get(delphine.Document.QuerySelector(".app-decision[id] .app-view__do a")!.GetAttribute("href")!);
        await delphine.Submit(("stance", "Disagree"), ("about", "How"), ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, delphine.Status);
        await delphine.Submit(("stance", "Disagree"), ("about", "How"), ("reason", "Eight is too early for her."));
        Assert.Contains("Your disagreement is on the plan, and stays there.", delphine.Text, StringComparison.Ordinal);
        Assert.Contains("Delphine Holt, parent sees this differently, about how: Eight is too early for her.", delphine.Text, StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await delphine.Submit(("stance", "Agree"), ("about", "How"), ("reason", ""));
        Assert.Contains("What people said of it before Delphine Holt, parent, 14 October: sees this differently, about how: Eight is too early for her.", delphine.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_written_down_for_somebody_are_theirs_to_confirm()
    {
        var plan = await host.PlanOf("Jomi", "kwabena.lisle");
        using var kwabena = host.SignInAs("kwabena.lisle");
        var jomi = (await kwabena.Get($"/plans/{plan}/participants")).Items.Single(p => p.GetProperty("role").GetString() == "child").GetProperty("id").GetString();
        (await kwabena.Post($"/plans/{plan}/contributions", new { reviewId = await host.ReviewOf(plan, "kwabena.lisle"), outcome = "enjoy-and-achieve", words = "chess", onBehalfOf = jomi })).Expect(201);

        using var visitor = await host.VisitAs("jomi.adesina-thorley");
        await visitor.Get($"/plans/{plan}");
        var card = visitor.Document.QuerySelectorAll(".app-view").Single(v => Words(v.QuerySelector(".app-words")) == "chess");
        Assert.Contains("written down by Kwabena Lisle, and you have not said yet if it is right", Words(card), StringComparison.Ordinal);

        // From where he begins it is one press away.
        await visitor.Get("/my-work");
        Assert.Contains("Somebody wrote down what you said. Only you know if it is right.", visitor.Text, StringComparison.Ordinal);
        await visitor.Get(visitor.Document.QuerySelectorAll("main a").Last(a => Words(a) == "Look at your words").GetAttribute("href")!);
        Assert.Null(visitor.Document.QuerySelector("#ask"));
        await visitor.SubmitThe("form[action*=Confirm]");
        Assert.DoesNotContain("not said yet", visitor.Text, StringComparison.Ordinal);
    }
}
