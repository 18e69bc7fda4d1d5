using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;

namespace CasePlanning.Application.Plans;

/// <summary>Changes a target with the team.</summary>
public sealed record ChangeTarget(Guid TargetId, int ReadAt, TargetChange Body) : IFromVersion, IPlanRequest, IWithBody<TargetChange>
{
    public PlanPart About => PlanPart.Target(TargetId);

    public Permission Needs => Permission.Act;
}

/// <summary>What to change; absent members stay as they are.</summary>
public sealed record TargetChange(
    Change<string> What = default, Change<string?> How = default, Change<string?> Why = default, Change<string?> WhereNext = default,
    Change<string> Measure = default, Change<DateOnly?> Due = default, Change<TargetState> State = default);

/// <summary>Notes how a target is coming along.</summary>
public sealed record NoteProgress(Guid TargetId, NewProgressNote Body) : ICreates, IPlanRequest, IWithBody<NewProgressNote>
{
    public PlanPart About => PlanPart.Target(TargetId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>A note of progress.</summary>
/// <param name="On">The day it is about; today when absent.</param>
public sealed record NewProgressNote(string Words, DateOnly? On = null);

public sealed class TargetChangeValidator : AbstractValidator<TargetChange>
{
    public TargetChangeValidator()
    {
        RuleFor(t => t.What.Value).Words(FourFields.FieldLength).When(t => t.What.IsGiven);
        RuleFor(t => t.How.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(t => t.Why.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(t => t.WhereNext.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(t => t.Measure.Value).Words(Target.MeasureLength).When(t => t.Measure.IsGiven);
        RuleFor(t => t.Due.Value).Day();
    }
}

public sealed class NewProgressNoteValidator : AbstractValidator<NewProgressNote>
{
    public NewProgressNoteValidator()
    {
        RuleFor(n => n.Words).Words(ProgressNote.WordsLength);
        RuleFor(n => n.On).Day();
    }
}

public sealed class ChangeTargetHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ChangeTarget, Written>, IRequestHandler<NoteProgress, Written>
{
    public async Task<Written> Handle(ChangeTarget request, CancellationToken cancellationToken)
    {
        var change = request.Body;
        var target = (await TargetAggregates.Load(database, request.TargetId, cancellationToken)).AsReadAt(request.ReadAt);
        target.Change(
            new FourFields(change.What.Or(target.What), change.How.Or(target.How), change.Why.Or(target.Why), change.WhereNext.Or(target.WhereNext)),
            change.Measure.Or(target.Measure), change.Due.Or(target.Due), change.State.Or(target.State), time.GetUtcNow());
        return new Written(target.Id, target);
    }

    public async Task<Written> Handle(NoteProgress request, CancellationToken cancellationToken)
    {
        var target = await TargetAggregates.Load(database, request.TargetId, cancellationToken);
        var now = time.GetUtcNow();
        target.Note(request.Body.Words, request.Body.On ?? DateOnly.FromDateTime(now.UtcDateTime), call.Viewer.ParticipantId, now);
        return new Written(target.Id, target);
    }
}
