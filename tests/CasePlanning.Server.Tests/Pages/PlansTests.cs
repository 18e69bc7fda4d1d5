using System.Net;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

public sealed class PlansTests : IAsyncDisposable
{
    private readonly PlanningHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in()
    {
        using var stranger = host.Visit();
        Assert.Equal("Sign in", (await stranger.Get("/plans?name=Kez")).Title);
        Assert.Equal("/plans?name=Kez", stranger.Query("returnUrl"));
    }

    [Theory]
    [InlineData("dominic.ferraby", "Kezia")]
    [InlineData("ngaire.holloway-bose", "Jomi, Kezia")]
    [InlineData("perrin.stallworthy", "")]
    public async Task Everybody_sees_the_plans_they_are_in(string name, string children)
    {
        using var visitor = await host.VisitAs(name);
        Assert.Equal(children, string.Join(", ", ChildrenOn(await visitor.Get("/plans"))));
        if (children is "")
            Assert.Contains("Plans you are not in are not shown.", visitor.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name=kez", "Kezia")]
    [InlineData("name=ézia", "Kezia")]
    [InlineData("role=EducationalPsychologist", "Jomi, Kezia")]
    [InlineData("role=Nurse", "")]
    [InlineData("outcome=enjoy-and-achieve", "Jomi, Kezia")]
    [InlineData("outcome=no-such-outcome", "")]
    [InlineData("review=Open&name=%20", "")]
    public async Task A_filter_leaves_what_fits(string filter, string children)
    {
        using var ngaire = await host.VisitAs("ngaire.holloway-bose");
        await ngaire.Get($"/plans?{filter}");
        Assert.Equal(HttpStatusCode.OK, ngaire.Status);
        if (filter.StartsWith("review", StringComparison.Ordinal))
            Assert.All(ngaire.Document.QuerySelectorAll("tbody .govuk-tag"), tag => Assert.Equal("Open for views", tag.TextContent.Trim()));
        else
            Assert.Equal(children, string.Join(", ", ChildrenOn(ngaire)));
        if (children is "" && ChildrenOn(ngaire).Count == 0)
            Assert.Contains("No plan matches.", ngaire.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_nobody_could_have_been_given_is_refused()
    {
        using var ngaire = await host.VisitAs("ngaire.holloway-bose");
        Assert.Equal(HttpStatusCode.BadRequest, (await ngaire.Get("/plans?role=Emperor")).Status);
        Assert.DoesNotContain("Emperor", ngaire.Html, StringComparison.Ordinal);
        // The place of a page of somebody else, or of nobody, is the beginning.
        Assert.Equal(["Jomi", "Kezia"], ChildrenOn(await ngaire.Get("/plans?from=made-up")));
    }

    [Fact]
    public async Task A_long_list_goes_on_on_the_next_page()
    {
        using var hamo = host.SignInAs("hamo.tresk");
        for (var i = 0; i < 30; i++)
        {
            (await hamo.Post("/plans", new
            {
                kind = "pep",
                child = new { givenName = $"Wren {i:00}", familyName = "Ashdown", dateOfBirth = "2014-05-06" },
            })).Expect(201);
        }

        using var visitor = await host.VisitAs("hamo.tresk");
        var seen = ChildrenOn(await visitor.Get("/plans?name=wren"));
        Assert.Equal(25, seen.Count);
        var next = visitor.Document.QuerySelectorAll("main a").Single(a => a.TextContent is "Next page").GetAttribute("href")!;
        Assert.Contains("name=wren", next, StringComparison.OrdinalIgnoreCase);
        seen.AddRange(ChildrenOn(await visitor.Get(next)));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"Wren {i:00}"), seen);
    }

    private static List<string> ChildrenOn(Visitor visitor) =>
        [.. visitor.Document.QuerySelectorAll("tbody th").Select(h => h.TextContent.Trim())];
}
