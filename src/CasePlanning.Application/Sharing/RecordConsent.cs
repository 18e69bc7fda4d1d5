using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Sharing;

/// <summary>Records that somebody of the family agreed to something. They may themselves, and the professionals' circle for them.</summary>
public sealed record RecordConsent(Guid PlanId, NewConsent Body) : ICreates, IPlanRequest, IWhenFrozen, IWithBody<NewConsent>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>A consent to record.</summary>
/// <param name="Giver">The participant who agreed: the child, a parent or a carer.</param>
/// <param name="Scope">To work together in this plan, or to share something outside the team.</param>
/// <param name="Covers">What they agreed to, as it was put to them.</param>
/// <param name="GivenAt">When they agreed; now when absent.</param>
public sealed record NewConsent(Guid Giver, ConsentScope Scope, string Covers, DateTimeOffset? GivenAt = null);

/// <summary>Takes a consent back: whoever gave it may, and the professionals' circle when they were told. What rests on it ends at once.</summary>
public sealed record WithdrawConsent(Guid PlanId, Guid ConsentId, ConsentWithdrawal Body)
    : ICommand, IPlanRequest, IWhenFrozen, IWithBody<ConsentWithdrawal>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <param name="Why">Asked for and not demanded.</param>
public sealed record ConsentWithdrawal(string? Why = null);

public sealed class NewConsentValidator : AbstractValidator<NewConsent>
{
    public NewConsentValidator()
    {
        RuleFor(c => c.Covers).Words(Consent.CoversLength);
        RuleFor(c => c.GivenAt).Instant();
    }
}

public sealed class ConsentWithdrawalValidator : AbstractValidator<ConsentWithdrawal>
{
    public ConsentWithdrawalValidator() => RuleFor(w => w.Why).OptionalWords(Consent.ReasonLength);
}

public sealed class RecordConsentHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<RecordConsent, Written>, IRequestHandler<WithdrawConsent, Written>
{
    public async Task<Written> Handle(RecordConsent request, CancellationToken cancellationToken)
    {
        var (giverId, scope, covers, givenAt) = request.Body;
        var now = time.GetUtcNow();
        if (!call.Viewer.ReadsProfessionals && giverId != call.Viewer.ParticipantId)
            throw new NotAllowed("You can record a consent of your own; the professionals in this plan record those of others.");
        if (givenAt > now)
            throw InvalidRequest.At("/givenAt", "in-the-future", "This has not happened yet.");
        var giver = await database.Participants.AsNoTracking().SingleOrDefaultAsync(p => p.Id == giverId && p.PlanId == request.PlanId, cancellationToken)
            ?? throw InvalidRequest.At("/giver", "unknown", "Nobody with this id takes part in the plan.");
        var kind = await database.Plans.Where(p => p.Id == request.PlanId).Select(p => p.Kind).SingleAsync(cancellationToken);
        var consent = Consent.Give(kind, giver, scope, covers, givenAt ?? now, call.Viewer.ParticipantId, now);
        database.Consents.Add(consent);
        return new Written(consent.Id);
    }

    public async Task<Written> Handle(WithdrawConsent request, CancellationToken cancellationToken)
    {
        var consent = await database.Consents.ConsentsVisibleTo(call.Viewer).SingleOrDefaultAsync(c => c.Id == request.ConsentId, cancellationToken)
            ?? throw new NotVisible();
        consent.Withdraw(call.Viewer.ParticipantId, request.Body.Why, time.GetUtcNow());
        return new Written(consent.Id);
    }
}
