using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// Makes a plan's history out of the views that one viewer is given of its parts, each loaded by those who know what they may see.
/// Nothing is read from the store here but who came and went, and when reviews opened and ended.
/// </summary>
internal sealed class HistoryEntries(IPlanningDatabase database, Viewer viewer, Plan plan, Team team, PlanningClock clock, DateTimeOffset now)
{
    /// <summary>Who came and went, and how reviews began and ended: few, whatever was said and done.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> OfTeamAndReviews(CancellationToken cancellation)
    {
        var entries = new List<HistoryEntry>(OfTeam(plan, team, now));
        foreach (var review in await database.Reviews.AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(cancellation))
            entries.AddRange(OfReview(review, team, review.SignedAt is null ? [] : await AddendumViews.Load(database, review.Id, team, cancellation)));
        return entries;
    }

    /// <summary>All that happened to some views, decisions, actions and targets, as far as they can be seen.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> Of(IReadOnlyCollection<Guid> subjects, CancellationToken cancellation)
    {
        if (subjects.Count == 0)
            return [];
        var seen = await SeenContributions.Load(database, viewer, c => subjects.Contains(c.Id), cancellation);
        var views = await ContributionViews.Of(database, viewer, team, seen, cancellation);
        return
        [
            .. seen.SelectMany(c => OfView(views[c.Id], ContributionViews.VersionsOf(c, viewer))),
            .. (await DecisionViews.Load(database, viewer, team, seen, d => subjects.Contains(d.Id), cancellation)).SelectMany(OfDecision),
            .. (await ActionViews.Load(database, team, plan, clock, now, a => a.PlanId == plan.Id && subjects.Contains(a.Id), cancellation)).SelectMany(OfAction),
            .. (await TargetViews.Load(database, team, t => t.PlanId == plan.Id && subjects.Contains(t.Id), cancellation)).SelectMany(OfTarget),
        ];
    }

    private static IEnumerable<HistoryEntry> OfTeam(Plan plan, Team team, DateTimeOffset now)
    {
        var entries = new Entries(HistoryOf.Team, plan.Id);
        yield return entries.Of(HistoryKind.PlanOpened, plan.OpenedAt, team[plan.LeadParticipantId]);
        foreach (var member in team.Members)
        {
            var own = new Entries(HistoryOf.Team, member.Participant.Id);
            if (member.Participant.From <= now)
                yield return own.Of(HistoryKind.Joined, member.Participant.From, member.Who);
            if (member.Participant.Until is { } until && until <= now)
                yield return own.Of(HistoryKind.Left, until, member.Who);
        }
    }

    private static IEnumerable<HistoryEntry> OfReview(Review review, Team team, IReadOnlyList<AddendumView> addenda)
    {
        var entries = new Entries(HistoryOf.Reviews, review.Id);
        yield return entries.Of(HistoryKind.ReviewOpened, review.OpenedAt, team[review.OpenedById], review.Title);
        if (review is { ClosedAt: { } closed, ClosedById: { } closer })
            yield return entries.Of(HistoryKind.ReviewClosed, closed, team[closer], review.Title);
        if (review is { SignedAt: { } signed, SignedById: { } signer })
            yield return entries.Of(HistoryKind.ReviewSigned, signed, team[signer], review.Title);
        foreach (var addendum in addenda)
            yield return entries.Of(HistoryKind.AddendumAdded, addendum.At, addendum.By, addendum.Words, of: addendum.Id);
    }

    private static IEnumerable<HistoryEntry> OfView(ContributionView view, IReadOnlyList<ContributionVersionView> versions)
    {
        var entries = new Entries(HistoryOf.Views, view.Id, view.Outcome);
        // Of one that was taken back others see that it was there, and when.
        if (versions.Count == 0 && view.FirstSignedAt is { } first)
            yield return entries.Of(HistoryKind.ViewGiven, first, view.Author);
        string? before = null;
        foreach (var version in versions)
        {
            var words = version.Words ?? version.Summary;
            yield return entries.Of(before is null ? HistoryKind.ViewGiven : HistoryKind.ViewChanged, version.SignedAt, view.Author, words, before, number: version.Version);
            before = words;
        }

        if (view.WithdrawnAt is { } withdrawn)
            yield return entries.Of(HistoryKind.ViewTakenBack, withdrawn, view.Author);
        foreach (var response in view.Responses)
            yield return entries.Of(HistoryKind.ViewAnswered, response.At, response.By, response.Reason, of: response.Id) with { Stance = response.Stance };
        foreach (var question in view.Questions)
        {
            yield return entries.Of(HistoryKind.Asked, question.At, question.By, question.Words, of: question.Id);
            foreach (var answer in question.Answers)
                yield return entries.Of(HistoryKind.Answered, answer.At, answer.By, answer.Words, of: answer.Id);
        }
    }

