using System.Globalization;

namespace CasePlanning.Application.Feed;

/// <summary>How far a system has followed.</summary>
/// <param name="Number">The last number of the journal that it was looked at for.</param>
/// <param name="Since">The last number that there was when it began: it held nothing before, so it has nothing of before to erase.</param>
/// <param name="At">Up to when it was told of what begins and ends by itself, because a day was set for it.</param>
/// <param name="Plan">Of what begins or ends at that time, the last that it was told of; null when it was told of all.</param>
internal sealed record FeedPlace(long Number, long Since, DateTimeOffset At, Guid? Plan)
{
    private const int Form = 1;

    /// <summary>Of one width: the length of a cursor would tell how much has happened of which its reader sees nothing.</summary>
    private const string Wide = "+0000000000000000000;-0000000000000000000";

    /// <returns>Null for the beginning.</returns>
    public static FeedPlace? In(string? text) =>
        text?.Split(' ') is ["1", var number, var since, var at, var plan]
        && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
        && long.TryParse(since, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var s)
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new FeedPlace(n, s, new DateTimeOffset(ticks, TimeSpan.Zero), Guid.TryParse(plan, out var id) ? id : null)
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Form} {Number.ToString(Wide, CultureInfo.InvariantCulture)} {Since.ToString(Wide, CultureInfo.InvariantCulture)} {At.UtcTicks} {(Plan is { } plan ? plan.ToString() : "-")}");
}
