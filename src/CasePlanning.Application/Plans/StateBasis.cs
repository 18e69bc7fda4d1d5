using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// A professional says on what lawful basis they take part, and answers for it. Those who have one besides consent go on working
/// in a plan of early help when consent to it is withdrawn.
/// </summary>
public sealed record StateBasis(Guid PlanId, NewBasis Body) : ICommand, IPlanRequest, IForPurpose, IWhenFrozen, IWithBody<NewBasis>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;

    public string? Purpose => Body.Basis.ToString();
}

/// <summary>The basis, and why it is the right one: which duty, which danger.</summary>
public sealed record NewBasis(LawfulBasis Basis, string Why);

public sealed class NewBasisValidator : AbstractValidator<NewBasis>
{
    public NewBasisValidator() => RuleFor(b => b.Why).Words(Participant.BasisWhyLength);
}

public sealed class StateBasisHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<StateBasis, Written>
{
    public async Task<Written> Handle(StateBasis request, CancellationToken cancellationToken)
    {
        if (!call.Viewer.IsToldWhatIsWithheld)
            throw new NotAllowed("Professionals say on what basis they take part; a family needs none.");
        var me = await database.Participants.SingleAsync(p => p.Id == call.Viewer.ParticipantId, cancellationToken);
        me.RestOn(request.Body.Basis, request.Body.Why);
        return new Written(me.Id);
    }
}
