using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;

namespace CasePlanning.Application.Reading;

/// <summary>Ways of reading the same plan. None hides a voice from somebody another way would show it to.</summary>
public enum ReadingView
{
    /// <summary>Every outcome, every voice side by side.</summary>
    Outcome,

    /// <summary>Every voice, with what it says on each outcome.</summary>
    Person,

    /// <summary>Only the outcomes on which views differ.</summary>
    Differ,

    /// <summary>The child's words, and what was done with what they asked for.</summary>
    Child,

    /// <summary>Only what was said or decided since a given time.</summary>
    Since,
}

/// <summary>The multi-voiced reading of a plan: per outcome all views side by side, who has not been heard, what was decided.</summary>
/// <param name="ReviewId">The review to read; the running one, or else the newest, when absent.</param>
/// <param name="Since">For <see cref="ReadingView.Since"/>: the time to read from; the review's first day when absent.</param>
/// <param name="As">For whoever may hide something: exactly what this participant would be given.</param>
public sealed record ReadReading(
    Guid PlanId, Guid? ReviewId = null, ReadingView View = ReadingView.Outcome, DateTimeOffset? Since = null, Guid? As = null)
    : IQuery<WrittenReading>, IPlanRequest, IForPurpose, IForClientsThatRead
{
    public string? Purpose => As is null ? null : "preview";

    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>The plan as a reading names it.</summary>
public sealed record ReadPlanHeader(Guid Id, PlanKind Kind, string ChildName, Who LeadProfessional);

/// <summary>How many of the invited voices are heard, as far as the reader may know.</summary>
public sealed record VoicesCount(int Heard, int Invited);

/// <summary>An invited voice with no view on an outcome yet.</summary>
public sealed record NotHeardView(Guid ParticipantId, string Name, Role Role, string? Agency, VoiceStatus Status, AbsenceView? Absence);

/// <summary>One outcome with every voice on it.</summary>
/// <param name="ViewsDiffer">Two voices see it going differently, or somebody said that they see it otherwise.</param>
/// <param name="Withheld">How many views are not shared with the reader; absent for family, always.</param>
public sealed record OutcomeReading(
    string Code, string Name, string ChildName, bool ViewsDiffer, IReadOnlyList<ContributionView> Contributions,
    IReadOnlyList<NotHeardView> NotHeard, IReadOnlyList<DecisionView> Decisions, int? Withheld);

/// <summary>One voice with all it says.</summary>
public sealed record PersonReading(Who Who, IReadOnlyList<ContributionView> Contributions);

/// <summary>The multi-voiced reading.</summary>
/// <param name="People">Only when read by person.</param>
/// <param name="Requests">Only when the child's words are read: what they asked for, and the replies.</param>
public sealed record ReadingOfPlan(
    ReadPlanHeader Plan, ReviewSummary? Review, ReadingView View, VoicesCount Voices, IReadOnlyList<OutcomeReading> Outcomes,
    IReadOnlyList<PersonReading>? People, IReadOnlyList<QuestionView>? Requests);

public sealed class ReadReadingHandler(
    IPlanningDatabase database, CurrentCall call, KeptReadings readings, IReadingForm form, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadReading, WrittenReading>
{
    public async Task<WrittenReading> Handle(ReadReading request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var viewer = await Viewers.LookingAs(database, call.Viewer, request.As, now, cancellationToken);
        Task<MadeReading> Make() => MadeReading.Load(database, viewer, request.ReviewId, clocks, now, cancellationToken);

        // What most ask for is kept as it is sent; the other ways of reading are each written of the same reading.
        if (request.View is ReadingView.Outcome)
            return await readings.Of(viewer, request.ReviewId, now, async () => WrittenReading.Of((await Make()).Reading, form));
        var made = await readings.Of(viewer, request.ReviewId, now, Make);
        return WrittenReading.Of(made.In(request.View, request.Since), form);
    }
}
