using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Journal;

/// <summary>Who looked and who wrote, who may know of it, and how it is proved.</summary>
public sealed class JournalTests : IAsyncLifetime
{
    private readonly PlanningHost host = new();
    private ApiCaller hamo = null!;
    private ApiCaller kezia = null!;
    private ApiCaller petra = null!;
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        (hamo, kezia, petra) = (host.SignInAs("hamo.tresk"), host.SignInAs("kezia.amari-holt"), host.SignInAs("petra.lanyon"));
        plan = (await kezia.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        review = (await kezia.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Who_looked_and_who_wrote_is_told_by_the_names_the_reader_may_see()
    {
        using var maud = host.SignInAs("maud.ellerthwaite");
        using var delphine = host.SignInAs("delphine.holt");
        (await maud.Get($"/plans/{plan}/reading")).Expect(200);
        await Say(maud, "She slept.", "everyone");

        var told = (await delphine.Get($"/plans/{plan}/access-log")).Expect(200);
        Assert.Contains(told.Items, e => e.GetProperty("what").GetString() == "Gave a view" && e.GetProperty("who").GetProperty("name").GetString() is "Carer 1" or "Carer 2");
        Assert.DoesNotContain("Ellerthwaite", told.Text, StringComparison.Ordinal);
        Assert.Contains("Maud Ellerthwaite", (await hamo.Get($"/plans/{plan}/access-log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_and_read_in_confidence_is_not_told_to_others()
    {
        using var sunniva = host.SignInAs("sunniva.raike");
        using var delphine = host.SignInAs("delphine.holt");
        using var imke = host.SignInAs("imke.sandover");
        var before = (await delphine.Get($"/plans/{plan}/access-log")).Items.Count();
        var hidden = await Say(sunniva, "A note for health.", "health");
        (await sunniva.Get($"/contributions/{hidden}")).Expect(200);
        (await delphine.Get($"/contributions/{hidden}")).Expect(404);

        // Her own look at the log, and nothing else.
        Assert.Equal(before + 1, (await delphine.Get($"/plans/{plan}/access-log")).Items.Count());
        Assert.DoesNotContain("Gave a view", string.Concat((await imke.Get($"/plans/{plan}/access-log")).Items.Take(5)), StringComparison.Ordinal);
        Assert.Contains("Gave a view", (await sunniva.Get($"/plans/{plan}/access-log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_turned_away_is_told_to_professionals_by_agency_and_to_no_family()
    {
        using var gwilym = host.SignInAs("gwilym.sarn");
        (await gwilym.Get($"/plans/{plan}")).Expect(404);
        var refused = (await hamo.Get($"/plans/{plan}/access-log")).Items.Single(e => e.GetProperty("refused").GetBoolean());
        Assert.Equal("Holmewater Community School", refused.GetProperty("agency").GetString());
        Assert.False(refused.TryGetProperty("who", out _));
        Assert.DoesNotContain((await kezia.Get($"/plans/{plan}/access-log")).Items, e => e.GetProperty("refused").GetBoolean());
    }

    [Fact]
    public async Task What_the_caller_has_already_is_no_look()
    {
        var first = (await kezia.Get($"/plans/{plan}/reading")).Expect(200);
        var before = await Entries();
        (await kezia.Get($"/plans/{plan}/reading", ifNoneMatch: first.ETag)).Expect(304);
        Assert.Equal(before, await Entries());
        (await kezia.Get($"/plans/{plan}/reading")).Expect(200);
        Assert.Equal(before + 1, await Entries());
    }

    [Fact]
    public async Task A_list_of_looks_goes_on_page_by_page_without_gaps()
    {
        for (var i = 0; i < 7; i++)
            (await kezia.Get($"/plans/{plan}")).Expect(200);
        var whole = (await hamo.Get($"/plans/{plan}/access-log?limit=200")).Items.Select(e => e.GetProperty("id").GetString()).ToList();
        var (paged, next) = (new List<string?>(), (string?)"?limit=3");
        while (next is not null)
        {
            var page = (await hamo.Get($"/plans/{plan}/access-log{next}")).Expect(200);
            paged.AddRange(page.Items.Select(e => e.GetProperty("id").GetString()));
            next = page.Json.TryGetProperty("next", out var cursor) && cursor.GetString() is { } text ? $"?limit=3&cursor={Uri.EscapeDataString(text)}" : null;
        }

        Assert.Equal(paged.Count, paged.Distinct().Count());
        Assert.Empty(whole.Except(paged));
    }

    [Fact]
    public async Task A_write_has_a_receipt_and_the_receipt_a_proof_for_its_author_alone()
    {
        // What was there before is signed, so that the next signature is a minute away.
        await host.SignJournal();
        var said = (await kezia.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words = "I slept." })).Expect(201);
        var receipt = said.Headers.GetValues("Journal-Receipt").Single();
        (await kezia.Get($"/me/receipts/{receipt}")).ExpectProblem(409, "journal.not-signed-yet");
        await host.SignJournal();

        var proof = (await kezia.Get($"/me/receipts/{receipt}")).Expect(200);
        var checkpoint = proof["checkpoint"];
        var root = Convert.FromBase64String(checkpoint.GetProperty("text").GetString()!.Split('\n')[2]);
        Assert.Equal(receipt, Convert.ToHexStringLower(MerkleTree.Leaf(Encoding.UTF8.GetBytes(proof["entry"].GetString()!))));
        Assert.True(MerkleTree.Includes(root, checkpoint.GetProperty("size").GetInt64(), proof["sequence"].GetInt64(), Convert.FromHexString(receipt),
            [.. proof["path"].EnumerateArray().Select(h => Convert.FromBase64String(h.GetString()!))]));
        using var key = await Key();
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(checkpoint.GetProperty("text").GetString()!),
            Convert.FromBase64String(checkpoint.GetProperty("signature").GetString()!), HashAlgorithmName.SHA256));

        (await hamo.Get($"/me/receipts/{receipt}")).Expect(404);
        (await kezia.Get($"/me/receipts/{new string('0', 64)}")).Expect(404);
        (await kezia.Get("/me/receipts/nonsense")).Expect(404);
    }

    [Fact]
    public async Task A_privacy_officer_reads_the_journal_and_no_plan()
    {
        (await petra.Get($"/plans/{plan}")).Expect(404);
        (await hamo.Get($"/plans/{plan}")).Expect(200);
        await host.SignJournal();
        var reads = (await petra.Get($"/audit/entries?plan={plan}")).Expect(200).Items
            .Where(e => e.GetProperty("act").GetString() == "ReadPlan" && e.GetProperty("verdict").GetString() == "allowed").ToList();
        var entry = reads.Single(e => e.TryGetProperty("person", out _));
        Assert.Equal("Hamo Tresk", entry.GetProperty("person").GetString());
        // The child read it too, and no office is told a child's name.
        Assert.Contains(reads, e => !e.TryGetProperty("person", out _));
        Assert.Equal(entry.GetProperty("receipt").GetString(), (await petra.Get($"/audit/proofs/{entry.GetProperty("id").GetString()}")).Expect(200)["leafHash"].GetString());
        (await petra.Get("/audit/checkpoints")).Expect(200);
        foreach (var address in new[] { "/audit/entries", "/audit/checkpoints", "/audit/export", $"/audit/proofs/{entry.GetProperty("id").GetString()}" })
            (await hamo.Get(address)).Expect(403);
    }

    [Fact]
    public async Task An_export_is_verified_without_a_database_and_an_altered_one_is_not()
    {
        var said = (await kezia.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words = "I slept." })).Expect(201);
        await host.SignJournal();
        var lines = (await petra.Get("/audit/export")).Expect(200)["lines"].GetString()!;
        var (file, key) = (Path.Combine(host.DataDirectory, "export.ndjson"), Path.Combine(host.DataDirectory, "key.pem"));
        await File.WriteAllTextAsync(key, await host.Anonymous().Http.GetStringAsync("/.well-known/journal-key"));
        await File.WriteAllTextAsync(file, lines);
        var checkpoints = Path.Combine(host.DataDirectory, "journal", "checkpoints.ndjson");
        var receipt = said.Headers.GetValues("Journal-Receipt").Single();
        Assert.Equal(0, AuditVerb.Run(["audit", "verify", file, "--key", key, "--checkpoints", checkpoints, "--receipt", receipt]));
        Assert.Equal(1, AuditVerb.Run(["audit", "verify", file, "--key", key, "--receipt", new string('0', 64)]));
        await File.WriteAllTextAsync(file, lines.Replace("Allowed", "Denied ", StringComparison.Ordinal));
        Assert.Equal(1, AuditVerb.Run(["audit", "verify", file, "--key", key]));
        Assert.Equal(2, AuditVerb.Run(["audit", "verify", file]));
        Assert.Equal(2, AuditVerb.Run(["audit", "verify", "nowhere", "--key", key]));
        Assert.Equal(2, AuditVerb.Run(["audit"]));
    }

    [Fact]
    public async Task What_did_not_reach_the_file_of_checkpoints_whole_reaches_it_with_the_next()
    {
        await Say(kezia, "I slept.", "everyone");
        await host.SignJournal();
        var file = Path.Combine(host.DataDirectory, "journal", "checkpoints.ndjson");
        var whole = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, whole[..^20]);
        await Say(kezia, "I slept well.", "everyone");
        await host.SignJournal();

        Assert.StartsWith(whole, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal((await petra.Get("/audit/checkpoints?limit=200")).Items.Count(), (await File.ReadAllLinesAsync(file)).Length);
    }

    [Fact]
    public async Task The_journal_holds_no_words()
    {
        var canary = $"zq{Guid.NewGuid():N}";
        await Say(kezia, canary, "everyone");
        await host.SignJournal();
        Assert.DoesNotContain(canary, (await petra.Get("/audit/export")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", (await petra.Get("/audit/export")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_of_many_tiles_proves_its_first_and_its_last_entry()
    {
        await host.Services.GetRequiredService<IWriteLane>().Run(async (services, cancellation) =>
        {
            var database = services.GetRequiredService<IPlanningDatabase>();
            var person = database.Persons.Single(p => p.Email == "kezia.amari-holt@demo.example").Id;
            database.Journal.AddRange(Enumerable.Range(0, 1500).Select(i => new JournalEntry(
                new Actor(person, null, null, null, $"seeded-{i}"), new Deed("AddContribution", true, Guid.Parse(plan), "Plan", null, ResultId: Guid.NewGuid()), Verdict.Allowed, [], host.Clock.Now)));
            return await database.SaveChangesAsync(cancellation);
        }, CancellationToken.None);
        await host.SignJournal();
        await using var scope = host.Services.CreateAsyncScope();
        var entries = await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Journal.AsNoTracking()
            .Where(e => e.RequestId.StartsWith("seeded-")).OrderBy(e => e.Sequence).ToListAsync();
        foreach (var entry in new[] { entries[0], entries[700], entries[^1] })
        {
            var proof = (await kezia.Get($"/me/receipts/{Convert.ToHexStringLower(entry.LeafHash)}")).Expect(200);
            Assert.True(MerkleTree.Includes(
                Convert.FromBase64String(proof["checkpoint"].GetProperty("text").GetString()!.Split('\n')[2]), proof["checkpoint"].GetProperty("size").GetInt64(),
                proof["sequence"].GetInt64(), entry.LeafHash, [.. proof["path"].EnumerateArray().Select(h => Convert.FromBase64String(h.GetString()!))]));
        }

        // They were put there by nobody's call.
        host.Calls.Clear();
    }

    [Fact]
    public async Task What_cannot_be_journaled_is_not_shown()
    {
        await using var broken = new PlanningHost { ComparesJournal = false, Replace = s => s.AddSingleton<IJournal, Away>() };
        using var reader = broken.SignInAs("kezia.amari-holt");
        var answer = (await reader.Get("/plans")).ExpectProblem(503, "store.unavailable");
        Assert.DoesNotContain("Kezia", answer.Text, StringComparison.Ordinal);
    }

    private async Task<string> Say(ApiCaller who, string words, string audience) =>
        (await who.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words, audience = new { kind = audience } })).Expect(201).Id;

    private async Task<ECDsa> Key()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(await host.Anonymous().Http.GetStringAsync("/.well-known/journal-key"));
        return key;
    }

    private async Task<int> Entries()
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Journal.CountAsync();
    }

    private sealed class Away : IJournal
    {
        public Task Record(JournalEntry entry, CancellationToken cancellation) => throw new StoreUnavailable("store.unavailable");
    }
}
