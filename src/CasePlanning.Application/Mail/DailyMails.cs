using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Mail;

/// <summary>What one person is sent this morning.</summary>
/// <param name="ToldUpTo">Up to when they had been told; null when nothing was ever kept of them.</param>
public sealed record DailyDue(Guid PersonId, DateTimeOffset? ToldUpTo, IReadOnlyList<OutgoingMail> Mails);

/// <summary>
/// One mail a morning, at half past seven where the person's authority is, to those who want one and only when there is something
/// to tell; and word of answers that are overdue.
/// </summary>
public sealed class DailyMails(
    IPlanningDatabase database, Correspondents correspondents, IMail mail, IClocks clocks, ISealing sealing, TimeProvider time)
{
    public static readonly TimeOnly Morning = new(7, 30);

    private const int MostAtOnce = 50;

    /// <summary>Whoever was not told for longer (the host was off, mail was off) is told of the last day alone.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(4);

    private readonly Links links = Links.Of(mail);

    /// <summary>Some of those whose morning has come, each with their authority.</summary>
    public async Task<IReadOnlyList<(Guid PersonId, string Authority)>> WhoseMorningHasCome(CancellationToken cancellation)
    {
        var due = new List<(Guid, string)>();
        var known = correspondents.Known();
        var authorities = await database.Agencies.Select(a => a.Authority).Union(database.Plans.Select(p => p.Authority)).ToListAsync(cancellation);
        foreach (var authority in authorities.Order(StringComparer.Ordinal))
        {
            var morning = LastMorning(authority);
            var people = await known
                .Where(p => p.AgencyId != null
                    ? database.Agencies.Any(a => a.Id == p.AgencyId && a.Authority == authority)
                    : database.Participants.Where(part => part.PersonId == p.Id).OrderBy(part => part.From).ThenBy(part => part.Id)
                        .Select(part => part.PlanId).Take(1).Any(plan => database.Plans.Any(x => x.Id == plan && x.Authority == authority)))
                .Where(p => !database.MailChoices.Any(c => c.PersonId == p.Id && c.ToldUpTo >= morning))
                .OrderBy(p => p.Id).Select(p => p.Id).Take(MostAtOnce).ToListAsync(cancellation);
            due.AddRange(people.Select(p => (p, authority)));
        }

        return due;
    }

    public async Task<DailyDue> Read(Guid person, string authority, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var choice = await correspondents.ChoiceOf(person, cancellation);
        // Whoever has only just come in has seen what there is.
        if (choice.ToldUpTo is not { } told)
            return new DailyDue(person, null, []);

        var since = now - told > LongestGap ? LastMorning(authority).AddDays(-1) : told;
        var mails = new List<OutgoingMail>();
        if (choice.ReplyOwed is HowOften.Immediate)
            mails.AddRange(await OverdueAnswers(person, now, cancellation));
        if (choice.WantsDaily)
        {
            var news = new News(database, clocks, choice, since, now);
            var lines = await news.Of(person, cancellation);
            if (news.IsWorthAMail)
                mails.Add(Mail(MailKind.Daily, person, null, MailTexts.Daily(clocks.Of(authority).DayOf(now), lines, links), now));
        }

        return new DailyDue(person, told, mails);
    }

    /// <summary>Keeps what was read, unless another host has kept it first.</summary>
    public static async Task Keep(IPlanningDatabase database, DailyDue due, DateTimeOffset now, CancellationToken cancellation)
    {
        var choice = await database.MailChoices.SingleOrDefaultAsync(c => c.PersonId == due.PersonId, cancellation);
        if (choice?.ToldUpTo != due.ToldUpTo)
            return;
        if (choice is null)
        {
            var isProfessional = await database.Persons.AnyAsync(p => p.Id == due.PersonId && p.AgencyId != null, cancellation);
            database.MailChoices.Add(choice = new MailChoice(due.PersonId, isProfessional));
        }

        choice.Told(now);
        database.OutgoingMails.AddRange(due.Mails);
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>Of each answer once.</summary>
    private async Task<IEnumerable<OutgoingMail>> OverdueAnswers(Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        var waiting = await (
            from question in database.Questions
            join plan in database.Plans on question.PlanId equals plan.Id
            where question.AnsweredAt == null
                && database.Participants.Any(p => p.Id == question.AnswerById && p.PersonId == person && p.From <= now && (p.Until == null || now < p.Until))
                && !database.OutgoingMails.Any(m => m.AboutId == question.Id && m.Kind == MailKind.ReplyOverdue && m.ToPersonId == person)
            select new { question.Id, question.Due, plan.Authority }).ToListAsync(cancellation);
        return waiting.Where(q => q.Due < clocks.Of(q.Authority).DayOf(now))
            .Select(q => Mail(MailKind.ReplyOverdue, person, q.Id, MailTexts.ReplyOverdue(q.Due, links), now));
    }

    private DateTimeOffset LastMorning(string authority)
    {
        var (clock, now) = (clocks.Of(authority), time.GetUtcNow());
        var today = clock.DayOf(now);
        var morning = clock.At(today, Morning);
        return now < morning ? clock.At(today.AddDays(-1), Morning) : morning;
    }

    private OutgoingMail Mail(MailKind kind, Guid person, Guid? about, MailText text, DateTimeOffset now) => new(kind, person, about, text, sealing, now);
}
