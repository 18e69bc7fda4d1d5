using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Browser.Tests;
using CasePlanning.Domain.KnowWho;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Benchmarks;

/// <summary>
/// What it costs that every look is journaled before it is shown: the same plan is read from two hosts on copies of one store,
/// over real connections, one of which keeps its looks and one of which does not. They take turns.
/// </summary>
internal static class JournaledReads
{
    private const int Voices = 12;
    private const int Rounds = 9;
    private const string Secret = "a-secret-that-lasts-a-minute";

    private static readonly int[] ReadersAtOnce = [1, 16];
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    /// <param name="parent">Where the stores are kept meanwhile; it should be on a disk.</param>
    public static async Task Measure(string parent)
    {
        var home = Directory.CreateDirectory(Path.Combine(parent, $"caseplanning-benchmark-{Guid.NewGuid():N}")).FullName;
        try
        {
            var (plan, token) = await Fill(Path.Combine(home, "kept"));
            Copy(Path.Combine(home, "kept"), Path.Combine(home, "not-kept"));
            await using var kept = new MeasuredHost(Path.Combine(home, "kept"));
            await using var notKept = new MeasuredHost(Path.Combine(home, "not-kept"), keepsLooks: false);
            using var journaling = Reader(kept, token);
            using var forgetting = Reader(notKept, token);
            var address = new Uri($"/api/v1/plans/{plan}/reading", UriKind.Relative);
            var bytes = (await journaling.GetByteArrayAsync(address)).Length;
            Say($"One plan of {Voices} voices × {BigPlan.Outcomes.Length} outcomes, {bytes / 1024} KB, SQLite, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, .NET {Environment.Version}.");
            Say($"Medians of {Rounds} turns of {Turn.TotalSeconds:0} s each way, in alternation; readers and hosts on the same processors.");
            foreach (var readers in ReadersAtOnce)
                await Compare(readers, journaling, forgetting, address);
            Say($"Looks kept: {await kept.Looks()} with the journal, {await notKept.Looks()} without.");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task Compare(int readers, HttpClient journaling, HttpClient forgetting, Uri address)
    {
        var (with, without) = (new List<double>(), new List<double>());
        // The first round warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            // Whoever comes first this time comes second the next.
            var turns = new[] { (Reader: journaling, Rates: with), (Reader: forgetting, Rates: without) };
            foreach (var (reader, rates) in round % 2 == 0 ? turns : turns.Reverse())
            {
                var rate = await ReadsPerSecond(reader, readers, address);
                if (round > 0)
                    rates.Add(rate);
            }
        }

        var (journaled, bare) = (Median(with), Median(without));
        Say($"{readers,2} at once: {journaled:0} reads per second journaled ({with.Min():0} to {with.Max():0}), {bare:0} not journaled ({without.Min():0} to {without.Max():0}): {100 * (1 - (journaled / bare)):0} % fewer, {1000 * readers * ((1 / journaled) - (1 / bare)):0.0} ms more each.");
    }

    private static async Task<double> ReadsPerSecond(HttpClient http, int readers, Uri address)
    {
        var clock = Stopwatch.StartNew();
        var reads = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Task.Run(async () =>
        {
            var read = 0;
            for (; clock.Elapsed < Turn; read++)
            {
                using var answer = await http.GetAsync(address);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            }

            return read;
        })));
        return reads.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>A store with one plan, and the token of a system that may read it.</summary>
    private static async Task<(Guid Plan, string Token)> Fill(string data)
    {
        Directory.CreateDirectory(data);
        await using var host = new MeasuredHost(data);
        var plan = await BigPlan.In(host.Services, "Wren", Voices, BigPlan.Usual);
        var client = await host.Services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var database = lane.GetRequiredService<IPlanningDatabase>();
            var agency = await database.Persons.Where(p => p.Id == plan.Lead).Select(p => p.AgencyId!.Value).SingleAsync(cancellation);
            var registered = await lane.GetRequiredService<ClientRegistration>().Register(
                new NewClient(agency, "Benchmark", [ClientScopes.PlansRead]), new ClientCredential.Secret(Secret), cancellation);
            await database.SaveChangesAsync(cancellation);
            return registered.ClientId;
        }, CancellationToken.None);

        using var http = host.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") });
        using var asked = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", Secret), new("scope", ClientScopes.PlansRead)]);
        using var granted = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), asked);
        using var answer = JsonDocument.Parse(await granted.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return (plan.Id, answer.RootElement.GetProperty("access_token").GetString()!);
    }

    private static HttpClient Reader(MeasuredHost host, string token)
    {
        host.UseKestrel(0);
        host.StartServer();
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
