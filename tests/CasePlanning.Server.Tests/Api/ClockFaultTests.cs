using System.Text.RegularExpressions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Backups;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>A host whose clock stops, runs ahead, is set back, or passes the hour that comes twice.</summary>
public sealed partial class ClockFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Justification = "She is in the emergency department and cannot speak.";

    /// <summary>Summer time ends at 01:00 UTC on this day; half an hour before it and half an hour after are both half past one.</summary>
    private static readonly DateTimeOffset BeforeItEnds = new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);

    private readonly PlanningHost host = new();
    private ApiCaller imke = null!;
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        imke = host.SignInAs("imke.sandover");
        plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        review = (await imke.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whatever_the_clock_does_what_happened_is_in_order_once_and_no_page_counts_below_nothing()
    {
        var start = host.Clock.Now;
        (string What, DateTimeOffset At)[] moves =
        [
            ("as it should be", start), ("stands still", start), ("an hour ahead", start.AddHours(1)), ("set back an hour", start),
            ("set back another", start.AddHours(-1)), ("set back a day", start.AddDays(-1)), ("right again", start.AddMinutes(1)),
            ("before summer time ends", BeforeItEnds), ("the same half past one again", BeforeItEnds.AddHours(1)), ("set back over its end", BeforeItEnds), ("a leap second", BeforeItEnds.AddHours(1).AddTicks(-1)),
        ];
        var visitor = await host.VisitAs("imke.sandover");
        var (numbered, said, repeated, pages) = (new List<Guid>(), new List<string>(), 0, 0);
        foreach (var (what, at) in moves)
        {
            host.Clock.Now = at;
            var view = new { reviewId = review, outcome = "be-healthy", words = $"Said when the clock is {what}." };
            var first = (await imke.Post($"/plans/{plan}/contributions", view, key: what.Replace(' ', '-'))).Expect(201);
            var again = (await imke.Post($"/plans/{plan}/contributions", view, key: what.Replace(' ', '-'))).Expect(201);
            Assert.Equal(first.Id, again.Id);
            said.Add(first.Id);
            repeated++;
            await host.SignJournal();

            // Whoever had read up to a number has missed nothing before it: numbers only come after it.
            var now = await host.With(store => store.Journal.Where(e => e.Sequence != null).OrderBy(e => e.Sequence).Select(e => e.Id).ToListAsync());
            Assert.Equal(numbered, now[..numbered.Count]);
            Assert.True(now.Count > numbered.Count);
            numbered = now;

            foreach (var page in (string[])["/", $"/plans/{plan}", $"/plans/{plan}/history", "/my-work"])
            {
                var shown = await visitor.Get(page);
                Assert.True(shown.Status is System.Net.HttpStatusCode.OK, $"{page} when the clock is {what}: {shown.Status}");
                Assert.DoesNotMatch(BelowNothing(), shown.Text);
                pages++;
            }
        }

        var acts = await host.With(store => store.Journal.Where(e => e.Act == "AddContribution").OrderBy(e => e.Sequence).Select(e => e.ResultId).ToListAsync());
        Assert.Equal(said, acts.Where(id => said.Contains(id.ToString()!)).Select(id => id.ToString()));
        await JournalIsSound();
        var ids = new List<string>();
        for (var next = $"/plans/{plan}/history?limit=3"; next is not null;)
        {
            var page = (await imke.Get(next)).Expect(200);
            ids.AddRange(page.Items.Select(e => e.GetProperty("id").GetString()!));
            next = page.Json.TryGetProperty("next", out var cursor) && cursor.GetString() is { } c ? $"/plans/{plan}/history?limit=3&cursor={Uri.EscapeDataString(c)}" : null;
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        output.WriteLine($"T14: {moves.Length} clocks (still, an hour ahead and back, a day back, the hour that comes twice): {numbered.Count} entries of the journal in the order of their commits, {repeated} repeats with one effect each, {ids.Count} entries of the history each once, {pages} pages without an age below nothing.");
    }

    [Fact]
    public async Task What_is_granted_for_a_time_ends_in_time_also_when_the_clock_is_set_back()
    {
        var start = host.Clock.Now;
        using var quill = host.SignInAs("tobias.quill");
        using var kept = host.Anonymous();
        kept.Http.DefaultRequestHeaders.Authorization = new("Bearer", await host.TokenOf("tobias.quill"));
        (await quill.Post($"/plans/{plan}/emergency-access", new { purpose = "treatment", justification = Justification })).Expect(201);

        // Hosts may disagree by minutes, and nobody is to notice.
        foreach (var drift in (TimeSpan[])[TimeSpan.Zero, ClockDrift.Tolerated, -ClockDrift.Tolerated])
        {
            host.Clock.Now = start + drift;
            (await kept.Get("/me")).Expect(200);
            (await quill.Get($"/plans/{plan}")).Expect(200);
        }

        // By more, an hour would last for a day and an hour.
        foreach (var back in (TimeSpan[])[TimeSpan.FromHours(-1), TimeSpan.FromDays(-1)])
        {
            host.Clock.Now = start + back;
            (await quill.Get($"/plans/{plan}")).Expect(404);
            (await kept.Post($"/plans/{plan}/emergency-access", new { purpose = "treatment", justification = Justification })).ExpectProblem(401, "access.step-up-needed");
        }

        host.Clock.Now = start + EmergencyAccess.Lasts;
        (await quill.Get($"/plans/{plan}")).Expect(404);
        host.Calls.Clear();
    }

    private async Task JournalIsSound()
    {
        var file = Path.Combine(host.DataDirectory, "journal-key.pem");
        await File.WriteAllTextAsync(file, await host.CreateClient().GetStringAsync("/.well-known/journal-key"));
        using var key = await PublicKey.In(file, CancellationToken.None);
        await host.With(store => JournalCheck.Of((PlanningContext)store, key.HasSigned, CancellationToken.None));
    }

    [GeneratedRegex(@"[-−]\d+ (second|minute|hour|day|week|month|year|working day|school day)s?\b|\bin [-−]\d")]
    private static partial Regex BelowNothing();
}
