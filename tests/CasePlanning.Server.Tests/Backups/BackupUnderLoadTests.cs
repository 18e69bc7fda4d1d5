using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CasePlanning.Infrastructure.Backups;
using CasePlanning.Server.Tests.Faults;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Backups;

/// <summary>Backups taken beside a server to which people write, each restored elsewhere and served from there.</summary>
public sealed class BackupUnderLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 8;
    private const string NumberVariable = "CASEPLANNING_BACKUPS";
    private const string Enjoy = "enjoy-and-achieve";

    private static readonly int Number = int.Parse(Environment.GetEnvironmentVariable(NumberVariable) ?? (Installation.IsLong ? "10" : "2"), CultureInfo.InvariantCulture);

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-backups-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_backup_began_is_there_when_it_is_restored_elsewhere()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "SQL Server has its own backups.");
        await using var host = new PlanningHost { ComparesJournal = false };
        await host.InitializeAsync();
        var (plan, review) = await PlanIn(host);
        var (acknowledged, slowest, clock) = (new ConcurrentQueue<(Guid Id, TimeSpan At)>(), TimeSpan.Zero, Stopwatch.StartNew());
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write(n))).ToList();

        var (before, missing, backups, restores) = (0, 0, new List<TimeSpan>(), new List<TimeSpan>());
        var newest = new List<TimeSpan>();
        for (var i = 0; i < Number; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            await host.SignJournal();
            var (backup, elsewhere) = (Path.Combine(home, $"backup-{i}"), Path.Combine(home, $"elsewhere-{i}"));

            var (known, begun) = (acknowledged.ToArray(), clock.Elapsed);
            await Succeeds("backup", "create", backup, $"--Data:Directory={host.DataDirectory}");
            backups.Add(clock.Elapsed - begun);

            var failed = clock.Elapsed;
            await Succeeds("backup", "restore", backup, $"--Data:Directory={elsewhere}");
            await using var restored = new PlanningHost { DataDirectory = elsewhere, ComparesJournal = false };
            await restored.InitializeAsync();
            (await restored.SignInAs("writer0").Get($"/plans/{plan}/reading")).Expect(200);
            restores.Add(clock.Elapsed - failed);

            var present = (await restored.With(store => store.Contributions.Select(c => c.Id).ToListAsync())).ToHashSet();
            (before, missing) = (before + known.Length, missing + known.Count(k => !present.Contains(k.Id)));
            newest.Add(acknowledged.Where(a => present.Contains(a.Id)).Max(a => a.At) - begun);
            // It goes on from where it was: the root that was published is one of its own, and the next one continues it.
            var (manifest, _) = await BackupCheck.Of(backup, publicKey: null, CancellationToken.None);
            Assert.Contains(manifest.Journal.LastCheckpoint!.Signature, await File.ReadAllTextAsync(Path.Combine(host.DataDirectory, "journal", "checkpoints.ndjson")), StringComparison.Ordinal);
            await restored.SignJournal();
            Assert.True(await restored.With(store => store.Checkpoints.MaxAsync(c => c.Size)) > manifest.Journal.Entries);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T15: {Number} backups beside {Writers} writers ({acknowledged.Count} views, {acknowledged.Count / clock.Elapsed.TotalSeconds:0}/s, slowest {slowest.TotalMilliseconds:0} ms): {before} acknowledged before a backup began, {missing} of them missing once it was restored elsewhere; a backup takes {backups.Max().TotalSeconds:0.0} s at most and holds what was acknowledged until {newest.Min().TotalSeconds:0.0} s or more after it was asked for (RPO: the time between two); from the order to restore to the first answer {restores.Max().TotalSeconds:0.0} s at most (RTO)."));
        Assert.True(before > Number * Writers, "Too little was written for this to say anything.");
        Assert.Equal(0, missing);

        async Task Write(int n)
        {
            using var writer = host.SignInAs($"writer{n}");
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var sent = clock.Elapsed;
                var answer = (await writer.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Enjoy, words = $"Words {i} of {n}." })).Expect(201);
                acknowledged.Enqueue((Guid.Parse(answer.Id), clock.Elapsed));
                if (clock.Elapsed - sent is var took && took > slowest)
                    slowest = took;
                // Enough to be at work at every instant, and not so much that a slow machine makes nothing but views.
                await Task.Delay(5);
            }
        }
    }

    private static async Task<(string Plan, string Review)> PlanIn(PlanningHost host)
    {
        var hamo = host.SignInAs("hamo.tresk");
        var plan = (await hamo.Post("/plans", new { child = new { givenName = "Tamsin", familyName = "Orrell", dateOfBirth = "2014-05-01" }, kind = "pep" })).Expect(201).Id;
        for (var n = 0; n < Writers; n++)
            (await hamo.Post($"/plans/{plan}/participants", new { person = new { name = $"Writer {n}", email = $"writer{n}@demo.example" }, role = "teacher" })).Expect(201);
        return (plan, (await hamo.Post($"/plans/{plan}/reviews", new { title = "Under way", opensOn = "2026-10-01", closesOn = "2026-10-30", invite = "everyone" })).Expect(201).Id);
    }

    private static async Task Succeeds(params string[] arguments)
    {
        var (exit, said, errors) = await BuiltProgram.Run(arguments);
        Assert.True(exit == 0 && errors.Length == 0, $"{string.Join(' ', arguments)}: {exit}\n{said}\n{errors}");
    }
}
