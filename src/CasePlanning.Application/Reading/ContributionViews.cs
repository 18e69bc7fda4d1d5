using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>Who may read a contribution.</summary>
/// <param name="Participants">For <c>named</c>: the participants who are listed.</param>
/// <param name="Agencies">For <c>named</c>: the agencies whose participants are listed.</param>
public sealed record AudienceView(AudienceKind Kind, IReadOnlyList<Guid>? Participants = null, IReadOnlyList<Guid>? Agencies = null);

/// <summary>One version of a contribution's words.</summary>
public sealed record ContributionVersionView(
    int Version, string? Words, string? Summary, Outlook? Outlook, string? WhatChanged, DateTimeOffset SignedAt);

/// <summary>A drawing, a photograph or a voice note; its content is under its own address.</summary>
public sealed record AttachmentView(Guid Id, string MediaType, int Size, DateTimeOffset AddedAt);

/// <summary>The system that brought words in and says whose they are. Without names where the author is not named.</summary>
/// <param name="Client">What the system is called.</param>
public sealed record AssertedView(string? Client, string? Agency);

/// <summary>A stance on somebody's words.</summary>
public sealed record ResponseView(Guid Id, Who By, Stance Stance, string? Reason, DateTimeOffset At);

/// <summary>An answer to a question.</summary>
public sealed record AnswerView(Guid Id, Who By, AnswerKind Kind, string Words, bool OnlyForAsker, DateTimeOffset At);

/// <summary>A question under a contribution, with who will answer it and by when.</summary>
public sealed record QuestionView(
    Guid Id, Guid ContributionId, QuestionKind Kind, Who By, string Words, DateTimeOffset At, Who AnswerBy, DateOnly AnswerDue,
    bool Answered, IReadOnlyList<AnswerView> Answers);

/// <summary>One voice's own words on one outcome in one review, as far as the reader may know them.</summary>
/// <param name="Words">The newest words; absent where only the summary may be read, and once withdrawn.</param>
/// <param name="Summary">What those outside the audience may read.</param>
/// <param name="EnteredBy">Who wrote the words down, when it was not the author.</param>
/// <param name="AssertedBy">The system of the author's agency that brought the words in, when one did.</param>
/// <param name="Confirmed">For words written down by somebody else or brought in by a system: whether the author has confirmed them.</param>
/// <param name="Mode">How the words came in; a caption, never an order.</param>
/// <param name="Draft">Not signed yet: only the author, and a supervisor it was shown to, see it.</param>
/// <param name="Attachments">What the author drew, photographed or said aloud; for whoever reads the words themselves.</param>
/// <param name="Versions">Every version; only where one contribution is read by itself.</param>
public sealed record ContributionView(
    Guid Id, Guid PlanId, Guid ReviewId, string Outcome, Who Author, Who? EnteredBy, AssertedView? AssertedBy, bool? Confirmed, Mode? Mode,
    string? Words, string? Summary, Outlook? Outlook, AudienceView Audience, int Version, string? WhatChanged,
    DateTimeOffset? SignedAt, DateTimeOffset? FirstSignedAt, DateTimeOffset? WithdrawnAt, bool Draft, Who? ShownTo,
    IReadOnlyList<AttachmentView> Attachments, IReadOnlyList<ResponseView> Responses, IReadOnlyList<QuestionView> Questions,
    IReadOnlyList<ContributionVersionView>? Versions = null) : IVersionedView;

