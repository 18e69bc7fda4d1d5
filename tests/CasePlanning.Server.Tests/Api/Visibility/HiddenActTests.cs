using System.Text.RegularExpressions;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// What is said where the family may not hear it changes nothing for the family, nor for a system that is not in the audience: not a byte, not an ETag, not a page of a list.
/// A count or an order that moved would tell them that something is there.
/// </summary>
public sealed partial class HiddenActTests(ITestOutputHelper output) : IAsyncLifetime
{
    private WholeTeam team = null!;

    public async ValueTask InitializeAsync() => team = await WholeTeam.Gather();

    public ValueTask DisposeAsync() => team.DisposeAsync();

    [Fact]
    public async Task Hidden_words_change_nothing_for_family_and_companions()
    {
        var open = await Say("parent", new { kind = "everyone" });
        var summed = await Say("nurse", new { kind = "health" }, summary: "She sleeps badly.");
        (await team.As("mentor").Post($"/contributions/{summed}/responses", new { stance = "newToMe", reason = "I did not know." })).Expect(201);
        var decision = (await team.As("designatedTeacher").Post($"/reviews/{team.Review}/decisions",
            new { outcomes = new[] { "stay-safe" }, what = "What", why = "Why", because = new[] { open, summed } })).Expect(201).Id;
        var known = new Dictionary<string, IReadOnlyCollection<string>>
        {
            ["plans"] = [team.Plan],
            ["reviews"] = [team.Review],
            ["contributions"] = [open, summed],
            ["decisions"] = [decision],
            ["drafts"] = [],
            ["participants"] = [team.Id("nurse")],
            ["voices"] = [team.Id("nurse"), team.Id("socialWorker"), team.Id("senco")],
            ["agencies"] = [],
            ["questions"] = [],
            ["actions"] = [],
            ["targets"] = [],
            ["attachments"] = [],
            ["restrictions"] = [],
            ["people"] = [],
            ["appointments"] = [],
            ["plan-copies"] = [],
            ["frameworks"] = [],
            ["consents"] = [],
            ["disclosures"] = [],
            ["withheld-decisions"] = [],
            ["proofs"] = [],
            ["receipts"] = [],
            ["emergency-accesses"] = [],
            ["invitations"] = [],
            // Every look of theirs is a line in it; what of others' acts is left out there has a test of its own.
            ["/plans/{id}/access-log"] = [],
        };

        var before = await Snapshots(known);
        await ActWhereFamilyCannotSee(summed);
        var after = await Snapshots(known);

        Found.Nothing(
            from reader in Readers.Unaware
            from pair in before[reader].Zip(after[reader])
            where pair.First != pair.Second
            select $"{reader}:\n{pair.First.Address}: {pair.First.Text}\n{pair.Second.Address}: {pair.Second.Text}");
        Assert.All(Readers.Unaware, reader => Assert.Equal(before[reader].Count, after[reader].Count));

        output.WriteLine($"T8: {Readers.Unaware.Sum(reader => before[reader].Count)} responses to {Readers.Unaware.Length} readers, byte for byte the same after acts that are hidden from them.");
        // And it was not for want of anything to see.
        Assert.NotEqual(before["lead"], after["lead"]);
    }

