using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// A page of one plan. Its links are shown to whoever may do what they lead to; whether somebody may is asked again, by the use
/// case, when they do it.
/// </summary>
public abstract class PlanPage : PlanningPage
{
    private Viewer? reader;
    private DateOnly? today;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PlanView Plan { get; private set; } = null!;

    public string Child => Plan.Child.Name;

    public Guid? MyId => Plan.Me?.ParticipantId;

    /// <summary>The day it is where the plan is.</summary>
    public override DateOnly Today => today ?? base.Today;

    /// <summary>Days and times where the plan is.</summary>
    public When When { get; private set; } = null!;

    /// <summary>It is the reader's own plan.</summary>
    public bool IsChild => Plan.Me?.Role is Role.Child;

    public bool IsFamily => reader?.IsFamily is true;

    public bool MayRestrict => reader?.MayRestrict is true;

    public bool May(Permission permission) => reader is { Standing: Standing.Participant } && reader.May(permission);

    public string Day(DateOnly day) => PageWords.Day(day, Today);

    public string Day(DateTimeOffset at) => Day(When.DayOf(at));

    /// <summary>Outcomes in the child's words for the family, who did not choose the others.</summary>
    public string Outcome(string code) => Plan.Outcomes.FirstOrDefault(o => o.Code == code) is { } outcome
        ? IsFamily ? outcome.ChildName : outcome.Name
        : code;

    /// <summary>Another page of this plan; null while there is none.</summary>
    public string? To(string page, object? values = null) => Url.Page($"/Plans/{page}", new RouteValueDictionary(values) { ["id"] = Id });

    /// <summary>The way to the parts of this plan.</summary>
    /// <param name="here">The name of the page that this is a part of.</param>
    public PlanWays Ways(string here) => new(Id, Child, here, IsChild);

    /// <summary>Stops whoever came by an address that they were shown no link to.</summary>
    protected void Must(bool may, string sentence)
    {
        if (!may)
            throw new NotAllowed(sentence);
    }

    protected override async Task Load()
    {
        Plan = await Read(new ReadPlan(Id));
        var clock = HttpContext.RequestServices.GetRequiredService<IClocks>().Of(Plan.Authority);
        today = clock.DayOf(HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        When = new When(clock.TimeZone, Today);
        reader = HttpContext.RequestServices.GetRequiredService<CurrentCall>().ViewerIfAny;
    }
}