/// <summary>Turns seen contributions into what the reader is given, with the responses and questions that they may read.</summary>
public static class ContributionViews
{
    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Response>>> ResponsesTo = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) => context.Set<Response>().AsNoTracking().Where(r => ids.Contains(r.ContributionId))));

    private static readonly Compiled<Func<DbContext, Guid, List<Guid>, IAsyncEnumerable<Question>>> QuestionsUnder = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid plan, List<Guid> ids) =>
            context.Set<Question>().AsNoTracking().Where(q => q.PlanId == plan && ids.Contains(q.ContributionId))));

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Answer>>> AnswersTo = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) => context.Set<Answer>().AsNoTracking().Where(a => ids.Contains(a.QuestionId))));

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Attached>>> AttachedTo = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) => context.Set<Attachment>()
            .Where(a => ids.Contains(a.ContributionId) && a.RemovedAt == null)
            .OrderBy(a => a.AddedAt).ThenBy(a => a.Id)
            .Select(a => new Attached(a.ContributionId, new AttachmentView(a.Id, a.MediaType, a.Size, a.AddedAt)))));

    public static async Task<Dictionary<Guid, ContributionView>> Of(
        IPlanningDatabase database, Viewer viewer, Team team, IReadOnlyCollection<SeenContribution> seen, CancellationToken cancellation)
    {
        var responses = (await Responses(database, [.. seen.Where(c => c.MayHaveResponses).Select(c => c.Id)], cancellation)).ToLookup(r => r.ContributionId);
        var asked = await Questions(database, viewer.PlanId, [.. seen.Where(c => c.MayHaveQuestions).Select(c => c.Id)], cancellation);
        var questions = (await Questions(database, viewer, team, asked, cancellation)).ToLookup(q => q.View.ContributionId);
        var attachments = await Attachments(database, [.. seen.Where(c => c.MayHaveAttachments && c.IsReadInFullBy(viewer)).Select(c => c.Id)], cancellation);
        var systems = await Systems(database, [.. seen.Select(c => c.AssertedById).OfType<Guid>().Distinct()], cancellation);
        return seen.ToDictionary(c => c.Id, c => Of(c, viewer, team, AssertedBy(c, team, systems), attachments[c.Id],
            responses[c.Id].Where(r => c.WithWhatHangsOnIt || r.ToSummary || r.ById == viewer.ParticipantId),
            questions[c.Id].Where(q => c.WithWhatHangsOnIt || q.ToSummary || q.ConcernsViewer).Select(q => q.View)));
    }

    /// <summary>
    /// What was signed just now, on which nothing hangs yet, as a read by whoever wrote it would show it; null to whoever would not
    /// read its words.
    /// </summary>
    public static async Task<ContributionView?> OfNew(
        IPlanningDatabase database, Viewer viewer, Contribution contribution, CancellationToken cancellation)
    {
        if (!viewer.May(Permission.Read) || viewer.SightOf(contribution, isSummarised: false) is not Sight.Words)
            return null;
        var seen = SeenContributions.InFull(contribution);
        var team = await Team.Load(database, viewer, cancellation);
        var systems = await Systems(database, contribution.AssertedById is { } client ? [client] : [], cancellation);
        return Of(seen, viewer, team, AssertedBy(seen, team, systems), [], [], []) with { Versions = VersionsOf(seen, viewer) };
    }

    /// <summary>What was begun just now and is not signed, as its author reads it.</summary>
    public static async Task<ContributionView?> OfNew(IPlanningDatabase database, Viewer viewer, Draft draft, CancellationToken cancellation) =>
        viewer.May(Permission.Read) && draft.AuthorId == viewer.ParticipantId
            ? Of(draft, await Team.Load(database, viewer, cancellation), [])
            : null;

    private static async Task<Dictionary<Guid, AssertedView>> Systems(IPlanningDatabase database, List<Guid> clients, CancellationToken cancellation) =>
        clients.Count == 0 ? [] : await (
            from client in database.Clients
            join agency in database.Agencies on client.AgencyId equals agency.Id
            where clients.Contains(client.Id)
            select new { client.Id, View = new AssertedView(client.Name, agency.Name) }).ToDictionaryAsync(c => c.Id, c => c.View, cancellation);

    private static async Task<List<Response>> Responses(IPlanningDatabase database, List<Guid> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? [] : await ResponsesTo.For(database, out var context)(context, ids).ToListAsync(cancellation);

    private static async Task<List<Question>> Questions(IPlanningDatabase database, Guid plan, List<Guid> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? [] : await QuestionsUnder.For(database, out var context)(context, plan, ids).ToListAsync(cancellation);

    /// <summary>The system's agency is the author's, which is not named where the author is not.</summary>
    private static AssertedView? AssertedBy(SeenContribution c, Team team, Dictionary<Guid, AssertedView> systems) =>
        c.AssertedById is not { } client ? null : team.Member(c.VoiceId).IsKnown ? systems[client] : new AssertedView(null, null);

    /// <summary>Questions with their answers; those kept between asker and answerer only when the viewer is one of them.</summary>
    public static async Task<List<(QuestionView View, bool ToSummary, bool ConcernsViewer)>> Questions(
        IPlanningDatabase database, Viewer viewer, Team team, System.Linq.Expressions.Expression<Func<Question, bool>> which,
        CancellationToken cancellation) => await Questions(
            database, viewer, team, await database.Questions.AsNoTracking().Where(q => q.PlanId == viewer.PlanId).Where(which).ToListAsync(cancellation), cancellation);

    private static async Task<List<(QuestionView View, bool ToSummary, bool ConcernsViewer)>> Questions(
        IPlanningDatabase database, Viewer viewer, Team team, List<Question> questions, CancellationToken cancellation)
    {
        var me = viewer.ParticipantId;
        if (questions.Count == 0)
            return [];
        var ids = questions.Select(q => q.Id).ToList();
        var answers = (await AnswersTo.For(database, out var context)(context, ids).ToListAsync(cancellation)).ToLookup(a => a.QuestionId);
        return
        [
            .. questions.OrderBy(q => q.At).ThenBy(q => q.Id).Select(q =>
            {
                var concernsViewer = q.ById == me || q.AnswerById == me;
                var read = answers[q.Id].Where(a => !a.OnlyForAsker || concernsViewer || a.ById == me).OrderBy(a => a.At).ThenBy(a => a.Id)
                    .Select(a => new AnswerView(a.Id, team[a.ById], a.Kind, a.Words, a.OnlyForAsker, a.At));
                return (new QuestionView(q.Id, q.ContributionId, q.Kind, team[q.ById], q.Words, q.At, team[q.AnswerById], q.Due,
                    q.AnsweredAt is not null, [.. read]), q.ToSummary, concernsViewer);
            }),
        ];
    }

    /// <summary>What is attached to contributions, or drafts, whose words the viewer reads.</summary>
    public static async Task<ILookup<Guid, AttachmentView>> Attachments(
        IPlanningDatabase database, List<Guid> read, CancellationToken cancellation) =>
        (read.Count == 0 ? [] : await AttachedTo.For(database, out var context)(context, read).ToListAsync(cancellation)).ToLookup(a => a.To, a => a.View);

    /// <summary>A draft, to its author or the supervisor it was shown to.</summary>
    public static ContributionView Of(Draft draft, Team team, IEnumerable<AttachmentView> attachments) => new(
        draft.Id, draft.PlanId, draft.ReviewId, draft.Outcome, team[draft.OnBehalfOfId ?? draft.AuthorId],
        draft.OnBehalfOfId is null ? null : team[draft.AuthorId], AssertedBy: null, Confirmed: null, Mode: null, draft.Words, draft.Summary, draft.Outlook,
        AudienceOf(draft), draft.Version, WhatChanged: null,
        SignedAt: null, FirstSignedAt: null, WithdrawnAt: null, Draft: true, team.Find(draft.ShownToId), [.. attachments], [], []);

    public static AudienceView AudienceOf(Draft draft) => new(draft.Audience, NullWhenEmpty(draft.ReaderIds), NullWhenEmpty(draft.ReaderAgencyIds));

    private static ContributionView Of(
        SeenContribution c, Viewer viewer, Team team, AssertedView? assertedBy, IEnumerable<AttachmentView> attachments,
        IEnumerable<Response> responses, IEnumerable<QuestionView> questions)
    {
        var newest = c.Newest;
        var readsWords = c.IsReadBy(viewer);
        // Family must not learn that there is more than they read, so to them a summary is simply what was said.
        var summaryIsAll = !c.InFull && !viewer.IsToldWhatIsWithheld;
        return new ContributionView(
            c.Id, c.PlanId, c.ReviewId, c.Outcome, team[c.VoiceId], team.Find(c.ProxyId), assertedBy,
            c.ProxyId is null && assertedBy is null ? null : c.ConfirmedAt is not null, c.Mode,
            Words: !readsWords ? null : summaryIsAll ? newest.Summary : newest.Words,
            Summary: !readsWords || summaryIsAll ? null : newest.Summary,
            readsWords ? newest.Outlook : null,
            summaryIsAll
                ? new AudienceView(AudienceKind.Everyone)
                : new AudienceView(c.Audience, NullWhenEmpty(c.ReaderIds), NullWhenEmpty(c.ReaderAgencyIds)),
            newest.Number, newest.WhatChanged, newest.SignedAt, c.Versions[0].SignedAt, c.WithdrawnAt, Draft: false, ShownTo: null,
            [.. attachments],
            [.. responses.OrderBy(r => r.At).ThenBy(r => r.Id).Select(r => new ResponseView(r.Id, team[r.ById], r.Stance, r.Reason, r.At))],
            [.. questions]);
    }

    /// <summary>Every version of one contribution, as the viewer may read them.</summary>
    public static IReadOnlyList<ContributionVersionView> VersionsOf(SeenContribution c, Viewer viewer)
    {
        if (!c.IsReadBy(viewer))
            return [];
        var summaryIsAll = !c.InFull && !viewer.IsToldWhatIsWithheld;
        return [.. c.Versions.Select(v => new ContributionVersionView(
            v.Number, summaryIsAll ? v.Summary : v.Words, summaryIsAll ? null : v.Summary, v.Outlook, v.WhatChanged, v.SignedAt))];
    }

    private static IReadOnlyList<Guid>? NullWhenEmpty(IReadOnlyList<Guid> ids) => ids.Count == 0 ? null : ids;

    private sealed record Attached(Guid To, AttachmentView View);
}
