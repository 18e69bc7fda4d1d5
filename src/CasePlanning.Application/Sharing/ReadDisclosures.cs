using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Sharing;

/// <summary>What was shared outside the team, newest first, as far as the caller may know.</summary>
public sealed record ListDisclosures(Guid PlanId, PageOf Page) : IQuery<Page<DisclosureView>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One disclosure.</summary>
public sealed record ReadDisclosure(Guid PlanId, Guid DisclosureId) : IQuery<DisclosureView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>What was shared with whom, by whom, what for, and by what right.</summary>
/// <param name="ConsentId">The consent that it rests on, for those who may know of that.</param>
/// <param name="By">Who shared it; absent when somebody from outside opened the plan in an emergency.</param>
public sealed record DisclosureView(
    Guid Id, Guid PlanId, DisclosureOrigin Origin, string To, string What, string Purpose, LawfulBasis Basis, SpecialCondition? Condition,
    string? Agreement, Guid? ConsentId, Who? By, DateTimeOffset SharedAt, DateTimeOffset RecordedAt, bool OpenToFamily);

public sealed class ReadDisclosuresHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListDisclosures, Page<DisclosureView>>, IRequestHandler<ReadDisclosure, DisclosureView>
{
    public async Task<Page<DisclosureView>> Handle(ListDisclosures request, CancellationToken cancellationToken)
    {
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        var disclosures = await database.Disclosures.AsNoTracking().DisclosuresVisibleTo(call.Viewer).ToListAsync(cancellationToken);
        return disclosures.OrderByDescending(d => d.SharedAt).ThenByDescending(d => d.Id).Select(d => View(d, team)).Cut(d => d.Id, request.Page);
    }

    public async Task<DisclosureView> Handle(ReadDisclosure request, CancellationToken cancellationToken)
    {
        var disclosure = await database.Disclosures.AsNoTracking().DisclosuresVisibleTo(call.Viewer)
            .SingleOrDefaultAsync(d => d.Id == request.DisclosureId, cancellationToken) ?? throw new NotVisible();
        return View(disclosure, await Team.Load(database, call.Viewer, cancellationToken));
    }

    private DisclosureView View(Disclosure d, Team team)
    {
        var knowsConsent = call.Viewer.ReadsProfessionals || d.ConsentGiverId == call.Viewer.ParticipantId;
        return new DisclosureView(
            d.Id, d.PlanId, d.Origin, d.To, d.What, d.Purpose, d.Basis, d.Condition, d.Agreement, knowsConsent ? d.ConsentId : null,
            team.Find(d.ById), d.SharedAt, d.RecordedAt, d.OpenToFamily);
    }
}
