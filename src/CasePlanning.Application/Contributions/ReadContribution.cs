using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>One contribution with every version, as far as the reader may know it; or a draft, to its author.</summary>
public sealed record ReadContribution(Guid ContributionId) : IQuery<ContributionView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Read;
}

public sealed class ReadContributionHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadContribution, ContributionView>
{
    public async Task<ContributionView> Handle(ReadContribution request, CancellationToken cancellationToken)
    {
        var (id, viewer) = (request.ContributionId, call.Viewer);
        var team = await Team.Load(database, viewer, cancellationToken);
        var seen = await SeenContributions.Load(database, viewer, c => c.Id == id, cancellationToken);
        if (seen is [var contribution])
        {
            var views = await ContributionViews.Of(database, viewer, team, seen, cancellationToken);
            return views[id] with { Versions = ContributionViews.VersionsOf(contribution, viewer) };
        }

        var draft = await database.Drafts.AsNoTracking().SingleOrDefaultAsync(
            d => d.Id == id && (d.AuthorId == viewer.ParticipantId || d.ShownToId == viewer.ParticipantId), cancellationToken);
        if (draft is null)
            throw new NotVisible();
        var attachments = await ContributionViews.Attachments(database, [id], cancellationToken);
        return ContributionViews.Of(draft, team, attachments[id]);
    }
}
