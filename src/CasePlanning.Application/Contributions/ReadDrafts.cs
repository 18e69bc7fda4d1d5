using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>One of the caller's own drafts, by its id or by the one that their device made up.</summary>
public sealed record ReadDraft(Guid DraftId) : IQuery<DraftView>, ISignedIn, ITellsOfChildren;

/// <summary>All that the caller has written and not signed, what was written last first.</summary>
public sealed record ListDrafts(PageOf Page) : IQuery<Page<DraftView>>, ISignedIn, ITellsOfChildren;

/// <summary>Throws one of the caller's own drafts away, also after they have left the plan.</summary>
public sealed record DiscardKeptDraft(Guid DraftId) : ICommand, ISignedIn;

public enum DraftState
{
    /// <summary>It can be added to the plan.</summary>
    Open,

    /// <summary>It can be added, and will be marked as said after the review's window.</summary>
    Late,

    /// <summary>Its review was signed without it. It can be moved to another.</summary>
    ReviewSigned,

    /// <summary>Its author may no longer write in the plan. It stays theirs, and can go nowhere.</summary>
    NotInPlan,
}

/// <summary>What somebody has written and not signed.</summary>
/// <param name="Words">The words so far; absent while there are none.</param>
/// <param name="Revises">The author's own view that these are new words for; absent when they are a view of their own.</param>
/// <param name="State">Whether it can be added to the plan as things stand.</param>
/// <param name="NextReviewId">For <c>reviewSigned</c>: the review that it could be moved to; absent while there is none.</param>
public sealed record DraftView(
    Guid Id, Guid PlanId, Guid ReviewId, string Outcome, string? Words, Outlook? Outlook, string? Summary, AudienceView Audience, Guid? OnBehalfOf,
    bool SaidInMeeting, Guid? Revises, string? WhatChanged, string? Focus, DateTimeOffset ChangedAt, DraftState State, Guid? NextReviewId, int Version) : IVersionedView;

public sealed class ReadDraftsHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadDraft, DraftView>, IRequestHandler<ListDrafts, Page<DraftView>>, IRequestHandler<DiscardKeptDraft, Written>
{
    public async Task<DraftView> Handle(ReadDraft request, CancellationToken cancellationToken)
    {
        var draft = await OwnDrafts.Find(database, call.PersonId, request.DraftId, cancellationToken) ?? throw new NotVisible();
        return (await Views([draft], cancellationToken)).Single();
    }

    public async Task<Page<DraftView>> Handle(ListDrafts request, CancellationToken cancellationToken)
    {
        var drafts = await OwnDrafts.Of(database, call.PersonId).AsNoTracking().ToListAsync(cancellationToken);
        var page = drafts.OrderByDescending(d => d.ChangedAt).ThenBy(d => d.Id).Cut(d => d.Id, request.Page);
        return new Page<DraftView>(await Views(page.Items, cancellationToken), page.Next);
    }

    public async Task<Written> Handle(DiscardKeptDraft request, CancellationToken cancellationToken)
    {
        var draft = await OwnDrafts.Find(database, call.PersonId, request.DraftId, cancellationToken) ?? throw new NotVisible();
        await OwnDrafts.Discard(database, draft, cancellationToken);
        return new Written(draft.Id);
    }

    private Task<List<DraftView>> Views(IReadOnlyList<Draft> drafts, CancellationToken cancellation) =>
        OwnDrafts.Views(database, clocks, call.PersonId, drafts, time.GetUtcNow(), cancellation);
}
