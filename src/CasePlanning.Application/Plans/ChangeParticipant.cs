using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// Changes or ends a participation. Ending keeps authorship; everything that is owed (views, answers, actions, the lead) moves to
/// the cover in this one step.
/// </summary>
public sealed record ChangeParticipant(Guid PlanId, Guid ParticipantId, int ReadAt, ParticipantChange Body)
    : IFromVersion, IPlanRequest, IWhenFrozen, IWithBody<ParticipantChange>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;

    /// <summary>To end a participation or hide a name always may be done; what lets somebody see or do more may not.</summary>
    public bool StaysOpen => Body is { Role.IsGiven: false, Lead: false, NameReleasedToParents: { IsGiven: false } or { Value: false } };
}

/// <summary>What to change; absent members stay as they are.</summary>
/// <param name="Until">When the participation ends: access ends at that instant.</param>
/// <param name="Cover">The participant who takes over what is owed; needed when anything is.</param>
/// <param name="Lead">True makes this participant the lead professional.</param>
public sealed record ParticipantChange(
    Change<Role> Role = default, Change<DateTimeOffset> Until = default, Guid? Cover = null, Change<bool> NameReleasedToParents = default,
    bool Lead = false);

public sealed class ParticipantChangeValidator : AbstractValidator<ParticipantChange>
{
    public ParticipantChangeValidator()
    {
        RuleFor(c => (DateTimeOffset?)c.Until.Value).Instant().OverridePropertyName(nameof(ParticipantChange.Until)).When(c => c.Until.IsGiven);
        RuleFor(c => c.Cover).Null().When(c => !c.Until.IsGiven)
            .WithErrorCode("only-when-ending").WithMessage("A cover is named together with the end of the participation.");
    }
}

public sealed class ChangeParticipantHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ChangeParticipant, Written>
{
    public async Task<Written> Handle(ChangeParticipant request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = request.Body;
        var participant = (await Find(request.ParticipantId, request.PlanId, cancellationToken) ?? throw new NotVisible()).AsReadAt(request.ReadAt);
        if (participant.Until <= now)
            throw PlanRules.HasEnded.Broken();

        var plan = await database.Plans.SingleAsync(p => p.Id == request.PlanId, cancellationToken);
        if (change.Role.IsGiven)
            participant.Take(change.Role.Value);
        if (change.Role is { IsGiven: true, Value: Role.Parent } && plan.EndOfParentsPart(clocks.Of(plan.Authority), now) is { } ofAge && !(participant.Until < ofAge))
            participant.End(ofAge, cover: null);
        if (change.NameReleasedToParents.IsGiven)
            participant.ReleaseNameToParents(change.NameReleasedToParents.Value);
        if (change.Lead && !participant.IsCurrent(now))
            throw InvalidRequest.At("/lead", "not-current", "Only somebody who takes part in the plan now can lead it.");
        if (change.Lead || (plan.LeadParticipantId == participant.Id && change.Role.IsGiven))
            plan.HandLeadTo(participant);
        if (change.Until.IsGiven)
            await End(plan, participant, change, now, cancellationToken);
        return new Written(participant.Id, participant);
    }

    private async Task End(Plan plan, Participant participant, ParticipantChange change, DateTimeOffset now, CancellationToken cancellation)
    {
        Participant? cover = null;
        if (change.Cover is { } coverId)
        {
            cover = await Find(coverId, plan.Id, cancellation)
                ?? throw InvalidRequest.At("/cover", "unknown", "Nobody with this id takes part in the plan.");
        }

        // What is owed moves in this step, so whoever takes it over must be there for it.
        if (cover?.IsCurrent(now) is false)
            throw PlanRules.CoverMustTakePart.Broken();

        // An end that is dated back would take away acts already done; it ends now at the earliest.
        participant.End(change.Until.Value < now ? now : change.Until.Value, cover);
        if (participant.Until <= now)
            await InvitationLetters.TakeBackOpen(database, i => i.ParticipantId == participant.Id, now, cancellation);
        var owed = await OwedWork.Of(database, call.Viewer, plan, participant.Id, cancellation);
        if (cover is not null)
            owed.MoveTo(cover, now);
        else if (!owed.IsNothing)
            throw PlanRules.CoverNeeded.Broken(owed.Details);
    }

    private Task<Participant?> Find(Guid id, Guid planId, CancellationToken cancellation) =>
        database.Participants.SingleOrDefaultAsync(p => p.Id == id && p.PlanId == planId, cancellation);
}
