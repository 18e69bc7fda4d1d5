using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Mail;

/// <summary>The mails that a stretch of the journal asks for, and the number up to which it was read.</summary>
/// <param name="From">Where the stretch began; null when nothing was ever read before.</param>
public sealed record NoticesDue(long? From, long UpTo, IReadOnlyList<OutgoingMail> Mails)
{
    public bool IsNothing => From == UpTo;
}

/// <summary>
/// What must not wait for the morning: a decision put in question, a restriction, a question, an emergency access. Read from the
/// journal after it is numbered, so nobody who writes waits for it and nothing is missed. Each reader hears of what they can see.
/// </summary>
public sealed class Notices(IPlanningDatabase database, Correspondents correspondents, IMail mail, IClocks clocks, ISealing sealing, TimeProvider time)
{
    private const int MostAtOnce = 200;

    /// <summary>When mail was off for a while, nobody wants to hear then of all that is past.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromDays(2);

    private readonly Links links = Links.Of(mail);

    public async Task<NoticesDue> Read(CancellationToken cancellation)
    {
        var from = await database.MailedUpTo.Select(m => (long?)m.Next).SingleOrDefaultAsync(cancellation);
        if (from is not { } next)
            return new NoticesDue(null, await database.JournalLengths.Select(l => l.Size).SingleOrDefaultAsync(cancellation), []);
        var entries = await database.Journal.AsNoTracking().Where(e => e.Sequence >= next).OrderBy(e => e.Sequence).Take(MostAtOnce).ToListAsync(cancellation);
        var mails = new List<OutgoingMail>();
        foreach (var entry in entries.Where(e => e.Writes && e.Verdict is Verdict.Allowed && time.GetUtcNow() - e.At < Past))
            mails.AddRange(await MailsOf(entry, cancellation));
        return new NoticesDue(next, entries.Count == 0 ? next : entries[^1].Sequence!.Value + 1, mails);
    }

    /// <summary>Keeps what was read, unless another host has kept it first.</summary>
    public static async Task Keep(IPlanningDatabase database, NoticesDue due, CancellationToken cancellation)
    {
        var place = await database.MailedUpTo.SingleOrDefaultAsync(cancellation);
        if (place?.Next != due.From)
            return;
        if (place is null)
            database.MailedUpTo.Add(new MailedUpTo(due.UpTo));
        else
            place.MoveTo(due.UpTo);
        database.OutgoingMails.AddRange(due.Mails);
        await database.SaveChangesAsync(cancellation);
    }

    private Task<IEnumerable<OutgoingMail>> MailsOf(JournalEntry entry, CancellationToken cancellation) => entry switch
    {
        { Act: "AddContribution", ResultId: { } view, PlanId: { } plan } => Rechecks(view, plan, entry, cancellation),
        { Act: "SignDraft" or "ReviseContribution", PartId: { } view, PlanId: { } plan } => Rechecks(view, plan, entry, cancellation),
        { Act: "SetRestriction" or "LiftRestriction", ResultId: { } restriction, PlanId: { } plan } => Restrictions(restriction, plan, entry, cancellation),
        { Act: "AskQuestion", ResultId: { } question } => Questions(question, cancellation),
        { Act: "OpenInEmergency", ResultId: { } access } => EmergencyAccesses(access, cancellation),
        _ => Task.FromResult<IEnumerable<OutgoingMail>>([]),
    };

    /// <summary>
    /// To those who decide and can see the view, of the decisions that it is the first to put in question: of one that waits to be
    /// checked already they have heard.
    /// </summary>
    private async Task<IEnumerable<OutgoingMail>> Rechecks(Guid view, Guid planId, JournalEntry entry, CancellationToken cancellation)
    {
        if (!await database.Decisions.AnyAsync(d => d.PlanId == planId && d.DecidedAt < entry.At, cancellation))
            return [];
        var mails = new List<OutgoingMail>();
        var deciding = (await Current(planId, cancellation)).Where(v => v.May(Permission.Read | Permission.Decide) && v.PersonId != entry.PersonId).ToList();
        var reached = await correspondents.Of(deciding.Select(v => v.PersonId), c => c.RecheckNeeded is HowOften.Immediate, cancellation);
        foreach (var viewer in deciding.Where(v => reached.Contains(v.PersonId)))
        {
            var arrived = (await SeenContributions.Load(database, viewer, c => c.Id == view, cancellation)).FirstOrDefault();
            if (arrived?.Stands is not true)
                continue;
            var seen = await SeenContributions.Load(database, viewer, c => c.ReviewId == arrived.ReviewId, cancellation);
            var team = await Team.Load(database, viewer, cancellation);
            var signedAt = seen.ToDictionary(c => c.Id, c => c.Newest.SignedAt);
            var decisions = (await DecisionViews.Load(database, viewer, team, seen, d => d.ReviewId == arrived.ReviewId, cancellation))
                .Where(d => d.Unchecked.Contains(view) && !d.Unchecked.Any(other => signedAt[other] < signedAt[view])).ToList();
            if (decisions.Count > 0)
            {
                var text = MailTexts.RecheckNeeded(team[arrived.VoiceId].Role, decisions.Count, await SignOffDue(arrived.ReviewId, cancellation), links);
                mails.Add(Mail(MailKind.RecheckNeeded, viewer.PersonId, arrived.ReviewId, text));
            }
        }

        return mails;
    }

