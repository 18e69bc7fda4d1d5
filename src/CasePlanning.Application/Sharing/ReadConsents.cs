using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Sharing;

/// <summary>The consents of a plan, newest first: all for the professionals' circle, for everybody else their own.</summary>
public sealed record ListConsents(Guid PlanId, PageOf Page) : IQuery<Page<ConsentView>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One consent.</summary>
public sealed record ReadConsent(Guid PlanId, Guid ConsentId) : IQuery<ConsentView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>Who agreed to what and when, and when they took it back.</summary>
/// <param name="Stands">It was not withdrawn.</param>
public sealed record ConsentView(
    Guid Id, Guid PlanId, Who Giver, ConsentScope Scope, string Covers, DateTimeOffset GivenAt, Who RecordedBy, DateTimeOffset RecordedAt,
    bool Stands, DateTimeOffset? WithdrawnAt, Who? WithdrawnBy, string? WithdrawnWhy);

public sealed class ReadConsentsHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListConsents, Page<ConsentView>>, IRequestHandler<ReadConsent, ConsentView>
{
    public async Task<Page<ConsentView>> Handle(ListConsents request, CancellationToken cancellationToken)
    {
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        var consents = await database.Consents.AsNoTracking().ConsentsVisibleTo(call.Viewer).ToListAsync(cancellationToken);
        return consents.OrderByDescending(c => c.GivenAt).ThenByDescending(c => c.Id).Select(c => View(c, team)).Cut(c => c.Id, request.Page);
    }

    public async Task<ConsentView> Handle(ReadConsent request, CancellationToken cancellationToken)
    {
        var consent = await database.Consents.AsNoTracking().ConsentsVisibleTo(call.Viewer)
            .SingleOrDefaultAsync(c => c.Id == request.ConsentId, cancellationToken) ?? throw new NotVisible();
        return View(consent, await Team.Load(database, call.Viewer, cancellationToken));
    }

    private static ConsentView View(Consent c, Team team) => new(
        c.Id, c.PlanId, team[c.GiverId], c.Scope, c.Covers, c.GivenAt, team[c.RecordedById], c.RecordedAt, c.Stands, c.WithdrawnAt,
        team.Find(c.WithdrawnById), c.WithdrawnWhy);
}