    private async Task ActWhereFamilyCannotSee(string summed)
    {
        foreach (var (voice, audience, colleague) in new (string, object, string?)[]
        {
            ("senco", new { kind = "professionals" }, "lead"),
            ("youthJusticeWorker", new { kind = "professionals" }, "senco"),
            ("camhsPractitioner", new { kind = "health" }, "nurse"),
            ("socialWorker", new { kind = "named", participants = new[] { team.Id("lead") } }, "lead"),
            ("nurse", new { kind = "named", agencies = new[] { team.Agencies["health"] } }, "camhsPractitioner"),
            ("educationWelfareOfficer", new { kind = "sealed" }, null),
        })
        {
            var hidden = await Say(voice, audience);
            await Revise(voice, hidden, "Words nobody at home hears, again", null);
            (await team.As(voice).Upload($"/contributions/{hidden}/attachments", "image/png", SampleFiles.Png())).Expect(201);
            if (colleague is not null)
                await Discuss(hidden, colleague, voice);
            (await team.As("parent").Post($"/contributions/{hidden}/responses", new { stance = "agree" })).Expect(404);
            await Say(voice, audience);
            (await team.As(voice).Post($"/contributions/{hidden}/withdraw")).Expect(200);
        }

        // Around a view of which they read the summary.
        await Revise("nurse", summed, "More words for health colleagues", "She sleeps badly.");
        await Discuss(summed, "camhsPractitioner", "nurse");
        (await team.As("nurse").Upload($"/contributions/{summed}/attachments", "image/png", SampleFiles.Png())).Expect(201);

        // What is told to others, and what is not.
        (await team.As("socialWorker").Post($"/plans/{team.Plan}/disclosures",
            new { to = "The police", what = "Where he was seen", purpose = "He is looked for", basis = "vitalInterests" })).Expect(201);
        (await team.As("lead").Post($"/plans/{team.Plan}/withheld-decisions",
            new { from = "The mother", participants = new[] { team.Id("parent") }, what = "That he was seen", why = "She would tell him" })).Expect(201);

        // How somebody comes in, and that they must not be written to.
        foreach (var somebody in new[] { "nurse", "parent" })
        {
            var invited = (await team.As("lead").Post($"/plans/{team.Plan}/participants/{team.Id(somebody)}/invitations")).Expect(201).Id;
            (await team.As("lead").Delete($"/plans/{team.Plan}/participants/{team.Id(somebody)}/invitations/{invited}")).Expect(204);
            (await team.As("socialWorker").Put($"/plans/{team.Plan}/participants/{team.Id(somebody)}/address", new { @unsafe = true })).Expect(200);
        }

        // Words written down for a colleague, and confirmed.
        team.Wait();
        var writtenDown = (await team.As("socialWorker").Post($"/plans/{team.Plan}/contributions", new
        {
            reviewId = team.Review,
            outcome = "stay-safe",
            words = "As told by telephone",
            audience = new { kind = "professionals" },
            onBehalfOf = team.Id("educationalPsychologist"),
        })).Expect(201).Id;
        (await team.As("educationalPsychologist").Post($"/contributions/{writtenDown}/confirm")).Expect(200);

        // A draft, from the first word to the signature; and one that is thrown away.
        foreach (var ends in new[] { HttpMethod.Post, HttpMethod.Delete })
        {
            team.Wait();
            var draft = (await team.As("teacher").Post($"/plans/{team.Plan}/contributions",
                new { reviewId = team.Review, outcome = "stay-safe", words = "Not yet", audience = new { kind = "professionals" }, draft = true })).Expect(201);
            (await team.As("teacher").Put($"/contributions/{draft.Id}/shown-to", new { to = team.Id("designatedTeacher") })).Expect(200);
            var shown = await team.As("teacher").Get($"/contributions/{draft.Id}");
            (await team.As("teacher").Patch($"/contributions/{draft.Id}", new { words = "Almost" }, shown.ETag)).Expect(200);
            var ended = ends == HttpMethod.Post
                ? await team.As("teacher").Post($"/contributions/{draft.Id}/sign")
                : await team.As("teacher").Delete($"/contributions/{draft.Id}");
            Assert.InRange((int)ended.Status, 200, 204);
        }
    }

    private async Task<string> Say(string voice, object audience, string? summary = null)
    {
        team.Wait();
        return (await team.As(voice).Post($"/plans/{team.Plan}/contributions",
            new { reviewId = team.Review, outcome = "stay-safe", words = "Words", outlook = "worried", audience, summary })).Expect(201).Id;
    }

    private async Task Revise(string voice, string view, string words, string? summary)
    {
        team.Wait();
        (await team.As(voice).Post($"/contributions/{view}/versions", new { words, summary, outlook = "mixed", whatChanged = "What I heard" })).Expect(201);
    }

    private async Task Discuss(string view, string colleague, string voice)
    {
        team.Wait();
        (await team.As(colleague).Post($"/contributions/{view}/responses", new { stance = "disagree", reason = "I see it otherwise" })).Expect(201);
        var question = (await team.As(colleague).Post($"/contributions/{view}/questions", new { words = "Since when?" })).Expect(201).Id;
        (await team.As(voice).Post($"/questions/{question}/answers", new { words = "Since spring" })).Expect(201);
    }

    private async Task<Dictionary<string, List<(string Address, string Text)>>> Snapshots(
        IReadOnlyDictionary<string, IReadOnlyCollection<string>> known)
    {
        await team.Host.SignJournal();
        var operations = await Operation.All(team.As("anonymous"));
        var snapshots = new Dictionary<string, List<(string, string)>>();
        foreach (var reader in Readers.Unaware.Append("lead"))
            snapshots[reader] = [.. (await ReadingRound.Of(team.As(reader), operations, known)).Select(r => (Lasting(r.Address), Lasting(r.Text)))];
        return snapshots;
    }

    /// <summary>Without what differs from one answer to the next in any case: its number, and cursors, which are sealed anew.</summary>
    private static string Lasting(string text) => OwnToOneAnswer().Replace(text, "");

    [GeneratedRegex("X-Request-I[dD]: .*|RateLimit: .*|(?<=cursor=)[^&>\"]+|(?<=\"next\":\")[^\"]+|(?<=\"requestId\":\")[^\"]+")]
    private static partial Regex OwnToOneAnswer();
}
