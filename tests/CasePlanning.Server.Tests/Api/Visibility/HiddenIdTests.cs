using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// Whatever somebody does to a thing they may not know of, the answer is the one for an id that nobody ever gave out: the same
/// bytes, the same headers. A guess confirms nothing.
/// </summary>
public sealed class HiddenIdTests(PlayedScene played) : IClassFixture<PlayedScene>
{
    /// <summary>It opens a plan to a professional who takes no part in it. Its own tests say to whom it does not.</summary>
    private const string OpensPlans = "/plans/{id}/emergency-access";

    private readonly Scene scene = played.Scene;

    [Theory]
    [InlineData("contributions")]
    [InlineData("drafts")]
    [InlineData("questions")]
    public async Task A_hidden_view_draft_or_question_is_answered_like_an_unknown_one(string collection)
    {
        var faults = new List<string>();
        foreach (var caller in Readers.Everybody.Append("strategist"))
            faults.AddRange(await Differences(caller, collection, scene.HiddenFrom(caller, collection)));
        Found.Nothing(faults);
    }

    [Theory]
    [InlineData("plans")]
    [InlineData("reviews")]
    [InlineData("contributions")]
    [InlineData("questions")]
    [InlineData("decisions")]
    [InlineData("actions")]
    [InlineData("targets")]
    public async Task Everything_of_the_plan_is_answered_to_outsiders_like_something_unknown(string collection)
    {
        var faults = new List<string>();
        foreach (var caller in Readers.Outsiders.Except(["strategist"]))
            faults.AddRange(await Differences(caller, collection, scene.Known[collection]));
        Found.Nothing(faults);
    }

    /// <summary>Ids inside a body: what a decision rests on, what a recheck considered.</summary>
    [Fact]
    public async Task A_hidden_view_is_named_in_vain_in_a_decision_and_in_a_recheck()
    {
        var decision = (await scene.Team.As("lead").Post($"/reviews/{scene.Team.Review}/decisions", Decision([]))).Expect(201).Id;
        foreach (var caller in new[] { "lead", "socialWorker", "designatedTeacher", "virtualSchoolHead" })
        {
            foreach (var hidden in scene.HiddenFrom(caller, "contributions"))
            {
                await Same(id => scene.Team.As(caller).Post($"/reviews/{scene.Team.Review}/decisions", Decision([id])), hidden);
                await Same(id => scene.Team.As(caller).Post($"/decisions/{decision}/rechecks",
                    new { finding = "Looked at it", changed = false, considered = new[] { id } }), hidden);
            }
        }

        static object Decision(string[] because) => new { outcomes = new[] { "stay-safe" }, what = "What", why = "Why", because };

        static async Task Same(Func<string, Task<Answer>> send, string hidden)
        {
            var unknown = (await send(Guid.NewGuid().ToString())).Expect(422);
            Assert.Equal(WithoutItsOwnName(unknown), WithoutItsOwnName(await send(hidden)));
        }
    }

    /// <summary>A key is its caller's own: used by another it opens nothing of the first, and stops no write.</summary>
    [Fact]
    public async Task Somebody_elses_key_repeats_nothing_of_theirs()
    {
        var (key, body) = (Guid.NewGuid().ToString(), new
        {
            reviewId = scene.Team.Review,
            outcome = "stay-safe",
            words = "Only for you two.",
            audience = new { kind = "named", participants = new[] { scene.Team.Id("socialWorker"), scene.Team.Id("advocate") } },
        });
        var childs = (await scene.Team.As("child").Post($"/plans/{scene.Team.Plan}/contributions", body, key)).Expect(201).Id;
        foreach (var other in new[] { "parent", "designatedTeacher", "nurse" })
        {
            var own = (await scene.Team.As(other).Post($"/plans/{scene.Team.Plan}/contributions", body, key)).Expect(201);
            Assert.NotEqual(childs, own.Id);
            Assert.False(own.Headers.Contains("Idempotency-Replayed"));
        }

        Assert.Equal(childs, (await scene.Team.As("child").Post($"/plans/{scene.Team.Plan}/contributions", body, key)).Expect(201).Id);
    }

    /// <summary>What is answered about hidden ids and not about an unknown one. Each operation takes its turn with three of them.</summary>
    private async Task<IEnumerable<string>> Differences(string caller, string collection, IEnumerable<string> hidden)
    {
        var differences = new List<string>();
        var turns = new Queue<string>(hidden);
        var operations = (await Operation.All(scene.Team.As("anonymous")))
            .Where(o => o.Path.StartsWith($"/{collection}/{{id}}", StringComparison.Ordinal) && o.Path != OpensPlans);
        foreach (var operation in operations)
        {
            var unknown = WithoutItsOwnName(await operation.Send(scene.Team.As(caller), AddressOf(operation, Guid.NewGuid().ToString())));
            for (var turn = 0; turn < Math.Min(3, turns.Count); turn++)
            {
                var id = turns.Dequeue();
                turns.Enqueue(id);
                var answer = await operation.Send(scene.Team.As(caller), AddressOf(operation, id));
                if (WithoutItsOwnName(answer) != unknown)
                    differences.Add($"{caller}: {operation.Method} {operation.Path} of something hidden: {(int)answer.Status} {answer.Text}");
            }
        }

        Assert.NotEmpty(turns);
        return differences;
    }

    /// <summary>The id in the first place, and something unknown in every other.</summary>
    private static string AddressOf(Operation operation, string id) =>
        string.Join('/', operation.Path.Split('/').Select((segment, place) =>
            segment is not ['{', ..] ? segment : place == 2 ? id : Guid.Empty.ToString()));

    /// <summary>An answer without the number that it alone has, and without what is left to its caller, who has asked once more.</summary>
    private static string WithoutItsOwnName(Answer answer)
    {
        var requestId = answer.Headers.GetValues("X-Request-Id").Single();
        var text = $"{answer.Status}\n{answer.Everything}".Replace(requestId, "", StringComparison.Ordinal);
        return text.Replace(answer.Headers.GetValues("RateLimit").Single(), "", StringComparison.Ordinal);
    }
}
