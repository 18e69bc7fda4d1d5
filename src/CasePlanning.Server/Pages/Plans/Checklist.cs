using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>What must be so before a review closes and is signed off: each thing done, or exactly why not yet and where to do it.</summary>
public sealed record Checklist(ReviewPage Page)
{
    private ReadinessView Readiness => Page.Whole.Readiness!;

    public IReadOnlyList<CheckedThing> BeforeClosing =>
    [
        Of(Readiness.ToClose, ReviewRules.VoiceNotAddressed.Code, "Everybody who was asked is heard, or it is recorded what was done",
            h => Page.To("Voice", new { voice = h.Subject }), "Record what was done"),
        Of(Readiness.ToClose, ReviewRules.ChildWaitsForReply.Code, $"{Page.Child} has a reply to everything that was asked", Reply, "Reply"),
        Of(Readiness.ToClose, ReviewRules.DifferenceLeftOpen.Code, "Where views differ something was decided, or you say why it is left open",
            h => Page.Reader.MayDecide ? Page.To("RecordDecision", new { outcome = h.Outcome }) : Page.ToOutcome(h.Outcome!),
            Page.Reader.MayDecide ? "Record a decision" : "Read the views"),
    ];

    public CheckedThing BeforeSigningOff =>
        Of(Readiness.ToSignOff, DecisionRules.NeedsRecheck.Code, "Every decision was looked at again after later views",
            h => Page.To(Page.Reader.MayDecide ? "RecheckDecision" : "Decision", new { decision = h.Subject }), Page.Reader.MayDecide ? "Look at it again" : "Read it");

    public IReadOnlyList<CheckedThing> AtTheEnd => [BeforeSigningOff];

    /// <summary>What not even a reason can replace.</summary>
    public bool CanClose => Readiness.ToClose.All(h => h.Outcome is not null);

    public bool HasDifferences => Readiness.ToClose.Any(h => h.Outcome is not null);

    private CheckedThing Of(
        IEnumerable<HindranceView> all, string code, string what, Func<HindranceView, string?> where, string act)
    {
        var open = all.Where(h => h.Code == code).ToList();
        return new CheckedThing(what, [.. open.Select(h => new OpenThing(Why(h), where(h), act))]);
    }

    /// <summary>What it is about, in its own words where the reader knows them.</summary>
    private string Why(HindranceView hindrance) =>
        Page.Whole.Views.SelectMany(v => v.Questions).FirstOrDefault(q => q.Id == hindrance.Subject) is { } question
            ? $"{Page.Child} asked “{question.Words}” and has no reply yet."
            : Page.Whole.Decisions.FirstOrDefault(d => d.Id == hindrance.Subject) is { } decision
                ? $"“{decision.What}”: {WhoSpokeAfter(decision)} spoke after it was decided."
                : hindrance.Message;

    private string WhoSpokeAfter(DecisionView decision) =>
        PlanWords.Listed(Page.Whole.Views.Where(v => decision.Unchecked.Contains(v.Id)).Select(v => v.Author).DistinctBy(a => a.ParticipantId).Select(a => a.Name)) is { Length: > 0 } names
            ? names
            : "somebody";

    private string? Reply(HindranceView hindrance)
    {
        if (hindrance.Subject is not { } subject)
            return null;
        return Page.Whole.Views.FirstOrDefault(v => v.Questions.Any(q => q.Id == subject)) is { } view
            ? Page.To("View", new { view = view.Id, answer = subject })
            : Page.To("Target", new { target = subject });
    }
}

public sealed record CheckedThing(string What, IReadOnlyList<OpenThing> Open)
{
    public bool IsDone => Open.Count == 0;
}

/// <param name="Address">Where it is done; null where there is no page for it, or not for this reader.</param>
public sealed record OpenThing(string Why, string? Address, string Act);
