using System.Collections.Concurrent;
using System.Globalization;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// Thousands of answers to everybody, the mails that were written and every line that was logged meanwhile: none holds what its
/// reader may not know. It has a scene to itself, because each of these looks is kept in its journal.
/// </summary>
public sealed class ManyAnswersTests(PlayedScene played, ITestOutputHelper output) : IClassFixture<PlayedScene>
{
    /// <summary>How many answers to look at, at least; what goes beyond one round for everybody is read at random.</summary>
    private const string ResponsesVariable = "CASEPLANNING_CANARY_RESPONSES";

    private const int Responses = 20_000;
    private const int Seed = 20261014;

    /// <summary>Of so many looks at random one is a search.</summary>
    private const int OneSearchIn = 25;

    private readonly Scene scene = played.Scene;

    /// <summary>One round of all there is for everybody, in full; and then anything, in any order, as often as it takes.</summary>
    [Fact]
    public async Task Everybody_reads_what_they_may_and_nothing_else()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable(ResponsesVariable), CultureInfo.InvariantCulture, out var asked) ? asked : Responses;
        string[] readers = [.. Readers.Everybody, .. Readers.Outsiders];
        var operations = (await Operation.All(scene.Team.As("anonymous"))).Where(o => o.Method == HttpMethod.Get).ToList();
        var faults = new ConcurrentBag<string>();
        var (inFull, atRandom) = (0, 0);
        await Parallel.ForEachAsync(readers, async (reader, _) =>
        {
            var read = await ReadingRound.Of(scene.Team.As(reader), operations, scene.Known);
            Interlocked.Add(ref inFull, read.Count);
            foreach (var fault in scene.Canaries.Faults(reader, read))
                faults.Add(fault);
        });

        var each = Math.Max(0, (wanted - inFull + readers.Length - 1) / readers.Length);
        await Parallel.ForEachAsync(readers.Index(), async (reader, _) =>
        {
            var (random, foreign) = (new Random(Seed + reader.Index), scene.Canaries.ForeignTo(reader.Item));
            for (var i = 0; i < each; i++)
            {
                var (address, text) = random.Next(OneSearchIn) == 0
                    ? await Search(scene.Team.As(reader.Item))
                    : await ReadingRound.Once(scene.Team.As(reader.Item), operations, scene.Known, random);
                Interlocked.Increment(ref atRandom);
                if (foreign(text) is { } what)
                    faults.Add($"{reader.Item} must not read, and finds in {address}: {what}");
            }
        });

        var mails = await Mails();
        var toNobody = scene.Canaries.ForeignTo("nobody");
        foreach (var what in mails.Select(toNobody).OfType<string>())
            faults.Add($"A mail holds: {what}");
        output.WriteLine($"T8, T9: {inFull + atRandom} responses to {readers.Length} readers ({inFull} in full rounds, {atRandom} at random), {played.Logs.Lines} log lines ({played.Logs.LinesAtDebug} at Debug), {mails.Count} mails; {faults.Count + played.Logs.Offending.Count()} foreign canaries.");
        Found.Nothing(faults.Concat(played.Logs.Offending));
        Assert.NotEmpty(mails);
        Assert.True(inFull + atRandom >= wanted && played.Logs.LinesAtDebug > wanted, "Hardly anything was looked at, so nothing is shown.");
    }

    [Fact]
    public void A_line_of_a_log_that_holds_something_personal_is_found()
    {
        string[] personal =
        [
            $"zq{Guid.NewGuid():N}", WholeTeam.NameOf("carer"), "oldacre", "child@demo.example", scene.Team.Identifier, "eyJhbGciOiJSUzI1NiJ9.e30.x",
        ];
        foreach (var text in personal)
        {
            using var scan = new LogScan();
            var log = scan.CreateLogger("test");
            log.Log(LogLevel.Debug, default, text, null, (said, _) => said);
            log.Log(LogLevel.Error, default, "Nothing", new InvalidOperationException(text), (said, _) => said);
            log.BeginScope(new Dictionary<string, object?> { ["Something"] = text });
            Assert.Equal(3, scan.Offending.Count());
        }
    }

    [Theory]
    [InlineData("nurse", null)]
    [InlineData("parent", "a note for health")]
    public void A_foreign_canary_is_found_among_much_else(string reader, string? found)
    {
        var canaries = new Canaries();
        for (var i = 0; i < 100; i++)
            canaries.Plant("something for everybody", Readers.Everybody);
        var note = canaries.Plant("a note for health", "nurse");
        var text = $"Much else, {note.ToUpperInvariant()} and more";

        Assert.Equal(found, canaries.ForeignTo(reader)(text));
    }

    /// <summary>By the child's own number, which professionals know, and families and outsiders try.</summary>
    private async Task<(string Address, string Text)> Search(ApiCaller caller)
    {
        const string Address = "/children/search";
        var answer = await caller.Post(Address, new { identifiers = new[] { new { system = "upn", value = scene.Team.Identifier } } });
        return (Address, answer.Everything);
    }

    /// <summary>Every mail that was written because of what happened in the scene, the next morning's among them.</summary>
    private async Task<List<string>> Mails()
    {
        var host = scene.Team.Host;
        await host.WriteNotices();
        host.Clock.Now = host.Clock.Now.AddDays(1);
        await host.WriteDailyMails();
        var sealing = host.Services.GetRequiredService<ISealing>();
        var written = await host.With(database => database.OutgoingMails.AsNoTracking().ToListAsync());
        return [.. written.Select(m => m.Text(sealing)).OfType<MailText>().Select(m => $"{m.Subject}\n{m.Body}")];
    }
}
