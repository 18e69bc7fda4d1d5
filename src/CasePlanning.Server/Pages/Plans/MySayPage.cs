using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// The child's own way of saying something: one question a page, all of which can be skipped, and nothing is sent before they have
/// looked at it. It sends the same requests as the pages of everybody else; only the words and the pace are other.
/// </summary>
public abstract class MySayPage : PlanSheetPage
{
    private const int MostPeople = 200;
    private const int MostDrafts = 200;

    /// <summary>The review that words go into; null when nobody asks just now.</summary>
    public ReviewSummary? Into { get; private set; }

    /// <summary>What was written and not sent, by outcome.</summary>
    public IReadOnlyDictionary<string, DraftView> Drafts { get; private set; } = new Dictionary<string, DraftView>();

    /// <summary>Everybody who takes part now, besides the child.</summary>
    public IReadOnlyList<ParticipantView> People { get; private set; } = [];

    public IReadOnlyList<OutcomeReading> Questions => Sheet.Reading.Outcomes;

    /// <summary>The child was taken off the plan while they wrote: their words are shown to be copied, and of the plan nothing.</summary>
    public bool IsGone { get; private set; }

    public string? ToMySay => To("MySay");

    public string? ToCheck => To("MySayCheck");

    public Guid MyId => Sheet.Reader.Who!.ParticipantId;

    /// <summary>What the child has said on an outcome, in the review that is open now.</summary>
    public ContributionView? Said(OutcomeReading outcome) => Into is null || Sheet.Review?.Id != Into.Id
        ? null
        : outcome.Contributions.FirstOrDefault(c => Sheet.IsMe(c.Author.ParticipantId) && c.WithdrawnAt is null);

    public string? ToQuestion(OutcomeReading outcome, bool checking = false) =>
        To("MySayQuestion", new { slug = outcome.Code, checking = checking ? "true" : null });

    public string? ToReaders(OutcomeReading outcome, bool checking = false) =>
        To("MySayReaders", new { slug = outcome.Code, checking = checking ? "true" : null });

    /// <summary>Everyone in my plan; only Juno Prideaux and Dominic Ferraby.</summary>
    public string ReadBy(AudienceKind kind, IReadOnlyList<Guid>? named) => kind switch
    {
        AudienceKind.Everyone => "Everyone in my plan can read this",
        AudienceKind.Named when People.Where(p => named?.Contains(p.Id) is true).Select(p => p.Name).ToList() is { Count: > 0 } names =>
            $"Only {PlanWords.Listed(names)} can read this",
        AudienceKind.Named => "Nobody is chosen yet",
        _ => "Not everyone can read this",
    };

    protected string? To(string page, object? values = null) => Url.Page($"/Plans/{page}", new RouteValueDictionary(values) { ["id"] = Id });

    /// <param name="reviewId">The review to look back on; the one that is asked about when absent.</param>
    protected async Task LoadMySay(Guid? reviewId = null)
    {
        await LoadSheet(new ReadWholePlan(Id, reviewId));
        if (!Sheet.IsForChild)
            throw new NotAllowed("These pages are for the child whose plan this is, so that they can speak for themselves.");
        var reviews = Sheet.Plan.Reviews;
        Into = reviews.Where(r => r.State is not (ReviewState.Signed or ReviewState.Planned)).MaxBy(r => r.OpensOn)
            ?? reviews.Where(r => r.State is ReviewState.Planned).MinBy(r => r.OpensOn);
        if (reviewId is null && Into is not null && Into.Id != Sheet.Review?.Id)
            await LoadSheet(Into.Id);
        Drafts = (await Read(new ListDrafts(new PageOf(null, MostDrafts)))).Items
            .Where(d => d.PlanId == Id && d.OnBehalfOf is null).GroupBy(d => d.Outcome).ToDictionary(g => g.Key, g => g.First());
        People = [.. (await Read(new ListParticipants(Id, new PageOf(null, MostPeople)))).Items.Where(p => p.Current && !Sheet.IsMe(p.Id))];
    }

    protected OutcomeReading Question(string slug) => Questions.FirstOrDefault(o => o.Code == slug) ?? throw new NotVisible();

    /// <summary>The page of the next question, or the one on which all is looked at once more.</summary>
    protected string? After(string slug) =>
        Questions.SkipWhile(o => o.Code != slug).Skip(1).FirstOrDefault() is { } next ? ToQuestion(next) : ToCheck;

    /// <summary>Writes, and shows their words to somebody who meanwhile may see no more than these.</summary>
    protected async Task<IActionResult> UnlessGone(string? words, Func<Task<IActionResult>> write)
    {
        try
        {
            return await write();
        }
        catch (NotVisible) when (FormWords.Said(words) is not null)
        {
            IsGone = true;
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
    }

    /// <summary>All of a draft, as it is sent to be kept.</summary>
    protected static DraftText TextOf(DraftView draft) => new(
        draft.PlanId, draft.ReviewId, draft.Outcome, draft.Words, draft.Outlook, new NewAudience(draft.Audience.Kind, draft.Audience.Participants),
        draft.Summary, OnBehalfOf: null, draft.SaidInMeeting, draft.Revises, draft.WhatChanged, draft.Focus);
}
