using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The team around the child, everybody who takes or took part.</summary>
public sealed record ListParticipants(Guid PlanId, PageOf Page) : IQuery<Page<ParticipantView>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One participant.</summary>
public sealed record ReadParticipant(Guid PlanId, Guid ParticipantId) : IQuery<ParticipantView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>The caller's own participation.</summary>
public sealed record ReadMyParticipation(Guid PlanId) : IQuery<ParticipantView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>A person × a role × an agency × this plan × dates, by the name the reader may see.</summary>
/// <param name="Focus">What they are here for in this plan, in their own words.</param>
/// <param name="Current">They take part now.</param>
/// <param name="LastSpokeAt">When the newest of their views that the reader can see was signed.</param>
/// <param name="NameReleasedToParents">Of a carer, for whoever coordinates: whether parents see the name.</param>
/// <param name="Cover">Who took over what they owed.</param>
/// <param name="Basis">The lawful basis on which they take part, where they said that it is another than the plan's own.</param>
/// <param name="BasisWhy">Why it is that one; for professionals.</param>
public sealed record ParticipantView(
    Guid Id, Guid PlanId, string Name, Role Role, string? Agency, Guid? AgencyId, Guid? SpeaksFor, DateTimeOffset From, DateTimeOffset? Until,
    bool Current, bool IsLead, string? Focus, DateTimeOffset? FocusStatedAt, DateTimeOffset? LastSpokeAt, bool? NameReleasedToParents, Who? Cover,
    LawfulBasis? Basis, string? BasisWhy, int Version) : IVersionedView;

public sealed class ReadParticipantsHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ListParticipants, Page<ParticipantView>>, IRequestHandler<ReadParticipant, ParticipantView>,
        IRequestHandler<ReadMyParticipation, ParticipantView>
{
    public async Task<Page<ParticipantView>> Handle(ListParticipants request, CancellationToken cancellationToken) =>
        (await Load(cancellationToken)).Cut(p => p.Id, request.Page);

    public async Task<ParticipantView> Handle(ReadParticipant request, CancellationToken cancellationToken) =>
        (await Load(cancellationToken)).FirstOrDefault(p => p.Id == request.ParticipantId) ?? throw new NotVisible();

    public async Task<ParticipantView> Handle(ReadMyParticipation request, CancellationToken cancellationToken) =>
        (await Load(cancellationToken)).FirstOrDefault(p => p.Id == call.Viewer.ParticipantId) ?? throw new NotVisible();

    private async Task<IEnumerable<ParticipantView>> Load(CancellationToken cancellation)
    {
        var team = await Team.Load(database, call.Viewer, cancellation);
        var lead = await database.Plans.Where(p => p.Id == call.Viewer.PlanId).Select(p => p.LeadParticipantId).SingleAsync(cancellation);
        var now = time.GetUtcNow();
        var lastSpoke = await LastSpoke(cancellation);
        return team.Members.Select(m => new ParticipantView(
            m.Who.ParticipantId, m.Participant.PlanId, m.Who.Name, m.Who.Role, m.Who.Agency, m.IsKnown ? m.Participant.AgencyId : null, m.Participant.SpeaksForId,
            m.Participant.From, m.Participant.Until, m.Participant.IsCurrent(now), m.Participant.Id == lead, m.Participant.Focus,
            m.Participant.FocusStatedAt, lastSpoke.TryGetValue(m.Participant.Id, out var at) ? at : null,
            m.Who.Role is Role.Carer && call.Viewer.May(Permission.Coordinate) ? m.Participant.NameReleasedToParents : null, team.Find(m.Participant.CoverId), m.Participant.Basis,
            call.Viewer.IsToldWhatIsWithheld ? m.Participant.BasisWhy : null, m.Participant.Version));
    }

    /// <summary>A summary is dated by the first of its words: later ones may have changed nothing that is in it.</summary>
    private async Task<Dictionary<Guid, DateTimeOffset>> LastSpoke(CancellationToken cancellation)
    {
        var inFull = await database.Contributions.AsNoTracking().ContributionsVisibleTo(call.Viewer)
            .Where(c => c.WithdrawnAt == null && (c.ProxyId == null || c.ConfirmedAt != null))
            .Select(c => new { c.VoiceId, At = c.Versions.Max(v => v.SignedAt) }).ToListAsync(cancellation);
        var inSummary = await database.Contributions.AsNoTracking().ContributionsSummarisedFor(call.Viewer)
            .Where(c => c.WithdrawnAt == null && (c.ProxyId == null || c.ConfirmedAt != null))
            .Select(c => new { c.VoiceId, At = c.FirstSignedAt }).ToListAsync(cancellation);
        return inFull.Concat(inSummary).GroupBy(c => c.VoiceId).ToDictionary(g => g.Key, g => g.Max(c => c.At));
    }
}
