using System.Security.Claims;
using CasePlanning.Application.Contributions;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Pages;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What every page that writes has from its base: done once, refusals on the page, nothing saved by halves.</summary>
public sealed class PlanningPageTests : IAsyncDisposable
{
    private readonly PlanningHost host = new() { ComparesJournal = false };

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_form_that_is_sent_twice_is_done_once()
    {
        var once = Guid.NewGuid().ToString("N");
        var before = await Count();
        var answers = await Task.WhenAll(Send("Lunch in the art room is better.", once), Send("Lunch in the art room is better.", once));
        Assert.All(answers, answer => Assert.Equal("/done", Assert.IsType<LocalRedirectResult>(answer.Result).Url));
        Assert.Equal(before + 1, await Count());
    }

    [Fact]
    public async Task The_same_form_with_other_words_is_asked_about()
    {
        var once = Guid.NewGuid().ToString("N");
        await Send("Lunch in the art room is better.", once);
        var before = await Count();
        var (result, page) = await Send("And the bus is louder.", once);
        Assert.Equal(409, Assert.IsType<PageResult>(result).StatusCode);
        Assert.Contains("You sent this form before", Assert.Single(page.ModelState[""]!.Errors).ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(before, await Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("chosen by hand")]
    public async Task A_form_without_a_key_creates_nothing(string? once)
    {
        var before = await Count();
        await Assert.ThrowsAsync<BadHttpRequestException>(() => Send("Lunch in the art room is better.", once));
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_written()
    {
        var before = await Count();
        var (result, page) = await Send(null, Guid.NewGuid().ToString("N"));
        Assert.Equal(422, Assert.IsType<PageResult>(result).StatusCode);
        Assert.True(page.IsLoaded);
        Assert.NotEmpty(page.ModelState["Words"]!.Errors);
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task A_page_s_look_is_journaled_before_it_is_shown()
    {
        var before = await Looks();
        await Send(null, Guid.NewGuid().ToString("N"));
        Assert.Equal(before + 1, await Looks());
    }

    private async Task<(IActionResult Result, Trial Page)> Send(string? words, string? once)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var database = services.GetRequiredService<IPlanningDatabase>();
        var person = await database.Persons.SingleAsync(p => p.Email == "kezia.amari-holt@demo.example");
        var part = await database.Participants.SingleAsync(p => p.PersonId == person.Id);
        var review = await database.Reviews.Where(r => r.PlanId == part.PlanId).OrderBy(r => r.OpensOn).FirstAsync();
        var identity = new ClaimsIdentity(SignInCookies.SignedIn);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, person.Id.ToString());
        var http = new DefaultHttpContext { RequestServices = services, User = new ClaimsPrincipal(identity) };
        http.Request.Method = "POST";
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(once is null ? [] : new Dictionary<string, StringValues> { [PlanningPage.OnceField] = once });
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        var page = new Trial(part.PlanId, review.Id) { PageContext = new PageContext(new ActionContext(http, new RouteData(), new PageActionDescriptor())) };
        return (await page.OnPostAsync(words), page);
    }

    private async Task<int> Count() => await With(d => d.Contributions.CountAsync());

    private async Task<int> Looks() => await With(d => d.Journal.CountAsync(e => e.Act == nameof(ReadPlan)));

    private async Task<int> With(Func<IPlanningDatabase, Task<int>> count)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await count(scope.ServiceProvider.GetRequiredService<IPlanningDatabase>());
    }

    private sealed class Trial(Guid plan, Guid review) : PlanningPage
    {
        public bool IsLoaded { get; private set; }

        protected override async Task Load()
        {
            await Read(new ReadPlan(plan));
            IsLoaded = true;
        }

        public Task<IActionResult> OnPostAsync(string? words) => Do(
            new AddContribution(plan, new NewContribution(review, "enjoy-and-achieve", words!, Outlook.GoingWell)),
            "Your view is in the plan.", _ => "/done");
    }
}
