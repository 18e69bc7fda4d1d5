using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The child or family puts a target into their own words; the plan carries them at once, and a reply is owed.</summary>
public sealed record RewordTarget(Guid TargetId, NewRewording Body) : ICreates, IPlanRequest, IWithBody<NewRewording>
{
    public PlanPart About => PlanPart.Target(TargetId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>A target in one's own words.</summary>
public sealed record NewRewording(string Words);

/// <summary>Replies to the child or family about their words for a target.</summary>
public sealed record ReplyToRewording(Guid TargetId, Guid RewordingId, NewReply Body) : ICommand, IPlanRequest, IWithBody<NewReply>
{
    public PlanPart About => PlanPart.Target(TargetId);

    public Permission Needs => Permission.Act;
}

/// <summary>A reply.</summary>
public sealed record NewReply(string Words);

public sealed class NewRewordingValidator : AbstractValidator<NewRewording>
{
    public NewRewordingValidator() => RuleFor(r => r.Words).Words(FourFields.FieldLength);
}

public sealed class NewReplyValidator : AbstractValidator<NewReply>
{
    public NewReplyValidator() => RuleFor(r => r.Words).Words(FourFields.FieldLength);
}

public sealed class RewordTargetHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<RewordTarget, Written>, IRequestHandler<ReplyToRewording, Written>
{
    public async Task<Written> Handle(RewordTarget request, CancellationToken cancellationToken)
    {
        var target = await TargetAggregates.Load(database, request.TargetId, cancellationToken);
        var me = await database.Participants.SingleAsync(p => p.Id == call.Viewer.ParticipantId, cancellationToken);
        target.Reword(request.Body.Words, me, time.GetUtcNow());
        return new Written(target.Id, target);
    }

    public async Task<Written> Handle(ReplyToRewording request, CancellationToken cancellationToken)
    {
        var target = await TargetAggregates.Load(database, request.TargetId, cancellationToken);
        var rewording = target.Rewordings.SingleOrDefault(r => r.Id == request.RewordingId) ?? throw new NotVisible();
        rewording.Answer(request.Body.Words, call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(target.Id, target);
    }
}