    private static IEnumerable<HistoryEntry> OfDecision(DecisionView decision)
    {
        var entries = new Entries(HistoryOf.Decisions, decision.Id, [.. decision.Outcomes]);
        string? before = null;
        foreach (var wording in decision.Wordings)
        {
            var words = Fields(wording.What, wording.How, wording.Why, wording.WhereNext);
            yield return entries.Of(before is null ? HistoryKind.DecisionTaken : HistoryKind.DecisionReworded, wording.At, wording.By, words, before, number: wording.Number);
            before = words;
        }

        foreach (var response in decision.Responses)
            yield return entries.Of(HistoryKind.DecisionAnswered, response.At, response.By, response.Reason, of: response.Id) with { Stance = response.Stance };
        foreach (var recheck in decision.Rechecks)
            yield return entries.Of(HistoryKind.DecisionRechecked, recheck.At, recheck.By, recheck.Finding, of: recheck.Id);
    }

    private static IEnumerable<HistoryEntry> OfAction(ActionView action)
    {
        var entries = new Entries(HistoryOf.ActionsAndTargets, action.Id, action.Outcome);
        yield return entries.Of(HistoryKind.ActionAgreed, action.AgreedAt, action.AgreedBy, action.What);
        foreach (var handover in action.Handovers)
        {
            yield return entries.Of(HistoryKind.ActionOffered, handover.OfferedAt, handover.From, action.What, of: handover.Id);
            if (handover.AcceptedAt is { } accepted)
                yield return entries.Of(HistoryKind.ActionTakenOn, accepted, handover.To, action.What, of: handover.Id);
            if (handover.HandedBackAt is { } back)
                yield return entries.Of(HistoryKind.ActionHandedBack, back, handover.To, handover.HandedBackWhy, of: handover.Id);
        }
    }

    private static IEnumerable<HistoryEntry> OfTarget(TargetView target)
    {
        var entries = new Entries(HistoryOf.ActionsAndTargets, target.Id, target.Outcome);
        yield return entries.Of(HistoryKind.TargetSet, target.SetAt, target.SetBy, target.Rewordings is [var first, ..] ? first.Before : target.What);
        foreach (var rewording in target.Rewordings)
        {
            yield return entries.Of(HistoryKind.TargetReworded, rewording.At, rewording.By, rewording.Words, rewording.Before, of: rewording.Id);
            if (rewording is { RepliedAt: { } replied, ReplyBy: { } by })
                yield return entries.Of(HistoryKind.TargetReplied, replied, by, rewording.Reply, of: rewording.Id);
        }

        foreach (var note in target.Progress)
            yield return entries.Of(HistoryKind.ProgressNoted, note.At, note.By, note.Words, of: note.Id);
    }

    private static string Fields(string what, string? how, string? why, string? whereNext) => string.Join('\n',
        new (string? Name, string? Words)[] { (null, what), ("How", how), ("Why", why), ("Where to next", whereNext) }
            .Where(f => f.Words is not null).Select(f => f.Name is null ? f.Words : $"{f.Name}: {f.Words}"));

    /// <summary>What happened to one thing.</summary>
    private sealed record Entries(HistoryOf About, Guid Subject, params IReadOnlyList<string> Outcomes)
    {
        /// <param name="of">The part of the subject that it is, where there are several.</param>
        public HistoryEntry Of(HistoryKind kind, DateTimeOffset at, Who by, string? words = null, string? before = null, Guid? of = null, int number = 0) =>
            new(IdOf($"{kind} {of ?? Subject} {number}"), at, About, kind, by, Subject, Outcomes, words, before);

        /// <summary>The same for the same thing, so that a list can be gone on with after it.</summary>
        private static Guid IdOf(string thing)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(thing)).AsSpan(0, 16);
            (hash[6], hash[8]) = ((byte)((hash[6] & 0x0f) | 0x80), (byte)((hash[8] & 0x3f) | 0x80));
            return new Guid(hash, bigEndian: true);
        }
    }
}
