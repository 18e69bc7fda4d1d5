using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>Writes on at a private draft.</summary>
public sealed record ChangeDraft(Guid DraftId, int ReadAt, DraftChange Body) : IFromVersion, IPlanRequest, IWithBody<DraftChange>
{
    public PlanPart About => PlanPart.Contribution(DraftId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>What to change; absent members stay as they are.</summary>
public sealed record DraftChange(
    Change<string> Words = default, Change<Outlook?> Outlook = default, Change<NewAudience?> Audience = default, Change<string?> Summary = default,
    Change<Guid?> OnBehalfOf = default, Change<bool> SaidInMeeting = default);

/// <summary>Shows a draft to a supervisor of the same agency, or to nobody any more.</summary>
public sealed record ShowDraft(Guid DraftId, DraftShown Body) : ICommand, IPlanRequest, IWithBody<DraftShown>
{
    public PlanPart About => PlanPart.Contribution(DraftId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>Whom a draft is shown to; null shows it to nobody.</summary>
public sealed record DraftShown(Guid? To);

/// <summary>Throws a draft away.</summary>
public sealed record DiscardDraft(Guid DraftId) : ICommand, IPlanRequest, IWhenFrozen
{
    public PlanPart About => PlanPart.Contribution(DraftId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>Signs a draft: it becomes a contribution under the same id or, when it is of new words for one, a version of that.</summary>
public sealed record SignDraft(Guid DraftId) : ICommand, IPlanRequest
{
    public PlanPart About => PlanPart.Contribution(DraftId);

    public Permission Needs => Permission.Contribute;
}

public sealed class DraftChangeValidator : AbstractValidator<DraftChange>
{
    public DraftChangeValidator()
    {
        RuleFor(d => d.Words.Value).Words(Contribution.WordsLength).When(d => d.Words.IsGiven);
        RuleFor(d => d.Summary.Value).OptionalWords(Contribution.SummaryLength);
        RuleFor(d => d.Audience.Value!).SetValidator(new NewAudienceValidator()).When(d => d.Audience.Value is not null);
    }
}

public sealed class ChangeDraftHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ChangeDraft, Written>, IRequestHandler<ShowDraft, Written>, IRequestHandler<DiscardDraft, Written>, IRequestHandler<SignDraft, Written>
{
    public async Task<Written> Handle(ChangeDraft request, CancellationToken cancellationToken)
    {
        var (change, now) = (request.Body, time.GetUtcNow());
        var draft = (await Own(request.DraftId, cancellationToken)).AsReadAt(request.ReadAt);
        var audience = change.Audience.IsGiven ? change.Audience.Value?.ToAudience() ?? Audience.Everyone : AudienceOf(draft);
        await Speakers.AudienceTakesPart(database, draft.PlanId, audience, now, cancellationToken);
        var onBehalfOf = change.OnBehalfOf.Or(draft.OnBehalfOfId);
        await Speakers.Of(database, call.Viewer, onBehalfOf, now, cancellationToken);
        draft.Write(
            new Said(change.Words.Or(draft.Words), change.Outlook.Or(draft.Outlook), change.Summary.Or(draft.Summary)),
            audience, onBehalfOf, change.SaidInMeeting.Or(draft.SaidInMeeting), draft.WhatIsBeside(), now);
        return new Written(draft.Id, draft);
    }

    public async Task<Written> Handle(ShowDraft request, CancellationToken cancellationToken)
    {
        var draft = await Own(request.DraftId, cancellationToken);
        var author = await database.Participants.SingleAsync(p => p.Id == call.Viewer.ParticipantId, cancellationToken);
        Participant? supervisor = null;
        if (request.Body.To is { } to)
        {
            supervisor = await database.Participants.SingleOrDefaultAsync(p => p.Id == to && p.PlanId == draft.PlanId, cancellationToken)
                ?? throw InvalidRequest.At("/to", "unknown", "Nobody with this id takes part in the plan.");
        }

        draft.ShowTo(author, supervisor, time.GetUtcNow());
        return new Written(draft.Id);
    }

    public async Task<Written> Handle(DiscardDraft request, CancellationToken cancellationToken)
    {
        var draft = await Own(request.DraftId, cancellationToken);
        await OwnDrafts.Discard(database, draft, cancellationToken);
        return new Written(draft.Id);
    }

    public async Task<Written> Handle(SignDraft request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var draft = await Own(request.DraftId, cancellationToken);
        draft.MustBeWhole();
        var said = new Said(draft.Words, draft.Outlook, draft.Summary);
        var (voice, writer) = await Speakers.Of(database, call.Viewer, draft.OnBehalfOfId, now, cancellationToken);
        if (draft.Focus is { } focus)
            writer.State(focus, now);
        database.Drafts.Remove(draft);
        if (draft.RevisesId is { } earlier)
            return await Revise(earlier, draft, said, now, cancellationToken);
        var review = await database.Reviews.SingleAsync(r => r.Id == draft.ReviewId, cancellationToken);
        database.Contributions.Add(
            Contribution.Sign(draft.Id, review, draft.Outcome, voice, writer, said, AudienceOf(draft), draft.SaidInMeeting, now));
        return new Written(draft.Id);
    }

    private async Task<Written> Revise(Guid earlier, Draft draft, Said said, DateTimeOffset now, CancellationToken cancellation)
    {
        var contribution = await ReadableContribution.LoadToRevise(database, call.Viewer, earlier, said.Summary, cancellation);
        var review = await database.Reviews.SingleAsync(r => r.Id == contribution.ReviewId, cancellation);
        contribution.Revise(review, call.Viewer.ParticipantId, said, draft.WhatChanged, now);
        var attachments = await database.Attachments.Where(a => a.ContributionId == contribution.Id || a.ContributionId == draft.Id).ToListAsync(cancellation);
        Attachment.MoveTo(contribution.Id, attachments);
        return new Written(contribution.Id);
    }

    private static Audience AudienceOf(Draft draft) => new(draft.Audience, draft.ReaderIds, draft.ReaderAgencyIds);

    private async Task<Draft> Own(Guid id, CancellationToken cancellation)
    {
        var draft = await database.Drafts.SingleOrDefaultAsync(d => d.Id == id, cancellation) ?? throw ContributionRules.IsSigned.Broken();
        draft.MustBeOf(call.Viewer.ParticipantId);
        return draft;
    }
}
