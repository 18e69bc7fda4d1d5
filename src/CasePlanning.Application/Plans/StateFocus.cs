using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The caller says what they are here for in this plan; the team sees it at once.</summary>
public sealed record StateFocus(Guid PlanId, NewFocus Body) : ICommand, IPlanRequest, IWithBody<NewFocus>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>A focus statement, in the participant's own words.</summary>
public sealed record NewFocus(string Focus);

public sealed class NewFocusValidator : AbstractValidator<NewFocus>
{
    public NewFocusValidator() => RuleFor(f => f.Focus).Line(Participant.FocusLength);
}

public sealed class StateFocusHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<StateFocus, Written>
{
    public async Task<Written> Handle(StateFocus request, CancellationToken cancellationToken)
    {
        var me = await database.Participants.SingleAsync(p => p.Id == call.Viewer.ParticipantId, cancellationToken);
        me.State(request.Body.Focus, time.GetUtcNow());
        return new Written(me.Id);
    }
}
