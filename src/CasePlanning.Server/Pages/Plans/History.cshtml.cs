using CasePlanning.Application.Journal;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>What happened on a plan and, the other way to read it, who has looked at it: newest first, as far as the reader may know.</summary>
public sealed class HistoryModel : PlanPage
{
    private const int MostEntries = 30;
    private const int MostLooks = 100;
    private const int MostPeople = 200;

    [BindProperty(SupportsGet = true, Name = "view")]
    public HistoryWay Way { get; set; }

    [BindProperty(SupportsGet = true)]
    public HistoryOf? Of { get; set; }

    /// <summary>A participant.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    public IReadOnlyList<ParticipantView> People { get; private set; } = [];

    /// <summary>What happened, day by day.</summary>
    public IReadOnlyList<(DateOnly Day, IReadOnlyList<HistoryEntry> Entries)> Days { get; private set; } = [];

    /// <summary>Who looked or wrote, day by day.</summary>
    public IReadOnlyList<(DateOnly Day, IReadOnlyList<Visit> Entries)> Looks { get; private set; } = [];

    public string? Next { get; private set; }

    public bool IsFiltered => Of is not null || By is not null;

    public bool IsFirst => From is null;

    public string? ToNext => To("History", new { view = Way is HistoryWay.Looks ? "looks" : null, of = Of, by = By, from = Next });

    /// <summary>Me, for the child; by name and role, anybody else.</summary>
    public string Called(Who who) => IsChild && who.ParticipantId == MyId ? "I"
        : PageWords.IsRoleAlone(who.Name, who.Role) || who.ParticipantId == MyId ? who.Name
        : $"{who.Name}, {PageWords.Of(who.Role).ToLowerInvariant()},";

    /// <summary>Who it was that looked: a participant, a system, or somebody from outside.</summary>
    public string Called(AccessLogEntry entry) => entry switch
    {
        { Who: { } who, Client: { } client } => $"{client}, for {who.Name}",
        { Who: { } who } => PageWords.IsRoleAlone(who.Name, who.Role) ? who.Name : $"{who.Name}, {PageWords.Of(who.Role).ToLowerInvariant()}",
        { Client: { } client, Agency: { } agency } => $"{client}, a system of {agency}",
        { Agency: { } agency } => $"Somebody from {agency}, who does not take part",
        _ => "Somebody who does not take part",
    };

    /// <summary>Where what it happened to can be read.</summary>
    public string? To(HistoryEntry entry) => entry.Of switch
    {
        HistoryOf.Views when entry.Kind is not HistoryKind.ViewTakenBack => To("View", new { view = entry.SubjectId }),
        HistoryOf.Decisions => To("Decision", new { decision = entry.SubjectId }),
        HistoryOf.ActionsAndTargets when entry.Kind is HistoryKind.TargetSet or HistoryKind.TargetReworded or HistoryKind.TargetReplied or HistoryKind.ProgressNoted =>
            To("Target", new { target = entry.SubjectId }),
        HistoryOf.ActionsAndTargets => To("Action", new { actionId = entry.SubjectId }),
        HistoryOf.Reviews => To("Review", new { review = entry.SubjectId }),
        _ => null,
    };

    protected override async Task Load()
    {
        await base.Load();
        if (Way is HistoryWay.Looks)
        {
            var looks = await Read(new ReadAccessLog(Id, PageFrom(From, MostLooks)));
            Next = SealedPlace(looks);
            Looks = [.. ByDay(looks.Items, e => e.At).Select(day => (day.Day, Together(day.Entries)))];
            return;
        }

        People = (await Read(new ListParticipants(Id, new PageOf(null, MostPeople)))).Items;
        var history = await Read(new ReadHistory(Id, PageFrom(From, MostEntries), Of, By));
        Next = SealedPlace(history);
        Days = [.. ByDay(history.Items, e => e.At)];
    }

    private IEnumerable<(DateOnly Day, IReadOnlyList<T> Entries)> ByDay<T>(IReadOnlyList<T> entries, Func<T, DateTimeOffset> at) =>
        entries.GroupBy(e => When.DayOf(at(e))).Select(g => (g.Key, (IReadOnlyList<T>)[.. g]));

    /// <summary>What one person does within an hour is one visit: a page that shows four things is no four lines.</summary>
    private IReadOnlyList<Visit> Together(IReadOnlyList<AccessLogEntry> entries) =>
    [
        .. entries.GroupBy(e => (When.Time(e.At).Split(':')[0], e with { Id = Guid.Empty, At = default, What = "", Wrote = false })).Select(g => new Visit(
            g.First(), PlanWords.Listed(g.GroupBy(e => e.What).Select(w => $"{char.ToLowerInvariant(w.Key[0])}{w.Key[1..]}{(w.Count() > 1 ? $" {w.Count()} times" : "")}")),
            When.Time(g.Min(e => e.At)) is var first && When.Time(g.Max(e => e.At)) is var last && first == last ? first : $"{first} to {last}")),
    ];
}

/// <summary>The two ways to read it.</summary>
public enum HistoryWay
{
    /// <summary>What was said, decided and done.</summary>
    Done,

    /// <summary>Who opened and read the plan.</summary>
    Looks,
}

/// <param name="Who">One of its entries, by which it is known who it was.</param>
/// <param name="What">All that they did, in words.</param>
/// <param name="Times">From when to when.</param>
public sealed record Visit(AccessLogEntry Who, string What, string Times);