    /// <summary>To those who answer for what is hidden, and never to the one it is hidden from.</summary>
    private async Task<IEnumerable<OutgoingMail>> Restrictions(Guid restriction, Guid planId, JournalEntry entry, CancellationToken cancellation)
    {
        var answering = new List<Viewer>();
        foreach (var viewer in (await Current(planId, cancellation)).Where(v => v.MayRestrict && v.PersonId != entry.PersonId))
        {
            if (await database.Restrictions.KnownTo(viewer).AnyAsync(r => r.Id == restriction, cancellation))
                answering.Add(viewer);
        }

        var by = await database.Participants.Where(p => p.PlanId == planId && p.PersonId == entry.PersonId).OrderByDescending(p => p.From)
            .Select(p => p.Role).FirstOrDefaultAsync(cancellation);
        var reached = await correspondents.Of(answering.Select(v => v.PersonId), c => c.RestrictionChanged is HowOften.Immediate, cancellation);
        var text = MailTexts.RestrictionChanged(by, (await ClockOf(planId, cancellation)).DayOf(entry.At), links);
        return reached.Select(person => Mail(MailKind.RestrictionChanged, person, restriction, text));
    }

    private async Task<IEnumerable<OutgoingMail>> Questions(Guid id, CancellationToken cancellation)
    {
        var question = await (
            from q in database.Questions
            join asking in database.Participants on q.ById equals asking.Id
            join answering in database.Participants on q.AnswerById equals answering.Id
            where q.Id == id && q.AnsweredAt == null
            select new { q.Due, asking.Role, answering.PersonId }).SingleOrDefaultAsync(cancellation);
        if (question is null)
            return [];
        var reached = await correspondents.Of([question.PersonId], c => c.ReplyOwed is HowOften.Immediate, cancellation);
        return reached.Select(person => Mail(MailKind.QuestionAsked, person, id, MailTexts.QuestionAsked(question.Role, question.Due, links)));
    }

    /// <summary>To the lead professional and the privacy officers, whatever they chose.</summary>
    private async Task<IEnumerable<OutgoingMail>> EmergencyAccesses(Guid id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var access = await (
            from e in database.EmergencyAccesses
            join plan in database.Plans on e.PlanId equals plan.Id
            join lead in database.Participants on plan.LeadParticipantId equals lead.Id
            join opener in database.Persons on e.PersonId equals opener.Id
            where e.Id == id
            select new { e.GrantedAt, e.ReviewDue, e.PersonId, plan.Authority, Lead = lead.PersonId, opener.UsualRole }).SingleAsync(cancellation);
        var officers = await database.Appointments
            .Where(a => a.Office == Office.PrivacyOfficer && a.Authority == access.Authority && a.From <= now && (a.Until == null || now < a.Until)
                && a.PersonId != access.PersonId)
            .Select(a => a.PersonId).Distinct().ToListAsync(cancellation);
        var reached = await correspondents.WithAddress(officers.Append(access.Lead), cancellation);
        var day = clocks.Of(access.Authority).DayOf(access.GrantedAt);
        return reached.Select(person => Mail(MailKind.EmergencyAccess, person, id,
            MailTexts.EmergencyAccess(access.UsualRole, day, access.ReviewDue, leads: person == access.Lead, links)));
    }

    private async Task<List<Viewer>> Current(Guid planId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await Viewers.Load(database, database.Participants.Where(
            p => p.PlanId == planId && p.From <= now && (p.Until == null || now < p.Until)), cancellation);
    }

    private async Task<DateOnly> SignOffDue(Guid reviewId, CancellationToken cancellation)
    {
        var review = await database.Reviews.AsNoTracking().SingleAsync(r => r.Id == reviewId, cancellation);
        var clock = await ClockOf(review.PlanId, cancellation);
        return clock.Due(review.ClosedAt is { } closed ? clock.DayOf(closed) : review.ClosesOn, clock.Rules.SignOff);
    }

    private async Task<PlanningClock> ClockOf(Guid planId, CancellationToken cancellation) =>
        clocks.Of(await database.Plans.Where(p => p.Id == planId).Select(p => p.Authority).SingleAsync(cancellation));

    private OutgoingMail Mail(MailKind kind, Guid person, Guid about, MailText text) => new(kind, person, about, text, sealing, time.GetUtcNow());
}
