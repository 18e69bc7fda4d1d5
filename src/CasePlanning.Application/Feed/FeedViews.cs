using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>A contribution that a client may know of, without a word of it.</summary>
/// <param name="InFull">The client reads the words; otherwise the summary alone.</param>
/// <param name="ByAudience">It would read them also if it had not brought them in itself, and with them what hangs on them.</param>
internal sealed record KnownView(Guid Id, DateTimeOffset FirstSignedAt, bool IsWithdrawn, bool InFull, bool ByAudience);

/// <summary>
/// Which of the contributions that entries are about a client may know of, by the rule that all reading goes by, and of which acts on
/// them it may be told: of the same that a read of the contribution shows it now.
/// </summary>
internal sealed class FeedViews
{
    private static readonly Compiled<Func<DbContext, List<Guid>, Guid, Guid, List<Guid>, IAsyncEnumerable<KnownView>>> Known = new(() =>
        EF.CompileAsyncQuery(ContributionVisibility.WithRule<Func<DbContext, List<Guid>, Guid, Guid, List<Guid>, IQueryable<KnownView>>>(
            (context, ids, agency, client, hidden) =>
                from c in context.Set<Contribution>()
                where ids.Contains(c.Id) && (ContributionVisibility.IsReadByClient(c, agency, client, hidden)
                    || (!hidden.Contains(c.Id) && c.Audience != AudienceKind.Sealed
                        && c.Versions.OrderByDescending(v => v.Number).Select(v => v.Summary).FirstOrDefault() != null))
                select new KnownView(
                    c.Id, c.FirstSignedAt, c.WithdrawnAt != null, ContributionVisibility.IsReadByClient(c, agency, client, hidden),
                    ContributionVisibility.IsReadByClient(c, agency, Guid.Empty, hidden)))));

    private readonly Dictionary<Guid, KnownView> views;
    private readonly Dictionary<Guid, AnsweredQuestion> questions;
    private readonly FeedSummaries summaries;

    private FeedViews(Dictionary<Guid, KnownView> views, Dictionary<Guid, AnsweredQuestion> questions, FeedSummaries summaries) =>
        (this.views, this.questions, this.summaries) = (views, questions, summaries);

    public static async Task<FeedViews> Of(
        IPlanningDatabase database, Client client, FeedSeats seats, List<Guid> hidden, IReadOnlyList<FeedEntry> entries, CancellationToken cancellation)
    {
        var about = entries.Where(e => FeedActs.ResourceOf(e.Act) is EventResource.Contribution && !FeedActs.IsOfRestriction(e.Act)).ToList();
        if (about.Count == 0)
            return new FeedViews([], [], FeedSummaries.None);
        var questions = await AnsweredQuestion.Load(database, [.. about.Where(e => e.Act is nameof(AnswerQuestion)).Select(e => e.PartId!.Value)], cancellation);
        var views = new Dictionary<Guid, KnownView>(about.Count);
        // Of most, enough came with the entry.
        foreach (var entry in about)
        {
            if (entry.OpenSince is { } since && seats.IsOpen(entry.PlanId, entry.ContributionId, hidden))
                views[entry.ContributionId] = new KnownView(entry.ContributionId, since, IsWithdrawn: false, InFull: true, ByAudience: true);
        }

        var others = about.Select(e => IdOf(e, questions)).OfType<Guid>().Where(id => !views.ContainsKey(id)).Distinct();
        foreach (var (id, view) in await Load(database, client, hidden, [.. others], cancellation))
            views.Add(id, view);
        return new FeedViews(views, questions,
            await FeedSummaries.Of(database, [.. views.Values.Where(v => !v.ByAudience).Select(v => v.Id)], cancellation));
    }

    /// <param name="hidden">What is not to be known though an audience allows it.</param>
    public static async Task<Dictionary<Guid, KnownView>> Load(
        IPlanningDatabase database, Client client, List<Guid> hidden, List<Guid> ids, CancellationToken cancellation)
    {
        var views = new Dictionary<Guid, KnownView>(ids.Count);
        if (ids.Count == 0)
            return views;
        await foreach (var view in Known.For(database, out var context)(context, ids, client.AgencyId, client.Id, hidden).WithCancellation(cancellation))
            views.Add(view.Id, view);
        return views;
    }

    public Guid? IdOf(FeedEntry entry) => IdOf(entry, questions);

    public bool Knows(Guid contribution) => views.ContainsKey(contribution);

    /// <returns>Null when the client is not told of it.</returns>
    public EventType? TypeOf(FeedEntry entry)
    {
        // A draft keeps its id when it is signed, and nobody is told what was done to it before.
        if (IdOf(entry) is not { } id || !views.TryGetValue(id, out var view) || !entry.IsAfter(view.FirstSignedAt))
            return null;
        var type = FeedActs.TypeOf(entry.Act);
        return type switch
        {
            EventType.ContributionAdded or EventType.ContributionRevised when !view.InFull => summaries.TypeOf(id, entry),
            EventType.ContributionRevised => view.IsWithdrawn ? null : type,
            EventType.ContributionConfirmed or EventType.ContributionWithdrawn => view.InFull || summaries.IsAfterFirst(id, entry) ? type : null,
            EventType.ContributionAttachmentAdded or EventType.ContributionAttachmentRemoved => view.ByAudience && !view.IsWithdrawn ? type : null,
            EventType.ContributionRespondedTo => view.ByAudience || summaries.IsRespondedToBy(id, entry) ? type : null,
            EventType.QuestionAsked => view.ByAudience || summaries.IsAskedBy(id, entry) ? type : null,
            EventType.QuestionAnswered => (view.ByAudience || questions[entry.PartId!.Value].ToSummary) && questions[entry.PartId!.Value].IsAnsweredBy(entry) ? type : null,
            _ => type,
        };
    }

    private static Guid? IdOf(FeedEntry entry, Dictionary<Guid, AnsweredQuestion> questions) => entry.Act switch
    {
        nameof(AnswerQuestion) => questions.GetValueOrDefault(entry.PartId!.Value)?.ContributionId,
        _ => entry.ContributionId,
    };
}

/// <summary>A question, and when it was answered so that others than its asker know.</summary>
internal sealed record AnsweredQuestion(Guid ContributionId, bool ToSummary, IReadOnlyList<DateTimeOffset> KnownAnswers)
{
    public static async Task<Dictionary<Guid, AnsweredQuestion>> Load(IPlanningDatabase database, List<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var questions = await database.Questions.Where(q => ids.Contains(q.Id))
            .Select(q => new { q.Id, q.ContributionId, q.ToSummary, q.AnsweredAt }).ToListAsync(cancellation);
        var answers = (await database.Answers.Where(a => ids.Contains(a.QuestionId) && !a.OnlyForAsker)
            .Select(a => new { a.QuestionId, a.At }).ToListAsync(cancellation)).ToLookup(a => a.QuestionId, a => a.At);
        // That there is a first answer is seen by all who see the question.
        return questions.ToDictionary(q => q.Id, q => new AnsweredQuestion(
            q.ContributionId, q.ToSummary, q.AnsweredAt is { } first ? [first, .. answers[q.Id]] : []));
    }

    public bool IsAnsweredBy(FeedEntry entry) => KnownAnswers.Any(entry.Did);
}
