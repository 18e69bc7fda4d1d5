using System.Text.Json.Nodes;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// To the family and to those who stand beside it, a summary is simply what was said. Two views, one that says a thing to
/// everybody and one that says it only in its summary, are alike to them in every answer and whatever happens to both.
/// </summary>
public sealed class SummaryTests : IAsyncLifetime
{
    private WholeTeam team = null!;

    public async ValueTask InitializeAsync() => team = await WholeTeam.Gather();

    public ValueTask DisposeAsync() => team.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("mentor")]
    public async Task A_summary_is_a_view_like_any_other_to_those_who_must_not_know(string? writer)
    {
        var hand = writer ?? "carer";
        string[] readers = [.. Readers.NeverTold.Except(["carer", hand])];
        var (open, summed) = (await Say(null), await Say(new { kind = "professionals" }));
        await Alike();
        await Both((view, isOpen) => team.As(hand).Post($"/contributions/{view}/versions", Body("I would say it otherwise now.", isOpen)));
        await Alike();
        foreach (var reader in readers)
        {
            await Both((view, _) => team.As(reader).Post($"/contributions/{view}/responses", new { stance = "newToMe", reason = "I did not know." }));
            // What the child asks must be answered before the review can be closed.
            if (reader is not "child")
            {
                await Both((view, _) => team.As(reader).Post($"/contributions/{view}/questions", new { words = "Since when?" }));
                await Both((view, _) => team.As(reader).Post($"/contributions/{view}/questions", new { words = "And what now?", to = team.Id("teacher") }));
            }
        }

        await Alike();
        if (writer is not null)
            await Both((view, _) => team.As("carer").Post($"/contributions/{view}/confirm"));
        await Alike();
        await Both((view, _) => team.As("carer").Post($"/contributions/{view}/withdraw"));
        await Alike();
        await SignOff();
        await Alike();

        async Task<string> Say(object? audience)
        {
            team.Wait();
            var (words, summary) = Told("This is how I see it.", isOpen: audience is null);
            return (await team.As(hand).Post($"/plans/{team.Plan}/contributions", new
            {
                reviewId = team.Review,
                outcome = audience is null ? "stay-safe" : "be-healthy",
                audience,
                onBehalfOf = writer is null ? null : team.Id("carer"),
                words,
                summary,
            })).Expect(201).Id;
        }

        async Task Both(Func<string, bool, Task<Answer>> act)
        {
            team.Wait();
            var (first, second) = (await act(open, true), await act(summed, false));
            Assert.Equal(first.Status, second.Status);
        }

        // Each reader reads both, and tries on both everything they may not do.
        async Task Alike()
        {
            var operations = (await Operation.All(team.As("anonymous")))
                .Where(o => o.Path.StartsWith("/contributions/{id}", StringComparison.Ordinal) && !o.Path.EndsWith("responses", StringComparison.Ordinal)
                    && !o.Path.EndsWith("questions", StringComparison.Ordinal)).ToList();
            foreach (var (reader, operation) in readers.SelectMany(r => operations.Select(o => (r, o))))
            {
                var (first, second) = (await Try(open), await Try(summed));
                Assert.True(first == second, $"{reader}, {operation.Method} {operation.Path}:\n{first}\n{second}");

                async Task<string> Try(string view) =>
                    Bare(await operation.Send(team.As(reader), operation.Path.Replace("{id}", view, StringComparison.Ordinal)));
            }
        }
    }

    /// <summary>If views that are read in full came first, the one that comes after a later one would be known for a summary.</summary>
    [Fact]
    public async Task The_views_of_one_voice_stand_in_the_order_in_which_it_gave_them()
    {
        var first = await Say(new { kind = "professionals" }, "One", "Summary of one");
        var second = await Say(new { kind = "everyone" }, "Two", null);
        var third = await Say(new { kind = "health" }, "Three", "Summary of three");
        foreach (var reader in Readers.Everybody.Except([Readers.OnCall]))
        {
            var reading = await team.As(reader).Get($"/plans/{team.Plan}/reading");
            var views = reading["outcomes"].EnumerateArray().Single(o => o.GetProperty("code").GetString() == "stay-safe").GetProperty("contributions");
            Assert.Equal([first, second, third], views.EnumerateArray().Select(v => v.GetProperty("id").GetString()!));
        }

        async Task<string> Say(object audience, string words, string? summary)
        {
            team.Wait();
            return (await team.As("socialWorker").Post($"/plans/{team.Plan}/contributions",
                new { reviewId = team.Review, outcome = "stay-safe", words, summary, audience })).Expect(201).Id;
        }
    }

    private static (string Words, string? Summary) Told(string said, bool isOpen) => isOpen ? (said, null) : ($"Not for all: {said}", said);

    private static object Body(string said, bool isOpen)
    {
        var (words, summary) = Told(said, isOpen);
        return new { words, summary };
    }

    private async Task SignOff()
    {
        var lead = team.As("lead");
        foreach (var voice in (await lead.Get($"/reviews/{team.Review}/voices?limit=200")).Items)
        {
            (await lead.Put($"/reviews/{team.Review}/voices/{voice.GetProperty("participantId").GetString()}",
                new { addressed = new { how = "Asked twice" } })).Expect(200);
        }

        (await lead.Post($"/reviews/{team.Review}/close", new { }, ifMatch: (await lead.Get($"/reviews/{team.Review}")).ETag)).Expect(200);
        (await lead.Post($"/reviews/{team.Review}/sign-off", ifMatch: (await lead.Get($"/reviews/{team.Review}")).ETag)).Expect(200);
    }

    /// <summary>An answer without what names it: ids, times and the outcome.</summary>
    private static string Bare(Answer answer)
    {
        var json = JsonNode.Parse(answer.Text);
        Strip(json);
        return $"{(int)answer.Status} {json?.ToJsonString()}";

        static void Strip(JsonNode? node)
        {
            foreach (var item in node as JsonArray ?? [])
                Strip(item);
            foreach (var member in node as JsonObject is { } o ? o.ToList() : [])
            {
                if (member.Key is "id" or "contributionId" or "outcome" or "requestId" || member.Key.EndsWith("At", StringComparison.Ordinal) || member.Key is "at")
                    ((JsonObject)node!).Remove(member.Key);
                else
                    Strip(member.Value);
            }
        }
    }
}
