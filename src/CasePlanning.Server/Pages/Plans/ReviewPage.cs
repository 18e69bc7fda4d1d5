using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>A page of one review.</summary>
public abstract class ReviewPage : PlanningPage
{
    /// <summary>The plan's.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The review's.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Review { get; set; }

    /// <summary>The version that was read, of what the form changes.</summary>
    [BindProperty]
    public int Version { get; set; }

    public WholeReview Whole { get; private set; } = null!;

    public ReviewView It => Whole.Review;

    public ReviewReader Reader => Whole.Reader;

    public string Child => Whole.ChildName;

    public Guid? MyId => Reader.Who?.ParticipantId;

    public bool IsOver => It.State is ReviewState.Closed or ReviewState.Signed;

    public bool IsSigned => It.State is ReviewState.Signed;

    /// <summary>Its days and the times of its meetings, where the plan is.</summary>
    public When When { get; private set; } = null!;

    public string Day(DateOnly day) => PageWords.Day(day, Whole.Today);

    public string Day(DateTimeOffset at) => Day(When.DayOf(at));

    public string Outcome(OutcomeView outcome) => Reader.IsFamily ? outcome.ChildName : outcome.Name;

    public string Outcome(string code) => Whole.Outcomes.FirstOrDefault(o => o.Code == code) is { } outcome ? Outcome(outcome) : code;

    /// <summary>Imke Sandover, designated teacher; the role alone when that is what stands for a name.</summary>
    public string Called(Who who) => ReviewWords.Called(who);

    /// <summary>Another page of this review; null while there is none.</summary>
    public string? To(string page, object? values = null) => Url.Page($"/Plans/{page}", new RouteValueDictionary(values) { ["id"] = Id, ["review"] = Review });

    public string? ToReview => To("Review");

    public string? ToOutcome(string code) => To("Plan") is { } plan ? $"{plan}#{code}" : null;

    /// <summary>Where somebody's words are written down for them; null for whoever has no voice here, and writes down nobody's.</summary>
    public string? ToContribute(string outcome, Guid? forWhom = null) => Reader.MayContribute ? To("Contribute", new { slug = outcome, @for = forWhom }) : null;

    /// <summary>Stops whoever came by an address that they were shown no link to.</summary>
    protected static void Must(bool may, string sentence)
    {
        if (!may)
            throw new NotAllowed(sentence);
    }

    protected override async Task Load()
    {
        Whole = await Read(new ReadWholeReview(Review));
        if (It.PlanId != Id)
            throw new NotVisible();
        When = new When(Whole.TimeZone, Whole.Today);
    }
}
