using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>Checks that ids and codes in a body mean something within the plan; each names the member that does not.</summary>
public static class PlanChecks
{
    public static async Task OutcomeExists(
        IPlanningDatabase database, Guid planId, string outcome, string pointer, CancellationToken cancellation) =>
        MustHaveOutcome(await FrameworkOf(database, planId, cancellation), outcome, pointer);

    public static void MustHaveOutcome(Framework framework, string outcome, string pointer)
    {
        if (!framework.Outcomes.Exists(o => o.Code == outcome))
            throw InvalidRequest.At(pointer, "unknown", "The plan's framework has no outcome with this code.");
    }

    public static async Task<List<string>> OutcomeCodes(IPlanningDatabase database, Guid planId, CancellationToken cancellation) =>
        [.. (await Outcomes(database, planId, cancellation)).Select(o => o.Code)];

    /// <summary>The outcomes of the plan's framework, in their order.</summary>
    public static async Task<List<Outcome>> Outcomes(IPlanningDatabase database, Guid planId, CancellationToken cancellation) =>
        (await FrameworkOf(database, planId, cancellation)).Outcomes;

    private static Task<Framework> FrameworkOf(IPlanningDatabase database, Guid planId, CancellationToken cancellation) =>
        database.Frameworks.AsNoTracking().SingleAsync(f => database.Plans.Any(p => p.Id == planId && p.Framework == f.Code), cancellation);

    /// <summary>The consent that the plan rests on was withdrawn.</summary>
    public static async Task<bool> IsFrozen(IPlanningDatabase database, Guid planId, CancellationToken cancellation) =>
        // That a consent to work together is given for early help alone is the domain's rule.
        Consent.IsTakenBack(await database.Consents.AsNoTracking()
            .Where(c => c.PlanId == planId && c.Scope == ConsentScope.WorkTogether).ToListAsync(cancellation));

    /// <summary>Everybody listed takes part in the plan now.</summary>
    public static async Task TakePart(
        IPlanningDatabase database, Guid planId, IReadOnlyList<Guid> participants, string pointer, DateTimeOffset now, CancellationToken cancellation)
    {
        if (participants.Count == 0)
            return;
        var known = await database.Participants
            .Where(p => p.PlanId == planId && participants.Contains(p.Id) && p.From <= now && (p.Until == null || now < p.Until))
            .Select(p => p.Id).ToListAsync(cancellation);
        var unknown = participants.Select((id, place) => (id, place)).Where(p => !known.Contains(p.id))
            .Select(p => new InvalidMember(participants.Count == 1 && pointer == "/to" ? pointer : $"{pointer}/{p.place}", "unknown", "Nobody with this id takes part in the plan now.")).ToList();
        if (unknown.Count > 0)
            throw new InvalidRequest(unknown);
    }
}
