using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>Who may know that something is hidden from somebody.</summary>
internal static class RestrictionVisibility
{
    public static IQueryable<Restriction> KnownTo(this IQueryable<Restriction> restrictions, Viewer viewer)
    {
        var (plan, me, all) = (viewer.PlanId, viewer.ParticipantId, viewer.MayRestrict);
        var hidden = viewer.Hidden.Views;
        // One that is aimed at the viewer stays unknown to them, whatever they may set.
        return restrictions.Where(r => r.PlanId == plan && r.FromId != me && (all || r.SetById == me)
            && (r.ContributionId == null || !hidden.Contains(r.ContributionId.Value)));
    }
}
