using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages;

/// <summary>What is asked of whoever is signed in, over all their plans: one list by clock, each with why it is here.</summary>
public sealed class MyWorkModel : PlanningPage
{
    private const int MostItems = 100;
    private const int MostPlans = 200;
    private const int Week = 7;

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    public IReadOnlyList<WorkGroup> Groups { get; private set; } = [];

    public IReadOnlyList<PlanSummary> Plans { get; private set; } = [];

    public string? Next { get; private set; }

    public int ThisWeek { get; private set; }

    protected override async Task Load()
    {
        var work = await Read(new ReadMyWork(PageFrom(From, MostItems)));
        Plans = (await Read(new ListPlans(new PageOf(After: null, MostPlans)))).Items;
        Next = SealedPlace(work);
        ThisWeek = work.Items.Count(i => i.Due is { } due && due.DayNumber - Today.DayNumber <= Week);
        Groups =
        [
            .. work.Items.GroupBy(i => i.ChildName is null ? Guid.Empty : i.PlanId)
                .Select(g => new WorkGroup(g.First().ChildName, Plans.FirstOrDefault(p => p.Id == g.Key), [.. g])),
        ];
    }

    /// <summary>What is asked, in a few words, and where it is done; null while that has no page.</summary>
    public (string What, string? Address) Place(WorkItem item)
    {
        var isOwn = Plans.FirstOrDefault(p => p.Id == item.PlanId)?.Role is Role.Child;
        var (what, page) = WorkPlaces.Of(item.Kind, item.ChildName ?? "the child", isOwn);
        return (what, item.ChildName is null ? null : Url.Page(page, pageHandler: null, Values(item), protocol: null, host: null, FragmentOf(item)));
    }

    /// <summary>A plan as its reader calls it: the child's own is theirs.</summary>
    public static string Called(PlanSummary? plan, string child) => plan?.Role is Role.Child ? "My plan" : $"{PageWords.Whose(child)} plan";

    /// <summary>Where whoever was asked says in one step that they will be away.</summary>
    public string? ToAway(WorkItem item) => item.Kind is WorkKind.GiveView ? Url.Page("/Plans/Away", Values(item)) : null;

    /// <summary>Where on its page.</summary>
    private static string? FragmentOf(WorkItem item) => item.Kind switch
    {
        WorkKind.AnswerQuestion => $"question-{item.SubjectId}",
        WorkKind.SayWhetherStillTrue => $"carried-{item.Id}",
        WorkKind.StateFocus => "here-for",
        _ => null,
    };

    /// <summary>What the address of its page names.</summary>
    private static Dictionary<string, object?> Values(WorkItem item)
    {
        var values = new Dictionary<string, object?> { ["id"] = item.PlanId, ["review"] = item.ReviewId };
        var subject = item.Kind switch
        {
            WorkKind.AnswerHandover or WorkKind.DoAction => "actionId",
            WorkKind.AddressVoice => "voice",
            WorkKind.RecheckDecision => "decision",
            WorkKind.LookAtRestriction => "restriction",
            WorkKind.ReplyToChild => "target",
            WorkKind.ConfirmWords => "view",
            _ => null,
        };
        if (subject is not null)
            values[subject] = item.SubjectId;
        // Who came in is among those who looked.
        if (item.Kind is WorkKind.LookAtEmergencyAccess)
            values["view"] = "looks";
        return values;
    }
}

/// <param name="ChildName">Absent for what is asked of an office, which sees no child.</param>
public sealed record WorkGroup(string? ChildName, PlanSummary? Plan, IReadOnlyList<WorkItem> Items);
