using System.Globalization;
using CasePlanning.Domain.Journal;

namespace CasePlanning.Application.Journal;

/// <summary>Where a page of entries, newest first, ended.</summary>
internal readonly record struct Place(DateTimeOffset At, Guid Id)
{
    public static Place Of(JournalEntry entry) => new(entry.At, entry.Id);

    public static Place? Parse(string? text) =>
        text?.Split('.') is [var ticks, var id] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && Guid.TryParse(id, out var entry)
            ? new Place(new DateTimeOffset(at, TimeSpan.Zero), entry)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id}");

    public static IQueryable<JournalEntry> NewestAfter(IQueryable<JournalEntry> entries, Place? place)
    {
        if (place is { } p)
        {
            var (at, id) = p;
            entries = entries.Where(e => e.At < at || (e.At == at && e.Id.CompareTo(id) < 0));
        }

        return entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
    }
}
