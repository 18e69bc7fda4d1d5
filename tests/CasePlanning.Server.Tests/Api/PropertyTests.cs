using System.Globalization;
using System.Text.Json;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>
/// What holds however the calls fall. The usual run draws the same sequences every time, so that a change is judged by what it
/// changed; <c>PROPERTY_SEED</c> draws others.
/// </summary>
public sealed class PropertyTests : IClassFixture<PlanningHost>, IAsyncLifetime
{
    private const int UsualSeed = 20261014;

    private const string Lead = "hamo.tresk";
    private const string Head = "odalys.brennock";
    private static readonly string[] Outcomes = ["be-healthy", "stay-safe", "enjoy-and-achieve"];
    private static readonly string[] Outlooks = ["goingWell", "mixed", "worried", "cannotTell"];
    private static readonly string[] Stances = ["agree", "partly", "disagree", "newToMe"];
    private static readonly DateTimeOffset Opened = new(2026, 9, 30, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Everybody but the lead professional, who opens the plan.</summary>
    private static readonly Dictionary<string, string> Team = new()
    {
        [Head] = "virtualSchoolHead",
        ["kezia.amari-holt"] = "child",
        ["delphine.holt"] = "parent",
        ["dominic.ferraby"] = "socialWorker",
        ["imke.sandover"] = "designatedTeacher",
        ["cal.wexley"] = "teacher",
        ["sunniva.raike"] = "nurse",
        ["kwabena.lisle"] = "mentor",
    };

    private readonly PlanningHost host;
    private readonly Random random;
    private readonly Dictionary<string, ApiCaller> callers;
    private readonly Dictionary<string, string> ids = [];
    private string plan = "";
    private string review = "";

    public PropertyTests(PlanningHost host)
    {
        this.host = host;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PROPERTY_SEED"), CultureInfo.InvariantCulture, out var given) ? given : UsualSeed;
        TestContext.Current.TestOutputHelper!.WriteLine($"PROPERTY_SEED={seed}");
        random = new Random(seed);
        callers = Team.Keys.Append(Lead).ToDictionary(who => who, host.SignInAs);
    }

    public async ValueTask InitializeAsync() => await OpenPlan();

    public ValueTask DisposeAsync()
    {
        foreach (var caller in callers.Values)
            caller.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task How_and_when_a_view_came_in_changes_nothing_but_its_caption()
    {
        (string Who, string Outcome, string Words, string Outlook)[] views =
        [
            ("kezia.amari-holt", "enjoy-and-achieve", "I want to stay in top set.", "mixed"),
            ("kezia.amari-holt", "stay-safe", "Home is fine.", "goingWell"),
            ("delphine.holt", "enjoy-and-achieve", "She always had maths in her.", "goingWell"),
            ("dominic.ferraby", "enjoy-and-achieve", "Keep the set.", "mixed"),
            ("dominic.ferraby", "stay-safe", "Supervised pick-up works.", "goingWell"),
            ("imke.sandover", "enjoy-and-achieve", "Two grades under target.", "worried"),
            ("cal.wexley", "be-healthy", "She is tired in tutor time.", "worried"),
            ("sunniva.raike", "be-healthy", "Sleep clinic in November.", "cannotTell"),
        ];
        var expected = await Enter([.. views.Select(v => (v, Opened.AddHours(1), v.Who, false))], absent: []);
        for (var round = 0; round < 4; round++)
        {
            await OpenPlan();
            var times = views.Select(_ => Opened.AddMinutes(random.Next(20 * 24 * 60))).Order().ToList();
            random.Shuffle(views);
            var entries = views.Zip(times, (view, at) => (view, at, random.Next(2) == 0 ? view.Who : Any(Team.Keys), random.Next(2) == 0)).ToList();
            Assert.Equal(expected, await Enter(entries, absent: [.. Team.Keys.Where(_ => random.Next(2) == 0)]));
        }
    }

    [Fact]
    public async Task No_sequence_of_calls_loses_an_acknowledged_contribution()
    {
        var said = new Dictionary<string, (string Author, List<string> Words)>();
        var questions = new List<string>();
        var decisions = new List<string>();
        var ended = new HashSet<string>();
        (await Sign("kezia.amari-holt", "I want to stay in top set.")).Expect(201);
        (await Kept(decisions, callers[Lead].Post($"/reviews/{review}/decisions", new { outcomes = Outcomes, what = "Stay in set 1", why = "She asked" }))).Expect(201);
        for (var step = 0; step < 150; step++)
        {
            host.Clock.Now = host.Clock.Now.AddMinutes(random.Next(1, 60));
            var (who, words) = (Any(callers.Keys), $"{step}: “naïve” <b>Zoë</b> 🎨\nand a second line");
            var view = Any(said.Keys);
            var answer = await (random.Next(14) switch
            {
                0 or 1 or 2 => Sign(who, words),
                3 => Revise(who, view, words),
                4 when said.TryGetValue(view, out var own) => Revise(own.Author, view, words),
                5 => callers[who].Post($"/contributions/{view}/withdraw"),
                6 => callers[who].Post($"/contributions/{view}/responses", new { stance = Any(Stances), reason = words }),
                7 => Kept(questions, callers[who].Post($"/contributions/{view}/questions", new { words, to = ids[Any(ids.Keys)] })),
                8 => callers[who].Post($"/questions/{(questions.Count == 0 ? view : Any(questions))}/answers", new { words }),
                9 => SignDraft(who, words),
                10 => Kept(decisions, callers[who].Post($"/reviews/{review}/decisions", new { outcomes = new[] { Any(Outcomes) }, what = words, why = words })),
                11 => callers[who].Post($"/decisions/{Any(decisions)}/rechecks", new { finding = words, changed = false }),
                12 => random.Next(3) == 0 ? CloseAndSign(decisions) : OpenReview(),
                _ => ended.Count > 2 || who is Lead ? OpenReview() : End(who),
            });
            Assert.True((int)answer.Status < 500, $"Step {step}: {answer.Text}");
        }

        Assert.True(said.Count > 5 && said.Values.Any(s => s.Words.Count > 1), $"Only {said.Count} views were acknowledged.");
        foreach (var (id, (author, words)) in said.Where(s => !ended.Contains(s.Value.Author)))
        {
            var read = (await callers[author].Get($"/contributions/{id}")).Expect(200);
            Assert.Equal(words, read["versions"].EnumerateArray().Select(v => v.GetProperty("words").GetString()!));
        }

        async Task<Answer> Sign(string who, string words)
        {
            var answer = await callers[who].Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Any(Outcomes), words });
            if (answer.IsAcknowledged())
                said[answer.Id] = (who, [words]);
            return answer;
        }

        async Task<Answer> Revise(string who, string view, string words)
        {
            var answer = await callers[who].Post($"/contributions/{view}/versions", new { words });
            if (answer.IsAcknowledged())
                said[view].Words.Add(words);
            return answer;
        }

        async Task<Answer> SignDraft(string who, string words)
        {
            var draft = await callers[who].Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Any(Outcomes), words, draft = true });
            if (!draft.IsAcknowledged())
                return draft;
            var answer = (await callers[who].Post($"/contributions/{draft.Id}/sign")).Expect(200);
            said[draft.Id] = (who, [words]);
            return answer;
        }

        async Task<Answer> End(string who)
        {
            var answer = await EndParticipation(Lead, ids[who], ids[Lead], host.Clock.Now);
            if (answer.IsAcknowledged())
                ended.Add(who);
            return answer;
        }
    }

    [Fact]
    public async Task No_action_is_without_a_holder()
    {
        var takesPart = ids.Where(i => i.Key is not Head).ToDictionary(i => i.Value, i => (Who: i.Key, Until: DateTimeOffset.MaxValue));
        var professionals = new[] { Lead, "dominic.ferraby", "imke.sandover", "cal.wexley", "sunniva.raike", "kwabena.lisle" };
        for (var i = 0; i < 4; i++)
        {
            (await callers[Head].Post($"/plans/{plan}/actions", new { outcome = Any(Outcomes), what = "Something", why = "For her", holders = new[] { ids[Any(professionals)] } })).Expect(201);
        }

        var moves = new List<string>();
        for (var step = 0; step < 120; step++)
        {
            host.Clock.Now = host.Clock.Now.AddMinutes(random.Next(1, 60));
            var actions = (await callers[Head].Get($"/plans/{plan}/actions")).Items.ToList();
            Assert.Equal(4, actions.Count);
            Assert.All(actions, action => Assert.Contains(action.GetProperty("holders").EnumerateArray().Select(ParticipantId),
                holder => holder == ids[Head] || (takesPart.TryGetValue(holder, out var p) && host.Clock.Now < p.Until)));

            var chosen = actions[random.Next(actions.Count)];
            var path = $"/actions/{chosen.GetProperty("id").GetString()}/handovers";
            var waiting = chosen.GetProperty("handovers").EnumerateArray()
                .LastOrDefault(h => !h.TryGetProperty("acceptedAt", out _) && !h.TryGetProperty("handedBackAt", out _));
            var verb = Any(["accept", "hand-back"]);
            var present = takesPart.Where(p => host.Clock.Now < p.Value.Until).Select(p => p.Key).ToList();
            var leaving = Any(present.Where(p => professionals.Contains(takesPart[p].Who)).DefaultIfEmpty(ids[Lead]));
            var until = host.Clock.Now.AddHours(random.Next(2) * random.Next(6));
            var answer = await (random.Next(6) switch
            {
                0 or 1 => callers[NameOf(ParticipantId(chosen.GetProperty("holders")[0]))].Post(path, new { to = Any(present), keepDoing = "We ring her on Fridays" }),
                2 or 3 when waiting.ValueKind is JsonValueKind.Object => callers[NameOf(ParticipantId(waiting.GetProperty("to")))].Post(
                    $"{path}/{waiting.GetProperty("id").GetString()}/{verb}", verb is "accept" ? null : new { reason = "Not before January" }),
                4 => EndParticipation(Head, leaving, Any(present), until),
                _ => Join(Any(professionals)),
            });
            Assert.True((int)answer.Status < 500, $"Step {step}: {answer.Text}");
            if (answer.IsAcknowledged())
                moves.Add(answer.Json.TryGetProperty("role", out _) ? "team" : "action");
            if (moves.LastOrDefault() is "team" && answer.IsAcknowledged())
                takesPart[answer.Id] = (NameOf(answer.Id), answer.Json.TryGetProperty("until", out var end) && end.ValueKind is JsonValueKind.String ? end.GetDateTimeOffset() : DateTimeOffset.MaxValue);
        }

        Assert.True(moves.Contains("team") && moves.Contains("action"), "Nothing moved.");

        string NameOf(string participant) => takesPart.TryGetValue(participant, out var known) ? known.Who : ids.First(i => i.Value == participant).Key;

        async Task<Answer> Join(string who)
        {
            var answer = await Add(who, who is Lead ? "virtualSchoolCaseworker" : Team[who]);
            if (answer.IsAcknowledged())
                ids[who] = answer.Id;
            return answer;
        }
    }

    [Fact]
    public async Task A_dissent_stays_until_its_author_changes_it()
    {
        var decision = (await callers[Lead].Post($"/reviews/{review}/decisions", new { outcomes = new[] { "stay-safe" }, what = "Stay in set 1", why = "She asked" })).Expect(201).Id;
        var history = new List<(string By, string Stance, string Reason, string? About)>();
        for (var step = 0; step < 60; step++)
        {
            host.Clock.Now = host.Clock.Now.AddSeconds(random.Next(1, 5));
            var who = Any(callers.Keys);
            if (random.Next(2) == 0)
            {
                var (stance, about) = (Any(Stances), Any(["what", "why", null]));
                (await callers[who].Post($"/decisions/{decision}/responses", new { stance, reason = $"Because {step}", about })).Expect(201);
                history.Add((ids[who], stance, $"Because {step}", about));
            }
            else if (history.Count > 0)
            {
                var response = Any((await callers[who].Get($"/decisions/{decision}"))["responses"].EnumerateArray().Select(r => r.GetProperty("id").GetString()!));
                var path = Any([$"/decisions/{decision}", $"/decisions/{decision}/responses", $"/decisions/{decision}/responses/{response}", $"/decisions/{decision}/dissents/{response}",
                    $"/plans/{plan}/dissents/{response}", $"/responses/{response}", $"/dissents/{response}"]);
                var method = Any(path.EndsWith(decision, StringComparison.Ordinal) ? [HttpMethod.Delete, HttpMethod.Put] : new[] { HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch });
                var tried = await callers[who].Send(method, path, method == HttpMethod.Delete ? null : new { stance = "agree" });
                Assert.True((int)tried.Status is 404 or 405, $"{method} {path}: {(int)tried.Status}");
                await callers[Lead].Post($"/decisions/{decision}/rechecks", new { finding = $"Looked again {step}", changed = true });
                await callers[Lead].Patch($"/decisions/{decision}", new { what = $"Stay in set 1, {step}" }, (await callers[Lead].Get($"/decisions/{decision}")).ETag);
            }

            var read = (await callers[Any(callers.Keys)].Get($"/decisions/{decision}")).Expect(200);
            Assert.Equal(history, read["responses"].EnumerateArray().Select(Told));
            var standing = history.GroupBy(h => (h.By, h.About)).Select(g => g.Last()).Where(h => h.Stance is "partly" or "disagree");
            Assert.Equal(standing.OrderBy(h => h.Reason), read["dissents"].EnumerateArray().Select(Told).OrderBy(h => h.Reason));
        }

        static (string, string, string Reason, string?) Told(JsonElement r) =>
            (ParticipantId(r.GetProperty("by")), r.GetProperty("stance").GetString()!, r.GetProperty("reason").GetString()!, r.TryGetProperty("about", out var about) ? about.GetString() : null);
    }

    /// <summary>Enters the views in this order and tells what two readers then read, without captions.</summary>
    private async Task<List<string>> Enter(
        IReadOnlyList<((string Who, string Outcome, string Words, string Outlook) View, DateTimeOffset At, string Writer, bool InMeeting)> entries, string[] absent)
    {
        foreach (var who in absent)
            (await callers[Lead].Put($"/reviews/{review}/voices/{ids[who]}", new { absence = new { reason = "court" } })).Expect(200);
        foreach (var ((who, outcome, words, outlook), at, writer, saidInMeeting) in entries)
        {
            host.Clock.Now = at;
            var view = (await callers[writer].Post($"/plans/{plan}/contributions",
                new { reviewId = review, outcome, words, outlook, saidInMeeting, onBehalfOf = writer == who ? null : ids[who] })).Expect(201).Id;
            if (writer != who)
                (await callers[who].Post($"/contributions/{view}/confirm")).Expect(200);
        }

        host.Clock.Now = Opened.AddDays(21);
        var read = new List<string>();
        foreach (var reader in new[] { "kezia.amari-holt", Lead })
        {
            var reading = (await callers[reader].Get($"/plans/{plan}/reading")).Expect(200);
            read.Add($"{reader} reads {reading["voices"]}");
            foreach (var outcome in reading["outcomes"].EnumerateArray())
            {
                read.Add($"{outcome.GetProperty("code")}, views differ: {outcome.GetProperty("viewsDiffer")}");
                read.AddRange(outcome.GetProperty("contributions").EnumerateArray().Select(c => $"{c.GetProperty("author").GetProperty("name")}: {c.GetProperty("words")} ({c.GetProperty("outlook")})"));
                read.AddRange(outcome.GetProperty("notHeard").EnumerateArray().Select(n => $"not heard: {n.GetProperty("name")}"));
            }
        }

        return read;
    }

    /// <summary>A fresh plan with the same team and a running review.</summary>
    private async Task OpenPlan()
    {
        host.Clock.Now = Opened;
        var opened = (await callers[Lead].Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14" },
            kind = "pep",
            startedOn = "2026-08-17",
        })).Expect(201);
        (plan, ids[Lead]) = (opened.Id, ParticipantId(opened["leadProfessional"]));
        foreach (var (who, role) in Team)
            ids[who] = (await Add(who, role)).Expect(201).Id;
        (await OpenReview()).Expect(201);
    }

    private async Task<Answer> OpenReview()
    {
        var answer = await callers[Lead].Post($"/plans/{plan}/reviews", new
        {
            title = "Review",
            opensOn = "2026-09-30",
            closesOn = "2026-10-21",
            meetings = new[] { new { at = "2026-10-14T14:30:00Z" } },
            invite = "everyone",
        });
        review = answer.IsAcknowledged() ? answer.Id : review;
        return answer;
    }

    private Task<Answer> Add(string who, string role) =>
        callers[who is Head ? Lead : Head].Post($"/plans/{plan}/participants", new { person = new { name = who, email = $"{who}@demo.example" }, role });

    private async Task<Answer> EndParticipation(string by, string participant, string cover, DateTimeOffset until)
    {
        var path = $"/plans/{plan}/participants/{participant}";
        return await callers[by].Patch(path, new { until, cover }, (await callers[by].Get(path)).ETag);
    }

    /// <summary>Addresses every voice and checks every decision again, so that the review can be closed and signed off.</summary>
    private async Task<Answer> CloseAndSign(List<string> decisions)
    {
        foreach (var participant in ids.Values)
            await callers[Lead].Put($"/reviews/{review}/voices/{participant}", new { addressed = new { how = "By telephone" } });
        foreach (var decision in decisions)
            await callers[Lead].Post($"/decisions/{decision}/rechecks", new { finding = "No change.", changed = false });
        await callers[Lead].Post($"/reviews/{review}/close", new { }, ifMatch: (await callers[Lead].Get($"/reviews/{review}")).ETag);
        return await callers[Lead].Post($"/reviews/{review}/sign-off", ifMatch: (await callers[Lead].Get($"/reviews/{review}")).ETag);
    }

    private static async Task<Answer> Kept(List<string> made, Task<Answer> call)
    {
        var answer = await call;
        if (answer.IsAcknowledged())
            made.Add(answer.Id);
        return answer;
    }

    private T Any<T>(IEnumerable<T> choices) => random.GetItems(choices.ToArray(), 1)[0];

    private static string ParticipantId(JsonElement who) => who.GetProperty("participantId").GetString()!;
}

file static class Acknowledgement
{
    public static bool IsAcknowledged(this Answer answer) => (int)answer.Status is 200 or 201;
}
