using System.Globalization;
using CasePlanning.Application.Reading;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Instants as days and times where a plan is.</summary>
public sealed class When(string timeZone, DateOnly today)
{
    private static readonly string[] Times = ["H:m", "H.m", "h:mmtt", "h.mmtt", "h:mm tt", "h.mm tt", "htt", "h tt"];
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>15:30.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("H:mm", CultureInfo.InvariantCulture);

    /// <summary>Wednesday 14 October at 15:30, Larkmoor Academy.</summary>
    public string Meeting(MeetingView meeting) =>
        $"{PageWords.WeekDay(DayOf(meeting.At), today)} at {Time(meeting.At)}{(meeting.Place is { } place ? $", {place}" : "")}";

    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    /// <summary>A time as people write it: 15:30, 3.30pm, 3pm. Null when it is none.</summary>
    public static TimeOnly? TimeIn(string? text) =>
        TimeOnly.TryParseExact(text?.Trim().ToUpperInvariant(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}
