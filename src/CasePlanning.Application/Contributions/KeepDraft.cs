using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>
/// Keeps what somebody is typing, under an id that their device made up. Anything is kept, however unfinished and also when its
/// review has been signed meanwhile: what is missing is asked for when it is signed.
/// </summary>
/// <param name="ReadAt">The version that it goes on from; null when there must be none yet.</param>
public sealed record KeepDraft(Guid DraftId, int? ReadAt, DraftText Body) : ICommand, IPlanRequest, IWithBody<DraftText>
{
    public PlanPart About => PlanPart.Plan(Body.PlanId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>All of a draft, as it stands now.</summary>
/// <param name="Words">The words so far; absent while there are none.</param>
/// <param name="Audience">Who will read the words. For <c>named</c> nobody need be listed yet.</param>
/// <param name="Summary">What everybody may read when the words have a narrower audience.</param>
/// <param name="OnBehalfOf">The participant whose words these are, when the caller writes them down for somebody.</param>
/// <param name="Revises">The caller's own view that these are new words for. When they are signed it gets a version, and its audience stays as it is.</param>
/// <param name="WhatChanged">For new words: what changed the author's mind.</param>
/// <param name="Focus">What the caller is here for in the plan. Stated when the draft is signed.</param>
public sealed record DraftText(
    Guid PlanId, Guid ReviewId, string Outcome, string? Words = null, Outlook? Outlook = null, NewAudience? Audience = null, string? Summary = null,
    Guid? OnBehalfOf = null, bool SaidInMeeting = false, Guid? Revises = null, string? WhatChanged = null, string? Focus = null);

public sealed class DraftTextValidator : AbstractValidator<DraftText>
{
    public DraftTextValidator()
    {
        RuleFor(d => d.Outcome).Line(Framework.CodeLength);
        RuleFor(d => d.Words).OptionalWords(Contribution.WordsLength);
        RuleFor(d => d.Summary).OptionalWords(Contribution.SummaryLength);
        RuleFor(d => d.WhatChanged).OptionalWords(Contribution.WhatChangedLength);
        RuleFor(d => d.Focus).OptionalWords(Participant.FocusLength);
        RuleFor(d => d.Audience!.Participants).AtMost(Audience.MostNamed).When(d => d.Audience is not null);
        RuleFor(d => d.Audience!.Agencies).AtMost(Audience.MostNamed).When(d => d.Audience is not null);
    }
}

public sealed class KeepDraftHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<KeepDraft, Written>
{
    public async Task<Written> Handle(KeepDraft request, CancellationToken cancellationToken)
    {
        var (text, me, now) = (request.Body, call.Viewer.ParticipantId, time.GetUtcNow());
        var audience = text.Audience?.ToAudience() ?? Audience.Everyone;
        await MustBeOfThePlan(text, audience, cancellationToken);
        var (said, beside) = (new Said(text.Words ?? "", text.Outlook, text.Summary), new Beside(text.Revises, text.WhatChanged, text.Focus));

        var draft = await OwnDrafts.Find(database, call.PersonId, request.DraftId, cancellationToken);
        if (draft is null)
        {
            await MustNotBeSigned(request.DraftId, cancellationToken);
            if (request.ReadAt is not null)
                throw new NotVisible();
            draft = new Draft(Draft.IdFor(call.PersonId, request.DraftId), text.PlanId, text.ReviewId, text.Outcome, me, now);
            draft.Write(said, audience, text.OnBehalfOf, text.SaidInMeeting, beside, now);
            database.Drafts.Add(draft);
            return new Written(draft.Id, draft);
        }

        if (draft.PlanId != text.PlanId)
            throw InvalidRequest.At("/planId", "another-plan", "This draft belongs to another plan.");
        // Whoever repeats what arrived, but was not answered, overwrites nothing.
        if (draft.Holds(text.ReviewId, text.Outcome, said, audience, text.OnBehalfOf, text.SaidInMeeting, beside))
            return new Written(draft.Id, draft);
        if (draft.Version != request.ReadAt)
            throw new StaleVersion(draft.Version);
        draft.PlaceIn(text.ReviewId, text.Outcome, me);
        draft.Write(said, audience, text.OnBehalfOf, text.SaidInMeeting, beside, now);
        return new Written(draft.Id, draft);
    }

    /// <summary>Somebody who is named may leave while others write: that they are of the plan is enough until it is signed.</summary>
    private async Task MustBeOfThePlan(DraftText text, Audience audience, CancellationToken cancellation)
    {
        var plan = text.PlanId;
        if (!await database.Reviews.AnyAsync(r => r.Id == text.ReviewId && r.PlanId == plan, cancellation))
            throw InvalidRequest.At("/reviewId", "unknown", "The plan has no review with this id.");
        await PlanChecks.OutcomeExists(database, plan, text.Outcome, "/outcome", cancellation);
        await Speakers.AudienceIsOfThePlan(database, plan, audience, cancellation);
        if (text.OnBehalfOf is { } voice && !await database.Participants.AnyAsync(p => p.Id == voice && p.PlanId == plan, cancellation))
            throw InvalidRequest.At("/onBehalfOf", "unknown", "Nobody with this id is of the plan.");
        if (text.Revises is { } earlier && !await IsOwnView(earlier, cancellation))
            throw InvalidRequest.At("/revises", "unknown", "You have no view with this id in the plan.");
    }

    /// <summary>It may have been added to the plan meanwhile, on another device.</summary>
    private async Task MustNotBeSigned(Guid given, CancellationToken cancellation)
    {
        if (await IsOwnView(given, cancellation) || await IsOwnView(Draft.IdFor(call.PersonId, given), cancellation))
            throw ContributionRules.IsSigned.Broken();
    }

    private async Task<bool> IsOwnView(Guid id, CancellationToken cancellation)
    {
        var me = call.Viewer.ParticipantId;
        return (await ReadableContribution.Find(database, call.Viewer, id, cancellation))?.Contribution is { } view && (view.VoiceId == me || view.ProxyId == me);
    }
}
