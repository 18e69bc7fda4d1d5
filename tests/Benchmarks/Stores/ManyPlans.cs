using System.Diagnostics;
using System.Globalization;
using System.Text;
using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>
/// A store of any size: the product makes one plan, and every row that leads to it is copied as often as is asked, with ids of its
/// own. Contributions lie in the order in which they came: every plan gets its next one before any gets the one after. All of them
/// are in the journal.
/// </summary>
internal sealed class ManyPlans
{
    /// <summary>Whether every reference leads somewhere depends on no size, and takes long to see.</summary>
    private const int MostChecked = 20_000;

    private readonly StoreSize size;
    private readonly KnownPeople people;
    private readonly OnePlan plan;
    private readonly IModel model;
    private readonly CopiedIds ids;

    private ManyPlans(StoreSize size, KnownPeople people, OnePlan plan, IModel model)
    {
        (this.size, this.people, this.plan, this.model) = (size, people, plan, model);
        ids = new CopiedIds(people);
        foreach (var person in plan.Family)
            ids.Add(person.Id);
        ids.Add(plan.Plan.Id);
    }

    /// <param name="data">The data directory, which is empty or not there yet.</param>
    public static async Task Make(string data, StoreSize size)
    {
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
            throw new InvalidOperationException($"{data} is not empty.");
        Directory.CreateDirectory(data);
        var clock = Stopwatch.StartNew();
        ManyPlans many;
        await using (var host = new MeasuredHost(data))
        {
            var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var people = await KnownPeople.In(host.Services, size, now);
            var plan = await OnePlan.In(host.Services, size, people, now);
            await using var scope = host.Services.CreateAsyncScope();
            many = new ManyPlans(size, people, plan, ((DbContext)scope.ServiceProvider.GetRequiredService<IPlanningDatabase>()).Model);
        }

        // Connections that are kept for the next would keep the file as well.
        SqliteConnection.ClearAllPools();
        Say($"{clock.Elapsed:mm\\:ss} one plan, {size.Colleagues * many.people.Parts.Count} professionals");
        var file = Path.Combine(data, "caseplanning.db");
        using (var store = new PlainSqlite(file))
        {
            many.Copy(store, clock);
            Say($"{clock.Elapsed:mm\\:ss} rows");
            store.Finish();
            if (size.Plans <= MostChecked && store.Read("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check").Select(row => row[0]).ToList() is { Count: > 0 } loose)
                throw new InvalidOperationException($"Rows of {string.Join(", ", loose)} lead to none.");
        }

        Say($"{clock.Elapsed:mm\\:ss} {size.Plans} plans, {(long)size.Plans * size.Contributions} contributions, {new FileInfo(file).Length >> 20} MiB");
    }

    private void Copy(PlainSqlite store, Stopwatch clock)
    {
        var rows = Rows(store).ToLookup(row => row.Contribution, row => row.Row);
        Each(rows[null], _ => { });
        using var journal = new Journal(store, model);
        var said = plan.Contributions.OrderBy(c => c.FirstSignedAt).ToList();
        for (var place = 0; place < said.Count; place++)
        {
            var contribution = said[place];
            var voice = plan.Voices.Single(v => v.Id == contribution.VoiceId);
            var content = Encoding.UTF8.GetBytes(contribution.Versions[0].Words);
            Each(rows[contribution.Id], copy => journal.Keep(
                new Actor(ids.Of(voice.PersonId, copy), null, null, voice.AgencyId, $"{copy:x8}:{place:x8}"),
                new Deed(nameof(AddContribution), Writes: true, ids.Of(plan.Plan.Id, copy), nameof(PlanPartKind.Plan), ids.Of(plan.Plan.Id, copy), ids.Of(contribution.Id, copy)),
                content, contribution.FirstSignedAt.AddMilliseconds(copy)));
            if (place % 10 == 9)
                Say($"{clock.Elapsed:mm\\:ss} {(place + 1L) * size.Plans} contributions");
        }

        journal.Finish();
    }

    private void Each(IEnumerable<CopiedRow> rows, Action<int> beside)
    {
        var together = rows.ToList();
        for (var copy = 0; copy < size.Plans; copy++)
        {
            if (copy > 0)
                together.ForEach(row => row.Insert(ids, copy));
            beside(copy);
        }

        together.ForEach(row => row.Dispose());
    }

    /// <summary>Whatever leads to the plan or its family, by however many steps; with the contribution that it came with, if any.</summary>
    private IEnumerable<(Guid? Contribution, CopiedRow Row)> Rows(PlainSqlite store)
    {
        var tables = store.Read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'")
            .Select(row => (string)row[0]!).ToList().Select(name => (Name: name, Columns: store.Read($"SELECT name, pk FROM pragma_table_info('{name}')")
                .Select(c => (Name: (string)c[0]!, IsKey: (long)c[1]! > 0)).ToList())).ToList();
        var all = tables.SelectMany(table => store.Read($"SELECT * FROM \"{table.Name}\"")
            .Select(row => (Table: table, Cells: row, Ids: row.OfType<string>().SelectMany(CopiedRow.IdsIn).ToHashSet()))).ToList();
        var found = new HashSet<object?[]>();
        while (true)
        {
            var more = all.Where(row => !found.Contains(row.Cells) && row.Ids.Any(ids.IsOwn)).ToList();
            if (more.Count == 0)
                break;
            foreach (var (table, cells, _) in more)
            {
                found.Add(cells);
                if (table.Columns.Count(c => c.IsKey) == 1 && Guid.TryParse(cells[table.Columns.FindIndex(c => c.IsKey)] as string, out var key))
                    ids.Add(key);
            }
        }

        var spoken = plan.Contributions.Select(c => c.Id).ToHashSet();
        string[] withContribution = [model.FindEntityType(typeof(Contribution))!.GetTableName()!, model.FindEntityType(typeof(ContributionVersion))!.GetTableName()!];
        return [.. all.Where(row => found.Contains(row.Cells)).Select(row => (
            withContribution.Contains(row.Table.Name) ? row.Ids.First(spoken.Contains) : (Guid?)null,
            new CopiedRow(store, row.Table.Name, [.. row.Table.Columns.Zip(row.Cells, (column, value) => (column.Name, value))], ids)))];
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Entries with the numbers, and the tiles of the tree, that the sequencer would have given them.</summary>
    private sealed class Journal(PlainSqlite store, IModel model) : IDisposable
    {
        private readonly EntityRows entries = new(store, model, typeof(JournalEntry));
        private readonly EntityRows tiles = new(store, model, typeof(JournalTile));
        private readonly List<byte[]> leaves = new(JournalTile.Leaves);
        private int length;

        public void Keep(Actor actor, Deed deed, byte[] content, DateTimeOffset at)
        {
            var entry = new JournalEntry(actor, deed, Verdict.Allowed, content, at);
            entries.Insert(entry, (nameof(JournalEntry.Sequence), (long)length++));
            leaves.Add(entry.LeafHash);
            if (leaves.Count < JournalTile.Leaves)
                return;
            tiles.Insert(new JournalTile((length / JournalTile.Leaves) - 1, MerkleTree.Root(leaves)));
            leaves.Clear();
        }

        public void Finish()
        {
            using var lengths = new EntityRows(store, model, typeof(JournalLength));
            var all = new JournalLength();
            all.Grow(length);
            lengths.Insert(all);
        }

        public void Dispose()
        {
            entries.Dispose();
            tiles.Dispose();
        }
    }
}
