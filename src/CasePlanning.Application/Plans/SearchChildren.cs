using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Finds the caller's own plans by identifiers of other systems: in a body, because an address is written down everywhere.</summary>
public sealed record SearchChildren(ChildSearch Body) : IQuery<Page<FoundPlan>>, ISignedIn, ITellsOfChildren, IWithBody<ChildSearch>, IForClientsThatRead;

/// <summary>Finds a plan that somebody takes no part in, to open it in an emergency. So often an hour, and never by a name.</summary>
public sealed record SearchInEmergency(ChildSearch Body) : IQuery<Page<PlanToOpen>>, IProfessional, ITellsOfChildren, IWithBody<ChildSearch>
{
    public const int MostInAnHour = 10;
}

/// <summary>Identifiers that are exactly the child's; any one of them finds the plan.</summary>
public sealed record ChildSearch(IReadOnlyList<NewChildIdentifier> Identifiers)
{
    public const int MostIdentifiers = 5;
}

/// <summary>A plan of the caller's.</summary>
public sealed record FoundPlan(Guid Id, PlanKind Kind, string ChildName);

/// <summary>A plan that can be opened in an emergency, and no more of it than that.</summary>
/// <param name="Agency">The agency of whoever leads it, to be asked first.</param>
public sealed record PlanToOpen(Guid PlanId, string? Agency);

public sealed class ChildSearchValidator : AbstractValidator<ChildSearch>
{
    public ChildSearchValidator()
    {
        RuleFor(s => s.Identifiers).AtLeastOne().AtMost(ChildSearch.MostIdentifiers);
        RuleForEach(s => s.Identifiers).SetValidator(new NewChildIdentifierValidator());
    }
}

public sealed class SearchChildrenHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<SearchChildren, Page<FoundPlan>>, IRequestHandler<SearchInEmergency, Page<PlanToOpen>>
{
    public async Task<Page<FoundPlan>> Handle(SearchChildren request, CancellationToken cancellationToken)
    {
        var digests = DigestsOf(request.Body);
        var viewers = await Viewers.OfCaller(database, call, database.Participants.Where(p =>
            database.IdentifierDigests.Any(d => d.PlanId == p.PlanId && digests.Contains(d.Digest))), time.GetUtcNow(), cancellationToken);
        // Families are not shown the numbers of other systems, so they cannot try them here either. A system asks by its own.
        var ids = viewers.Where(v => v.May(Permission.Read) && (v.IsToldWhatIsWithheld || v.Standing is Standing.Integrator))
            .Select(v => v.PlanId).ToList();
        var plans = await database.Plans.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id)
            .Select(p => new FoundPlan(p.Id, p.Kind, p.Child.KnownAs ?? p.Child.GivenName)).ToListAsync(cancellationToken);
        return new Page<FoundPlan>(plans, null);
    }

    public async Task<Page<PlanToOpen>> Handle(SearchInEmergency request, CancellationToken cancellationToken)
    {
        var (person, since) = (call.PersonId, time.GetUtcNow() - TimeSpan.FromHours(1));
        await InAnEmergency.AgencyOf(database, person, cancellationToken);
        var done = await database.Journal.CountAsync(
            e => e.PersonId == person && e.Act == nameof(SearchInEmergency) && e.At > since && e.Verdict == Verdict.Allowed, cancellationToken);
        if (done >= SearchInEmergency.MostInAnHour)
            throw new TooMany(TimeSpan.FromHours(1));
        var digests = DigestsOf(request.Body);
        var plans = await (
            from plan in database.Plans
            where database.IdentifierDigests.Where(d => digests.Contains(d.Digest)).Select(d => d.PlanId).Contains(plan.Id)
            join lead in database.Participants on plan.LeadParticipantId equals lead.Id
            join agency in database.Agencies on lead.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            orderby plan.Id
            select new PlanToOpen(plan.Id, agency == null ? null : agency.Name)).ToListAsync(cancellationToken);
        return new Page<PlanToOpen>(plans, null);
    }

    private static List<byte[]> DigestsOf(ChildSearch search) => [.. search.Identifiers.Select(i => IdentifierDigest.Of(i.System, i.Value))];
}
