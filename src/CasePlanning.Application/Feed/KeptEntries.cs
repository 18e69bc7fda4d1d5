using CasePlanning.Application.Ports;
using Microsoft.Extensions.Caching.Memory;

namespace CasePlanning.Application.Feed;

/// <summary>
/// What those who follow ask for most, kept in memory: an entry that has its number never changes, nor does the audience of a contribution, and
/// all of them ask for the same ones, which are the last. It is kept of everybody and tells nobody of anything: what somebody may know of it is
/// judged anew each time.
/// </summary>
public sealed class KeptEntries : IDisposable
{
    private const int MostKilobytes = 24_000;

    /// <summary>So many in a row are kept, and given up, together.</summary>
    private const int Numbers = 512;

    /// <summary>Each by its place: the first begins with the number nought.</summary>
    private readonly MemoryCache blocks = new(new MemoryCacheOptions { SizeLimit = MostKilobytes });

    /// <summary>The first ones after a number, up to another.</summary>
    /// <param name="last">The last number that there is.</param>
    internal async Task<List<FeedEntry>> Between(IPlanningDatabase database, long after, long upTo, long last, int most, CancellationToken cancellation)
    {
        var found = new List<FeedEntry>(most);
        for (var number = after + 1; number <= upTo && found.Count < most;)
        {
            var place = number / Numbers;
            var until = Math.Min(upTo, LastIn(place));
            var block = Find(place, until) ?? await Read(database, place, Math.Min(last, LastIn(upTo / Numbers)), cancellation);
            for (var i = block.FirstFrom(number); i < block.Rows.Length && block.Rows[i].Number <= until && found.Count < most; i++)
                found.Add(block.Rows[i].Entry);
            number = until + 1;
        }

        return found;
    }

    public void Dispose() => blocks.Dispose();

    private Block? Find(long place, long until) => blocks.TryGetValue(place, out Block? block) && block!.UpTo >= until ? block : null;

    /// <summary>Reads this block and those after it at once, of this one only what is not known of it.</summary>
    /// <param name="upTo">Where a block ends, or the journal: one that was kept in part would be copied for each part.</param>
    private async Task<Block> Read(IPlanningDatabase database, long place, long upTo, CancellationToken cancellation)
    {
        var rows = new List<Row>(Numbers);
        var after = (place * Numbers) - 1;
        if (blocks.TryGetValue(place, out Block? known))
        {
            rows.AddRange(known!.Rows);
            after = known.UpTo;
        }

        Block? first = null;
        await foreach (var entry in FeedEntries.Between(database, after, upTo).WithCancellation(cancellation))
        {
            while (entry.Number > LastIn(place))
                KeepBlock();
            rows.Add(new Row(entry));
        }

        while (place <= upTo / Numbers)
            KeepBlock();
        return first!;

        void KeepBlock()
        {
            var block = Keep(place, new Block(Math.Min(upTo, LastIn(place)), [.. rows]));
            first ??= block;
            rows.Clear();
            place++;
        }
    }

    private Block Keep(long place, Block block) => blocks.Set(place, block, new MemoryCacheEntryOptions { Size = block.Kilobytes });

    private static long LastIn(long place) => ((place + 1) * Numbers) - 1;

    /// <param name="UpTo">The number up to which it is known which entries there are.</param>
    private sealed record Block(long UpTo, Row[] Rows)
    {
        public int Kilobytes => 1 + (Rows.Length * Row.Bytes / 1_000);

        public int FirstFrom(long number)
        {
            var (low, high) = (0, Rows.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Rows[middle].Number < number ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }

    /// <summary>An entry in as little room as it needs: there are a quarter of a million of them.</summary>
    private readonly struct Row(FeedEntry entry)
    {
        public const int Bytes = 96;

        private readonly Guid id = entry.Id;
        private readonly Guid plan = entry.PlanId;
        private readonly Guid part = entry.PartId ?? Guid.Empty;
        private readonly Guid result = entry.ResultId;
        private readonly long ticks = entry.At.UtcTicks;
        private readonly long openSince = entry.OpenSince?.UtcTicks ?? 0;
        private readonly string act = entry.Act;

        public long Number { get; } = entry.Number;

        public FeedEntry Entry => new(
            Number, id, At(ticks), act, plan, part == Guid.Empty ? null : part, result, openSince == 0 ? null : At(openSince));

        private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
    }
}
