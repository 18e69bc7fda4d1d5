using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One meeting as people write it: a day, a time, a place. An empty one is none.</summary>
public sealed class MeetingFields
{
    public MeetingFields()
    {
    }

    public MeetingFields(MeetingView meeting, When when) =>
        (On, Time, Place) = (new DateFields(when.DayOf(meeting.At)), when.Time(meeting.At), meeting.Place);

    public DateFields On { get; set; } = new();

    public string? Time { get; set; }

    public string? Place { get; set; }

    public bool IsEmpty => On.IsEmpty && string.IsNullOrWhiteSpace(Time) && string.IsNullOrWhiteSpace(Place);

    /// <summary>Those that are written, and room for more.</summary>
    public static IReadOnlyList<MeetingFields> Rows(IReadOnlyList<MeetingFields> written)
    {
        var some = written.Where(m => !m.IsEmpty).ToList();
        var room = Math.Max(1, Math.Min(3, Review.MostMeetings) - some.Count);
        return [.. some, .. Enumerable.Range(0, some.Count < Review.MostMeetings ? room : 0).Select(_ => new MeetingFields())];
    }

    /// <summary>All that are written; what is wrong with them is said at their fields.</summary>
    public static IReadOnlyList<NewMeeting> Read(IReadOnlyList<MeetingFields> written, When when, ModelStateDictionary state)
    {
        var meetings = new List<NewMeeting>();
        foreach (var (index, fields) in written.Index())
        {
            if (fields.IsEmpty)
                continue;
            var name = $"meetings[{index}]";
            var day = fields.On.Read(state, $"{name}.on", "The day of the meeting");
            var time = When.TimeIn(fields.Time);
            if (fields.On.IsEmpty)
                state.AddModelError($"{name}.on", "Say on which day the meeting is.");
            if (time is null)
                state.AddModelError($"{name}.time", "Write the time of the meeting like 15:30 or 3.30pm.");
            if (day is { } on && time is { } at)
                meetings.Add(new NewMeeting(when.At(on, at), FormWords.Said(fields.Place)));
        }

        return meetings;
    }
}
