using System.Net;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>A plan is opened by a professional, who sees it once more before and leads it afterwards.</summary>
public sealed class NewPlanPageTests : IAsyncDisposable
{
    private readonly PlanningHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_plan_is_opened_in_two_steps()
    {
        using var page = await host.VisitAs("imke.sandover");
        await page.Get("/plans/new");
        Assert.Equal("DesignatedTeacher", page.Document.QuerySelector("#role option[selected]")!.GetAttribute("value"));
        await page.Submit(("givenName", "Ferelith"), ("familyName", ""), ("dateOfBirth.day", "30"), ("dateOfBirth.month", "2"), ("dateOfBirth.year", "2014"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["#dateOfBirth", "#familyName", "#kind", "#role"], page.Document.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")!).Order());
        Assert.Equal("Ferelith", page.Document.QuerySelector("#givenName")!.GetAttribute("value"));

        await page.Submit(("givenName", "Ferelith"), ("familyName", "Asquith-Mbeki"), ("knownAs", "Fen"), ("dateOfBirth.day", "3"), ("dateOfBirth.month", "2"),
            ("dateOfBirth.year", "2014"), ("kind", "EarlyHelp"), ("framework", "every-child-matters"), ("startedOn.day", "12"), ("startedOn.month", "10"),
            ("startedOn.year", "2026"), ("role", "DesignatedTeacher"));
        Assert.Equal("Check before you open the plan", page.Title);
        Assert.Contains("Ferelith Asquith-Mbeki, called Fen", page.Text, StringComparison.Ordinal);
        Assert.Contains("Every Child Matters", page.Text, StringComparison.Ordinal);

        await page.Submit();
        Assert.Equal("The team around Fen", page.Title);
        Assert.Contains("Leads the plan", page.Text, StringComparison.Ordinal);
        Assert.Contains("Fen", (await page.Get("/plans")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Families_open_none()
    {
        using var page = await host.VisitAs("delphine.holt");
        await page.Get("/plans/new");
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.DoesNotContain("/plans/new", (await page.Get("/plans")).Html, StringComparison.Ordinal);
    }
}
