using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The caller's own emergency access.</summary>
public sealed record ReadMyEmergencyAccess(Guid AccessId) : IQuery<EmergencyAccessView>, IProfessional, ITellsOfChildren;

/// <summary>The emergency accesses under the caller's authority: those not reviewed first, the oldest of them on top.</summary>
public sealed record ListEmergencyAccesses(PageOf Page) : IQuery<Page<EmergencyAccessView>>, IAppointed, ITellsOfChildren
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>One emergency access under the caller's authority.</summary>
public sealed record ReadEmergencyAccess(Guid AccessId) : IQuery<EmergencyAccessView>, IAppointed, ITellsOfChildren
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>Says, after the fact, whether it was needed.</summary>
public sealed record ReviewEmergencyAccess(Guid AccessId, int ReadAt, EmergencyReview Body) : IFromVersion, IAppointed, IWithBody<EmergencyReview>
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>What a review found.</summary>
public sealed record EmergencyReview(bool Justified, string Finding);

/// <summary>Who opened a plan in an emergency, what for, and what the review found. Nothing of the plan itself.</summary>
/// <param name="Live">It still opens the plan.</param>
/// <param name="Overdue">The day for its review has passed.</param>
public sealed record EmergencyAccessView(
    Guid Id, Guid PlanId, Guid PersonId, string Person, string? Agency, EmergencyPurpose Purpose, string Justification, string? CaseReference,
    DateTimeOffset GrantedAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt, bool Live, DateOnly ReviewDue, bool Overdue,
    DateTimeOffset? ReviewedAt, bool? Justified, string? Finding, int Version) : IVersionedView;

public sealed class EmergencyReviewValidator : AbstractValidator<EmergencyReview>
{
    public EmergencyReviewValidator() => RuleFor(r => r.Finding).Words(EmergencyAccess.FindingLength);
}

public sealed class ReviewEmergencyAccessHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadMyEmergencyAccess, EmergencyAccessView>, IRequestHandler<ListEmergencyAccesses, Page<EmergencyAccessView>>,
        IRequestHandler<ReadEmergencyAccess, EmergencyAccessView>, IRequestHandler<ReviewEmergencyAccess, Written>
{
    public async Task<EmergencyAccessView> Handle(ReadMyEmergencyAccess request, CancellationToken cancellationToken)
    {
        var person = call.PersonId;
        return (await Views(database.EmergencyAccesses.Where(e => e.Id == request.AccessId && e.PersonId == person), cancellationToken))
            .SingleOrDefault() ?? throw new NotVisible();
    }

    public async Task<Page<EmergencyAccessView>> Handle(ListEmergencyAccesses request, CancellationToken cancellationToken) =>
        (await Views(OfMyAuthorities(), cancellationToken))
        .OrderBy(e => e.ReviewedAt is not null).ThenBy(e => e.GrantedAt).ThenBy(e => e.Id).Cut(e => e.Id, request.Page);

    public async Task<EmergencyAccessView> Handle(ReadEmergencyAccess request, CancellationToken cancellationToken) =>
        (await Views(OfMyAuthorities().Where(e => e.Id == request.AccessId), cancellationToken)).SingleOrDefault() ?? throw new NotVisible();

    public async Task<Written> Handle(ReviewEmergencyAccess request, CancellationToken cancellationToken)
    {
        var access = await OfMyAuthorities().SingleOrDefaultAsync(e => e.Id == request.AccessId, cancellationToken) ?? throw new NotVisible();
        access.AsReadAt(request.ReadAt).Review(call.PersonId, request.Body.Justified, request.Body.Finding, time.GetUtcNow());
        return new Written(access.Id, access);
    }

    private IQueryable<EmergencyAccess> OfMyAuthorities()
    {
        var authorities = call.Appointments.Select(a => a.Authority).ToList();
        return database.EmergencyAccesses.Where(e => database.Plans.Any(p => p.Id == e.PlanId && authorities.Contains(p.Authority)));
    }

    private async Task<List<EmergencyAccessView>> Views(IQueryable<EmergencyAccess> accesses, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = await (
            from access in accesses.AsNoTracking()
            join plan in database.Plans on access.PlanId equals plan.Id
            join person in database.Persons on access.PersonId equals person.Id
            join agency in database.Agencies on access.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            select new { Access = access, plan.Authority, person.Name, Agency = agency == null ? null : agency.Name }).ToListAsync(cancellation);
        return
        [
            .. rows.Select(r => new EmergencyAccessView(
                r.Access.Id, r.Access.PlanId, r.Access.PersonId, r.Name, r.Agency, r.Access.Purpose, r.Access.Justification, r.Access.CaseReference,
                r.Access.GrantedAt, r.Access.ExpiresAt, r.Access.EndedAt, r.Access.IsLive(now), r.Access.ReviewDue,
                r.Access.ReviewedAt is null && r.Access.ReviewDue < clocks.Of(r.Authority).DayOf(now), r.Access.ReviewedAt, r.Access.Justified,
                r.Access.Finding, r.Access.Version)),
        ];
    }
}
