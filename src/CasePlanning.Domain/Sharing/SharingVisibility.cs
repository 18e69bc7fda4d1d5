using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Sharing;

/// <summary>Who reads what of sharing. To learn that somebody was told, or was not, can be the harm itself; so silence means no.</summary>
public static class SharingVisibility
{
    /// <summary>The professionals' circle, whoever recorded it, whose consent it rests on and, where it was opened to them, all.</summary>
    public static IQueryable<Disclosure> DisclosuresVisibleTo(this IQueryable<Disclosure> disclosures, Viewer viewer)
    {
        var (plan, me, circle) = (viewer.PlanId, viewer.ParticipantId, viewer.ReadsProfessionals);
        return disclosures.Where(d => d.PlanId == plan && (circle || d.OpenToFamily || d.ById == me || d.ConsentGiverId == me));
    }

    /// <summary>The professionals' circle, the giver, and whoever recorded it: one parent's consent is not the other's affair.</summary>
    public static IQueryable<Consent> ConsentsVisibleTo(this IQueryable<Consent> consents, Viewer viewer)
    {
        var (plan, me, circle) = (viewer.PlanId, viewer.ParticipantId, viewer.ReadsProfessionals);
        return consents.Where(c => c.PlanId == plan && (circle || c.GiverId == me || c.RecordedById == me));
    }

    /// <summary>Those of the professionals' circle from whom nothing is withheld by it, when they may know of such decisions at all.</summary>
    public static IQueryable<WithheldDecision> WithheldDecisionsVisibleTo(this IQueryable<WithheldDecision> decisions, Viewer viewer)
    {
        var (plan, me, may) = (viewer.PlanId, viewer.ParticipantId, viewer.MayKnowWhatIsNotShared());
        return decisions.Where(d => d.PlanId == plan && may && !d.FromIds.Contains(me));
    }

    /// <summary>
    /// The professionals' circle, taking part. Whoever comes in by an emergency does not: they may be the one from whom something is kept.
    /// </summary>
    public static bool MayKnowWhatIsNotShared(this Viewer viewer) => viewer is { Standing: Standing.Participant, ReadsProfessionals: true };
}
