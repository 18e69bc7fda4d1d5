using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>A name, the home or a view is hidden from somebody, and whoever hides it sees what is left.</summary>
public sealed class RestrictionTests : IAsyncLifetime
{
    private WholeTeam team = null!;

    public async ValueTask InitializeAsync() => team = await WholeTeam.Gather();

    public ValueTask DisposeAsync() => team.DisposeAsync();

    [Fact]
    public async Task A_hidden_identity_is_a_role_everywhere()
    {
        await Say("nurse", new { kind = "everyone" });
        Assert.Contains(WholeTeam.NameOf("nurse"), await AllThatSees("parent"), StringComparison.Ordinal);
        await Restrict("lead", new { kind = "identity", from = team.Id("parent"), subject = team.Id("nurse") });

        var seen = await AllThatSees("parent");
        Assert.DoesNotContain(WholeTeam.NameOf("nurse"), seen, StringComparison.Ordinal);
        var hidden = (await team.As("parent").Get($"/plans/{team.Plan}/participants/{team.Id("nurse")}")).Expect(200);
        Assert.False(hidden.Json.TryGetProperty("agency", out _));
        Assert.False(hidden.Json.TryGetProperty("agencyId", out _));
        Assert.Contains("\"Nurse\"", seen, StringComparison.Ordinal);
        Assert.Contains(WholeTeam.NameOf("nurse"), await AllThatSees("senco"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_view_is_gone_for_one_and_there_for_all_others()
    {
        var view = await Say("senco", new { kind = "everyone" });
        var before = await team.As("teacher").Get($"/contributions/{view}");
        before.Expect(200);
        await Restrict("senco", new { kind = "view", from = team.Id("teacher"), contribution = view });

        (await team.As("teacher").Get($"/contributions/{view}")).Expect(404);
        (await team.As("teacher").Post($"/contributions/{view}/responses", new { stance = "agree" })).Expect(404);
        Assert.DoesNotContain(view, await AllThatSees("teacher"), StringComparison.Ordinal);
        Assert.Contains(view, await AllThatSees("mentor"), StringComparison.Ordinal);
        Assert.Contains(view, await AllThatSees("senco"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_is_hidden_with_its_view_and_counted_for_professionals_alone()
    {
        var view = await Say("nurse", new { kind = "health" }, summary: "She sleeps badly.");
        await Restrict("lead", new { kind = "view", from = team.Id("teacher"), contribution = view });
        await Restrict("lead", new { kind = "view", from = team.Id("parent"), contribution = view });
        Assert.Equal(1, await WithheldFrom("teacher"));
        Assert.Null(await WithheldFrom("parent"));
        Assert.DoesNotContain("She sleeps badly.", await AllThatSees("parent") + await AllThatSees("teacher"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_can_be_hidden_from_somebody_whose_role_would_know_it_and_from_nobody_in_it()
    {
        var view = await Say("carer", new { kind = "home" });
        (await team.As("teamManager").Get($"/contributions/{view}")).Expect(200);
        await Restrict("socialWorker", new { kind = "home", from = team.Id("teamManager") });
        (await team.As("teamManager").Get($"/contributions/{view}")).Expect(404);
        (await Set("lead", new { kind = "home", from = team.Id("carer") })).ExpectProblem(409, "restriction.not-their-own-home");
        (await Set("lead", new { kind = "identity", from = team.Id("nurse"), subject = team.Id("nurse") })).ExpectProblem(409, "restriction.not-from-themselves");
        (await Set("lead", new { kind = "view", from = team.Id("carer"), contribution = await Say("carer", new { kind = "everyone" }) }))
            .ExpectProblem(409, "restriction.not-from-themselves");
    }

    [Fact]
    public async Task Only_those_who_answer_for_it_hide_what_is_not_theirs_and_the_one_it_is_hidden_from_never_knows()
    {
        var view = await Say("senco", new { kind = "everyone" });
        foreach (var other in new[] { "parent", "child", "teacher", "nurse", "teamManager" })
            (await Set(other, new { kind = "view", from = team.Id("mentor"), contribution = view })).Expect(403);
        var restriction = await Restrict("socialWorker", new { kind = "identity", from = team.Id("lead"), subject = team.Id("senco") });
        (await team.As("lead").Get($"/plans/{team.Plan}/restrictions/{restriction.Id}")).Expect(404);
        Assert.Empty((await team.As("lead").Get($"/plans/{team.Plan}/restrictions")).Items);
        Assert.Single((await team.As("socialWorker").Get($"/plans/{team.Plan}/restrictions")).Items);
        Assert.Empty((await team.As("parent").Get($"/plans/{team.Plan}/restrictions")).Items);
    }

    [Fact]
    public async Task What_is_hidden_after_a_mistaken_share_lists_who_had_opened_it()
    {
        var view = await Say("socialWorker", new { kind = "everyone" });
        team.Wait();
        (await team.As("parent").Get($"/contributions/{view}")).Expect(200);
        (await team.As("mentor").Get($"/plans/{team.Plan}/reading")).Expect(200);
        (await team.As("parent").Get($"/plans/{team.Plan}/reading")).Expect(200);
        (await team.As("strategist").Get($"/plans/{team.Plan}/reading")).Expect(403);
        team.Wait();
        var restriction = await Restrict("socialWorker", new { kind = "view", from = team.Id("parent"), contribution = view });
        var opened = restriction["openedBefore"].EnumerateArray().ToDictionary(o => o.GetProperty("who").GetProperty("name").GetString()!, o => o.GetProperty("times").GetInt32());
        Assert.Equal(2, opened[WholeTeam.NameOf("parent")]);
        Assert.Equal(1, opened[WholeTeam.NameOf("mentor")]);
        Assert.DoesNotContain(WholeTeam.NameOf("strategist"), opened.Keys);

        // What is looked at afterwards is no part of it.
        team.Wait();
        (await team.As("mentor").Get($"/plans/{team.Plan}/reading")).Expect(200);
        var again = await team.As("socialWorker").Get($"/plans/{team.Plan}/restrictions/{restriction.Id}");
        Assert.Equal(restriction["openedBefore"].GetRawText(), again["openedBefore"].GetRawText());
    }

    [Fact]
    public async Task A_restriction_is_kept_lifted_and_asked_about_on_its_day()
    {
        var restriction = await Restrict("socialWorker", new { kind = "identity", from = team.Id("parent"), subject = team.Id("nurse") });
        var kept = (await team.As("socialWorker").Patch($"/plans/{team.Plan}/restrictions/{restriction.Id}", new { reviewOn = "2026-10-01" }, restriction.ETag)).Expect(200);
        Assert.Contains((await team.As("socialWorker").Get("/me/work?limit=200")).Items, w => w.GetProperty("kind").GetString() == "lookAtRestriction");
        (await team.As("socialWorker").Patch($"/plans/{team.Plan}/restrictions/{restriction.Id}", new { reviewOn = "2026-11-01" }, restriction.ETag)).Expect(412);
        var lifted = (await team.As("lead").Post($"/plans/{team.Plan}/restrictions/{restriction.Id}/lift", ifMatch: kept.ETag)).Expect(200);
        Assert.Contains(WholeTeam.NameOf("nurse"), await AllThatSees("parent"), StringComparison.Ordinal);
        (await team.As("lead").Post($"/plans/{team.Plan}/restrictions/{restriction.Id}/lift", ifMatch: lifted.ETag)).ExpectProblem(409, "restriction.is-lifted");
    }

    [Fact]
    public async Task Whoever_hides_something_sees_exactly_what_the_other_sees()
    {
        await Say("carer", new { kind = "everyone" });
        var hidden = await Say("senco", new { kind = "everyone" });
        await Say("nurse", new { kind = "health" }, summary: "She sleeps badly.");
        await Restrict("lead", new { kind = "view", from = team.Id("parent"), contribution = hidden });
        foreach (var reader in new[] { "parent", "child", "carer", "teacher", "nurse", "mentor", "teamManager" })
        {
            foreach (var view in new[] { "outcome", "person", "differ", "child" })
            {
                var own = (await team.As(reader).Get($"/plans/{team.Plan}/reading?view={view}")).Expect(200);
                var preview = (await team.As("socialWorker").Get($"/plans/{team.Plan}/reading?view={view}&as={team.Id(reader)}")).Expect(200);
                Assert.Equal(own.Text, preview.Text);
                Assert.Equal(own.ETag, preview.ETag);
            }
        }

        (await team.As("teacher").Get($"/plans/{team.Plan}/reading?as={team.Id("parent")}")).Expect(403);
        (await team.As("lead").Get($"/plans/{team.Plan}/reading?as={Guid.NewGuid()}")).Expect(404);
        (await team.As("lead").Get($"/plans/{team.Plan}/reading?as={team.Id("strategist")}")).Expect(404);
    }

    private async Task<int?> WithheldFrom(string reader)
    {
        var outcome = (await team.As(reader).Get($"/plans/{team.Plan}/reading"))["outcomes"].EnumerateArray().Single(o => o.GetProperty("code").GetString() == "stay-safe");
        return outcome.TryGetProperty("withheld", out var count) ? count.GetInt32() : null;
    }

    private async Task<string> AllThatSees(string reader)
    {
        var caller = team.As(reader);
        var texts = new List<string>();
        foreach (var address in new[] { "", "/reading", "/reading?view=person", "/participants?limit=200", "/actions", "/targets", "/reviews", "/access-log" })
            texts.Add((await caller.Get($"/plans/{team.Plan}{address}")).Expect(200).Text);
        texts.Add((await caller.Get($"/reviews/{team.Review}/voices?limit=200")).Expect(200).Text);
        texts.Add((await caller.Get("/me/work")).Expect(200).Text);
        return string.Concat(texts);
    }

    private async Task<Answer> Restrict(string who, object what) => (await Set(who, what)).Expect(201);

    private Task<Answer> Set(string who, object what)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(what)!.AsObject();
        body["reason"] = "For the child's safety";
        body["reviewOn"] = "2027-01-11";
        return team.As(who).Post($"/plans/{team.Plan}/restrictions", body);
    }

    private async Task<string> Say(string voice, object audience, string? summary = null)
    {
        team.Wait();
        return (await team.As(voice).Post($"/plans/{team.Plan}/contributions",
            new { reviewId = team.Review, outcome = "stay-safe", words = "Words", outlook = "worried", audience, summary })).Expect(201).Id;
    }
}
