using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>Whoever is appointed at the console gets in by link and code, and later by nothing less than two factors.</summary>
public sealed class AdministratorsTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    [Fact]
    public async Task An_administrator_of_no_agency_comes_in_by_link_and_code_and_sees_no_plan()
    {
        var (token, code) = await Appoint("authority@thornmere.example");
        using var visitor = new SignInStory(host).Visitor();

        await (await visitor.Get($"/invitation/{token}")).Submit(("Code", code));

        Assert.True(visitor.HasCookie("signed-in"));
        using var caller = host.Calling(() => TokenOf("authority@thornmere.example"));
        Assert.Empty((await caller.Get("/plans")).Expect(200).Items);
        (await caller.Post("/plans", new { child = new { givenName = "W", familyName = "O", dateOfBirth = "2014-02-01" }, kind = "pep" })).Expect(403);
    }

    [Fact]
    public async Task A_password_alone_does_not_sign_an_administrator_in()
    {
        await Appoint("password@demo.example");
        var story = new SignInStory(host);
        await story.HasPassword("password");
        using var visitor = story.Visitor();

        await (await visitor.Get("/sign-in")).Submit(("Email", "password@demo.example"), ("Password", SignInStory.Password));

        Assert.False(visitor.HasCookie("signed-in"));
        Assert.Equal("/sign-in/second-factor/set-up", visitor.At.AbsolutePath);
    }

    private async Task<(string Token, string Code)> Appoint(string email) =>
        await host.Services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var appointed = await lane.GetRequiredService<Administrators>().Appoint(
                new NewAdministrator("Edmund Skerry", email, Office.AuthorityAdministrator, AgencyId: null, "thornmere"), TimeSpan.FromDays(7), cancellation);
            await lane.GetRequiredService<IPlanningDatabase>().SaveChangesAsync(cancellation);
            return (appointed.Token!, appointed.Code!);
        }, CancellationToken.None);

    private async Task<string> TokenOf(string email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<CasePlanning.Server.Development.DevelopmentTokens>().For(email))!;
    }
}
