using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Administration;

/// <summary>The clocks and the calendar of the caller's authority.</summary>
public sealed record ReadClocks(string? Authority) : IQuery<ClocksView>, IAppointed
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>Sets the clocks and the calendar of the caller's authority: as a whole, for all its plans, and at once.</summary>
public sealed record ChangeClocks(string? Authority, int ReadAt, NewClocks Body) : IFromVersion, IAppointed, IWithBody<NewClocks>
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>So many days, counted so.</summary>
public sealed record ClockDays(int Days, DayCounting Counting);

/// <summary>From one day to another, both included.</summary>
public sealed record DaysFromTo(DateOnly First, DateOnly Last);

/// <summary>Clocks and calendar, complete: what is left out is empty, and is not taken from anywhere else.</summary>
/// <param name="Initiate">From the plan's start until it must be begun.</param>
/// <param name="FirstPlan">From the plan's start until it is complete.</param>
/// <param name="Window">For how long a review is open for views, unless whoever opens it says otherwise.</param>
/// <param name="SignOff">From a review's close until it is signed off.</param>
/// <param name="Answer">Until a question is answered.</param>
/// <param name="Handover">Until an action that was handed over is accepted or handed back.</param>
/// <param name="Terms">Needed as soon as a clock counts school days.</param>
public sealed record NewClocks(
    ClockDays Initiate, ClockDays FirstPlan, ClockDays Window, ClockDays SignOff, ClockDays Answer, ClockDays Handover,
    IReadOnlyList<DateOnly>? BankHolidays = null, IReadOnlyList<DaysFromTo>? Terms = null, IReadOnlyList<DaysFromTo>? HalfTerms = null)
{
    public ClockSettings ToSettings() => new(
        new ClockRules { Initiate = Rule(Initiate), FirstPlan = Rule(FirstPlan), Window = Rule(Window), SignOff = Rule(SignOff), Answer = Rule(Answer), Handover = Rule(Handover) },
        [.. (BankHolidays ?? []).Distinct().Order()], Spans(Terms), Spans(HalfTerms));

    private static ClockRule Rule(ClockDays clock) => new(clock.Days, clock.Counting);

    private static List<DaySpan> Spans(IReadOnlyList<DaysFromTo>? spans) => [.. (spans ?? []).Select(s => new DaySpan(s.First, s.Last)).OrderBy(s => s.First)];
}

/// <summary>What an authority's days are counted by.</summary>
/// <param name="FromConfiguration">The authority has set none of its own: these are those that the server was started with.</param>
public sealed record ClocksView(
    string Authority, ClockDays Initiate, ClockDays FirstPlan, ClockDays Window, ClockDays SignOff, ClockDays Answer, ClockDays Handover,
    IReadOnlyList<DateOnly> BankHolidays, IReadOnlyList<DaysFromTo> Terms, IReadOnlyList<DaysFromTo> HalfTerms, bool FromConfiguration,
    DateTimeOffset? ChangedAt, int Version) : IVersionedView;

public sealed class NewClocksValidator : AbstractValidator<NewClocks>
{
    public NewClocksValidator()
    {
        RuleFor(c => c.Initiate.Days).InclusiveBetween(1, ClockSettings.MostDays);
        RuleFor(c => c.FirstPlan.Days).InclusiveBetween(1, ClockSettings.MostDays);
        RuleFor(c => c.SignOff.Days).InclusiveBetween(1, ClockSettings.MostDays);
        RuleFor(c => c.Window.Days).InclusiveBetween(1, ClockSettings.MostDays);
        RuleFor(c => c.Answer.Days).InclusiveBetween(1, ClockSettings.MostDays);
        RuleFor(c => c.Handover.Days).InclusiveBetween(1, ClockSettings.MostDays);
        RuleFor(c => c.BankHolidays).AtMost(ClockSettings.MostHolidays);
        RuleForEach(c => c.BankHolidays).Day();
        RuleFor(c => c.Terms).AtMost(ClockSettings.MostSpans);
        RuleForEach(c => c.Terms).SetValidator(new DaysFromToValidator());
        RuleFor(c => c.HalfTerms).AtMost(ClockSettings.MostSpans);
        RuleForEach(c => c.HalfTerms).SetValidator(new DaysFromToValidator());
        RuleFor(c => c.Terms).Must((c, _) => !c.ToSettings().LacksTerms)
            .WithErrorCode("required").WithMessage("A clock that counts school days needs the dates of terms.");
    }
}

public sealed class DaysFromToValidator : AbstractValidator<DaysFromTo>
{
    public DaysFromToValidator()
    {
        RuleFor(d => d.First).Day();
        RuleFor(d => d.Last).Day();
        RuleFor(d => d.Last).Must((d, last) => d.First <= last).WithErrorCode("before-first").WithMessage("The last day must not come before the first.");
    }
}

public sealed class AuthoritySettingsHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadClocks, ClocksView>, IRequestHandler<ChangeClocks, Written>
{
    public async Task<ClocksView> Handle(ReadClocks request, CancellationToken cancellationToken)
    {
        var authority = call.AuthorityOf(request.Authority);
        var own = await database.AuthorityClocks.AsNoTracking().SingleOrDefaultAsync(c => c.Authority == authority, cancellationToken);
        var (rules, holidays, terms, halfTerms) = own?.Settings ?? clocks.SettingsOf(authority);
        return new ClocksView(
            authority, Days(rules.Initiate), Days(rules.FirstPlan), Days(rules.Window), Days(rules.SignOff), Days(rules.Answer), Days(rules.Handover),
            holidays, Spans(terms), Spans(halfTerms), own is null, own?.ChangedAt, own?.Version ?? 0);

        static ClockDays Days(ClockRule rule) => new(rule.Days, rule.Counting);

        static List<DaysFromTo> Spans(IEnumerable<DaySpan> spans) => [.. spans.Select(s => new DaysFromTo(s.First, s.Last))];
    }

    public async Task<Written> Handle(ChangeClocks request, CancellationToken cancellationToken)
    {
        var (authority, now) = (call.AuthorityOf(request.Authority), time.GetUtcNow());
        var settings = request.Body.ToSettings();
        var own = await database.AuthorityClocks.SingleOrDefaultAsync(c => c.Authority == authority, cancellationToken);
        if (own is not null)
            own.AsReadAt(request.ReadAt).Change(settings, call.PersonId, now);
        else if (request.ReadAt == 0)
            database.AuthorityClocks.Add(own = new AuthorityClocks(authority, settings, call.PersonId, now));
        else
            throw new StaleVersion(0);
        return new Written(call.PersonId, own);
    }
}
