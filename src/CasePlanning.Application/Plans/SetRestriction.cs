using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// Hides somebody's identity, the home or a view from a participant. The lead professional and the social worker may; a voice may
/// hide its own view. The participant is not told.
/// </summary>
public sealed record SetRestriction(Guid PlanId, NewRestriction Body) : ICreates, IPlanRequest, IWhenFrozen, IWithBody<NewRestriction>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>What to hide from whom, and why.</summary>
/// <param name="From">The participant from whom it is hidden.</param>
/// <param name="Subject">For <c>identity</c>: the participant who is hidden.</param>
/// <param name="Contribution">For <c>view</c>: the contribution.</param>
/// <param name="ReviewOn">The day by which somebody looks whether it is still needed. It stays in force until it is lifted.</param>
public sealed record NewRestriction(
    RestrictionKind Kind, Guid From, string Reason, DateOnly ReviewOn, Guid? Subject = null, Guid? Contribution = null);

public sealed class NewRestrictionValidator : AbstractValidator<NewRestriction>
{
    public NewRestrictionValidator()
    {
        RuleFor(r => r.Reason).Words(Restriction.ReasonLength);
        RuleFor(r => r.ReviewOn).Day();
        RuleFor(r => r.Subject).Must((r, subject) => subject is not null == r.Kind is RestrictionKind.Identity)
            .WithErrorCode("with-identity").WithMessage("Name the subject when an identity is hidden, and only then.");
        RuleFor(r => r.Contribution).Must((r, contribution) => contribution is not null == r.Kind is RestrictionKind.View)
            .WithErrorCode("with-view").WithMessage("Name the contribution when a view is hidden, and only then.");
    }
}

public sealed class SetRestrictionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<SetRestriction, Written>
{
    public async Task<Written> Handle(SetRestriction request, CancellationToken cancellationToken)
    {
        var (viewer, body, now) = (call.Viewer, request.Body, time.GetUtcNow());
        var seen = body.Contribution is { } id ? await Seen(id, viewer, cancellationToken) : null;
        if (!viewer.MayRestrict && seen?.VoiceId != viewer.ParticipantId)
            throw new NotAllowed("The lead professional and the social worker can hide something, and everybody a view of their own.");
        var from = await Participant(body.From, "/from", cancellationToken);
        var restriction = body.Kind switch
        {
            RestrictionKind.Identity => Restriction.OfIdentity(
                await Participant(body.Subject!.Value, "/subject", cancellationToken), from, body.Reason, body.ReviewOn, viewer.ParticipantId, now),
            RestrictionKind.View => Restriction.OfView(
                seen!.Id, new[] { (Guid?)seen.VoiceId, seen.ProxyId }.OfType<Guid>(), from, body.Reason, body.ReviewOn, viewer.ParticipantId, now),
            _ => Restriction.OfHome(from, body.Reason, body.ReviewOn, viewer.ParticipantId, now),
        };
        database.Restrictions.Add(restriction);
        return new Written(restriction.Id, restriction);
    }

    /// <summary>Nobody can hide, and so come to know of, what they do not see themselves.</summary>
    private async Task<SeenAuthors> Seen(Guid contributionId, Viewer viewer, CancellationToken cancellation) =>
        await database.Contributions.ContributionsVisibleTo(viewer).Where(c => c.Id == contributionId)
            .Select(c => new SeenAuthors(c.Id, c.VoiceId, c.ProxyId)).FirstOrDefaultAsync(cancellation)
        ?? await database.Contributions.ContributionsSummarisedFor(viewer).Where(c => c.Id == contributionId)
            .Select(c => new SeenAuthors(c.Id, c.VoiceId, c.ProxyId)).FirstOrDefaultAsync(cancellation)
        ?? throw InvalidRequest.At("/contribution", "unknown", "You can see no view with this id in the plan.");

    private async Task<Participant> Participant(Guid id, string pointer, CancellationToken cancellation) =>
        await database.Participants.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.PlanId == call.Viewer.PlanId, cancellation)
        ?? throw InvalidRequest.At(pointer, "unknown", "Nobody with this id takes part in the plan.");

    private sealed record SeenAuthors(Guid Id, Guid VoiceId, Guid? ProxyId);
}
