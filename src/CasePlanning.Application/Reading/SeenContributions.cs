using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>One version as the viewer may read it: the words, or the summary alone.</summary>
public sealed record SeenVersion(int Number, string? Words, string? Summary, Outlook? Outlook, string? WhatChanged, DateTimeOffset SignedAt);

/// <summary>A contribution as far as the viewer may know it. There is no way from here to what is hidden.</summary>
public sealed record SeenContribution(
    Guid Id, Guid PlanId, Guid ReviewId, string Outcome, Guid VoiceId, Guid? ProxyId, Guid? AssertedById, Mode Mode, AudienceKind Audience,
    IReadOnlyList<Guid> ReaderIds, IReadOnlyList<Guid> ReaderAgencyIds, DateTimeOffset? ConfirmedAt, DateTimeOffset? WithdrawnAt,
    bool InFull, IReadOnlyList<SeenVersion> Versions)
{
    /// <summary>
    /// The viewer is in the audience, or it is their own: they read what hangs on the words as well. A client that only brought
    /// them in reads back what it sent, and not what others said or the author attached.
    /// </summary>
    public bool WithWhatHangsOnIt { get; init; } = InFull;

    /// <summary>False where it is known that nobody responded, so that nobody need be asked. The same of questions, and of what is attached.</summary>
    public bool MayHaveResponses { get; init; } = true;

    public bool MayHaveQuestions { get; init; } = true;

    public bool MayHaveAttachments { get; init; } = true;

    public SeenVersion Newest => Versions[^1];

    public bool Stands => WithdrawnAt is null;

    public bool IsUnconfirmed => (ProxyId is not null || AssertedById is not null) && ConfirmedAt is null;

    /// <summary>Once withdrawn, words are their voice's alone.</summary>
    public bool IsReadBy(Viewer viewer) => Stands || VoiceId == viewer.ParticipantId;

    /// <summary>The viewer reads the words themselves, and with them what is attached to them.</summary>
    public bool IsReadInFullBy(Viewer viewer) => WithWhatHangsOnIt && IsReadBy(viewer);

    public ArrivedView Arrived => new(Id, Outcome, Newest.SignedAt);
}

