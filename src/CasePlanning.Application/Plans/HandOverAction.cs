using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;

namespace CasePlanning.Application.Plans;

/// <summary>Offers an action to somebody else, saying what the sender's side keeps doing for the child.</summary>
public sealed record HandOverAction(Guid ActionId, NewHandover Body) : ICreates, IPlanRequest, IWithBody<NewHandover>
{
    public PlanPart About => PlanPart.Action(ActionId);

    public Permission Needs => Permission.Act;
}

/// <summary>An offer of an action.</summary>
public sealed record NewHandover(Guid To, string KeepDoing);

/// <summary>Accepts an action that was offered to the caller, who then holds it.</summary>
public sealed record AcceptHandover(Guid ActionId, Guid HandoverId) : ICommand, IPlanRequest
{
    public PlanPart About => PlanPart.Action(ActionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>Hands an offered action back to its sender, who has held it all along.</summary>
public sealed record HandBackHandover(Guid ActionId, Guid HandoverId, HandoverReason Body) : ICommand, IPlanRequest, IWithBody<HandoverReason>
{
    public PlanPart About => PlanPart.Action(ActionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>Why an action is handed back.</summary>
public sealed record HandoverReason(string? Reason = null);

public sealed class NewHandoverValidator : AbstractValidator<NewHandover>
{
    public NewHandoverValidator() => RuleFor(h => h.KeepDoing).Words(Handover.KeepDoingLength);
}

public sealed class HandoverReasonValidator : AbstractValidator<HandoverReason>
{
    public HandoverReasonValidator() => RuleFor(h => h.Reason).OptionalWords(Handover.ReasonLength);
}

public sealed class HandOverActionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<HandOverAction, Written>, IRequestHandler<AcceptHandover, Written>, IRequestHandler<HandBackHandover, Written>
{
    public async Task<Written> Handle(HandOverAction request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var action = await ActionAggregates.Load(database, request.ActionId, cancellationToken);
        await PlanChecks.TakePart(database, action.PlanId, [request.Body.To], "/to", now, cancellationToken);
        action.HandOver(call.Viewer.ParticipantId, request.Body.To, request.Body.KeepDoing, now);
        return new Written(action.Id, action);
    }

    public async Task<Written> Handle(AcceptHandover request, CancellationToken cancellationToken)
    {
        var action = await ActionAggregates.Load(database, request.ActionId, cancellationToken);
        action.Accept(Known(action, request.HandoverId), call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(action.Id, action);
    }

    public async Task<Written> Handle(HandBackHandover request, CancellationToken cancellationToken)
    {
        var action = await ActionAggregates.Load(database, request.ActionId, cancellationToken);
        action.HandBack(Known(action, request.HandoverId), call.Viewer.ParticipantId, request.Body.Reason, time.GetUtcNow());
        return new Written(action.Id, action);
    }

    private static Guid Known(PlanAction action, Guid handoverId) =>
        action.Handovers.Any(h => h.Id == handoverId) ? handoverId : throw new NotVisible();
}