/// <summary>Loads contributions for a viewer, flat: of those of which they read the summary alone, the words are never selected.</summary>
public static class SeenContributions
{
    private static readonly ReaderQuery<Row> OfOneReview = new(
        (context, plan, review, me, agency, client, professionals, health, home, listed, hidden) =>
            from c in context.Set<Contribution>()
            where c.PlanId == plan && c.ReviewId == review
                && (ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden)
                    || ContributionVisibility.IsSummarised(c, hidden))
            from v in c.Versions
            where v.Summary != null || ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden)
            select new Row(
                c.Id, c.Outcome, c.VoiceId, c.ProxyId, c.AssertedById, c.Mode, c.Audience, c.ConfirmedAt, c.WithdrawnAt, v.Number,
                ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden) ? v.Words : null,
                v.Summary,
                ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden) ? v.Outlook : null,
                ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden) ? v.WhatChanged : null,
                v.SignedAt)
            {
                // Of most there are none, and to look here costs less than a question of its own with the ids of all. What the reader may not
                // know of is not looked for: how long an answer takes would tell of it.
                HasResponses = context.Set<Response>().Any(r => r.ContributionId == c.Id && (r.ToSummary || r.ById == me
                    || ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden))),
                HasQuestions = context.Set<Question>().Any(q => q.ContributionId == c.Id && (q.ToSummary || q.ById == me || q.AnswerById == me
                    || ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden))),
                HasAttachments = context.Set<Attachment>().Any(a => a.ContributionId == c.Id && a.RemovedAt == null
                    && ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden)),
            });

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Readers>>> ReadersOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) =>
            context.Set<Contribution>().Where(c => ids.Contains(c.Id)).Select(c => new Readers(c.Id, c.ReaderIds, c.ReaderAgencyIds))));

    /// <summary>All of one review, which is asked more often than anything else.</summary>
    public static async Task<List<SeenContribution>> OfReview(
        IPlanningDatabase database, Viewer viewer, Guid reviewId, CancellationToken cancellation) =>
        await Seen(
            database, viewer, c => c.ReviewId == reviewId, await OfOneReview.Of(database, viewer, reviewId).ToListAsync(cancellation), _ => reviewId, cancellation);

    public static async Task<List<SeenContribution>> Load(
        IPlanningDatabase database, Viewer viewer, Expression<Func<Contribution, bool>> which, CancellationToken cancellation)
    {
        var full = await (
            from c in database.Contributions.AsNoTracking().ContributionsVisibleTo(viewer).Where(which)
            from v in c.Versions
            select new Row(
                c.Id, c.Outcome, c.VoiceId, c.ProxyId, c.AssertedById, c.Mode, c.Audience, c.ConfirmedAt, c.WithdrawnAt,
                v.Number, v.Words, v.Summary, v.Outlook, v.WhatChanged, v.SignedAt)
            { ReviewId = c.ReviewId }).ToListAsync(cancellation);

        var summarised = await (
            from c in database.Contributions.AsNoTracking().ContributionsSummarisedFor(viewer).Where(which)
            from v in c.Versions
            where v.Summary != null
            select new Row(
                c.Id, c.Outcome, c.VoiceId, c.ProxyId, c.AssertedById, c.Mode, c.Audience, c.ConfirmedAt, c.WithdrawnAt,
                v.Number, null, v.Summary, null, null, v.SignedAt)
            { ReviewId = c.ReviewId }).ToListAsync(cancellation);

        return await Seen(database, viewer, which, [.. full, .. summarised], row => row.ReviewId, cancellation);
    }

    private static async Task<List<SeenContribution>> Seen(
        IPlanningDatabase database, Viewer viewer, Expression<Func<Contribution, bool>> which, List<Row> rows, Func<Row, Guid> reviewOf,
        CancellationToken cancellation)
    {
        // Of all others the audience alone decides.
        var broughtIn = viewer.ClientId is { } client && rows.Exists(r => r.IsInFull && r.AssertedById == client && r.ConfirmedAt is null);
        var byAudience = !broughtIn ? null : await database.Contributions
            .ContributionsVisibleTo(viewer with { ClientId = null }).Where(which).Select(c => c.Id).ToHashSetAsync(cancellation);
        var readers = await Listed(database, [.. rows.Where(r => r.IsInFull && r.Audience is AudienceKind.Named).Select(r => r.Id).Distinct()], cancellation);

        // In the order in which they were given: were those in full to come first, a later summary would be known for one.
        return [.. rows.GroupBy(r => r.Id).Select(Of).OrderBy(c => c.Versions[0].SignedAt).ThenBy(c => c.Id)];

        SeenContribution Of(IGrouping<Guid, Row> versions)
        {
            var c = versions.First();
            var (people, agencies) = readers.TryGetValue(c.Id, out var listed) ? (listed.Ids, listed.AgencyIds) : ([], []);
            return new SeenContribution(
                c.Id, viewer.PlanId, reviewOf(c), c.Outcome, c.VoiceId, c.ProxyId, c.AssertedById, c.Mode, c.Audience, people, agencies,
                c.ConfirmedAt, c.WithdrawnAt, c.IsInFull, c.IsInFull ? InFull(versions) : InSummary(versions))
            {
                WithWhatHangsOnIt = c.IsInFull && (byAudience?.Contains(c.Id) ?? true),
                MayHaveResponses = c.HasResponses,
                MayHaveQuestions = c.HasQuestions,
                MayHaveAttachments = c.HasAttachments,
            };
        }
    }

    /// <summary>Whom those are for that are for named people.</summary>
    /// <param name="read">Contributions whose words the viewer reads.</param>
    private static async Task<Dictionary<Guid, Readers>> Listed(IPlanningDatabase database, List<Guid> read, CancellationToken cancellation) =>
        read.Count == 0 ? [] : await ReadersOf.For(database, out var context)(context, read).ToDictionaryAsync(r => r.ContributionId, cancellationToken: cancellation);

    /// <summary>One that the viewer reads in full, with all its versions, and on which nothing hangs.</summary>
    public static SeenContribution InFull(Contribution c) => new(
        c.Id, c.PlanId, c.ReviewId, c.Outcome, c.VoiceId, c.ProxyId, c.AssertedById, c.Mode, c.Audience, c.ReaderIds, c.ReaderAgencyIds,
        c.ConfirmedAt, c.WithdrawnAt, InFull: true,
        [.. c.Versions.OrderBy(v => v.Number).Select(v => new SeenVersion(v.Number, v.Words, v.Summary, v.Outlook, v.WhatChanged, v.SignedAt))]);

    private static List<SeenVersion> InFull(IEnumerable<Row> rows) =>
        [.. rows.OrderBy(r => r.Number).Select(r => new SeenVersion(r.Number, r.Words, r.Summary, r.Outlook, r.WhatChanged, r.SignedAt))];

    /// <summary>
    /// Versions that differ only in what is hidden are one version here, numbered and dated as if the hidden ones had never been.
    /// </summary>
    private static List<SeenVersion> InSummary(IEnumerable<Row> rows)
    {
        var versions = new List<SeenVersion>();
        foreach (var row in rows.OrderBy(r => r.Number))
        {
            if (versions.Count == 0 || versions[^1].Summary != row.Summary)
                versions.Add(new SeenVersion(versions.Count + 1, Words: null, row.Summary, Outlook: null, WhatChanged: null, row.SignedAt));
        }

        return versions;
    }

    /// <param name="Words">Null where the viewer reads the summary alone.</param>
    private sealed record Row(
        Guid Id, string Outcome, Guid VoiceId, Guid? ProxyId, Guid? AssertedById, Mode Mode, AudienceKind Audience,
        DateTimeOffset? ConfirmedAt, DateTimeOffset? WithdrawnAt, int Number, string? Words, string? Summary, Outlook? Outlook, string? WhatChanged,
        DateTimeOffset SignedAt)
    {
        /// <summary>Where the query did not know it.</summary>
        public Guid ReviewId { get; init; }

        public bool HasResponses { get; init; } = true;

        public bool HasQuestions { get; init; } = true;

        public bool HasAttachments { get; init; } = true;

        public bool IsInFull => Words is not null;
    }

    private sealed record Readers(Guid ContributionId, List<Guid> Ids, List<Guid> AgencyIds);
}
