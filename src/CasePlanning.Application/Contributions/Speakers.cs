using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>Whose words a contribution holds, who writes them down, and whether its readers are there.</summary>
internal static class Speakers
{
    public static async Task<(Participant Voice, Participant Writer)> Of(
        IPlanningDatabase database, Viewer viewer, Guid? onBehalfOf, DateTimeOffset now, CancellationToken cancellation)
    {
        var writer = await database.Participants.SingleAsync(p => p.Id == viewer.ParticipantId, cancellation);
        return (await VoiceOf(database, writer, onBehalfOf, now, cancellation), writer);
    }

    public static async Task<Participant> VoiceOf(
        IPlanningDatabase database, Participant writer, Guid? onBehalfOf, DateTimeOffset now, CancellationToken cancellation)
    {
        if (onBehalfOf is not { } speaker || speaker == writer.Id)
            return writer;
        var voice = await database.Participants.SingleOrDefaultAsync(p => p.Id == speaker && p.PlanId == writer.PlanId, cancellation);
        return voice?.IsCurrent(now) is true && voice.HasVoice
            ? voice
            : throw InvalidRequest.At("/onBehalfOf", "unknown", "Nobody with this id has a voice in the plan now.");
    }

    public static async Task AudienceTakesPart(
        IPlanningDatabase database, Guid planId, Audience audience, DateTimeOffset now, CancellationToken cancellation)
    {
        await PlanChecks.TakePart(database, planId, audience.Participants, "/audience/participants", now, cancellation);
        await AgenciesAreOfThePlan(database, planId, audience.Agencies, cancellation);
    }

    /// <summary>Everybody listed takes part in the plan, or did.</summary>
    public static async Task AudienceIsOfThePlan(IPlanningDatabase database, Guid planId, Audience audience, CancellationToken cancellation)
    {
        var participants = audience.Participants;
        var known = participants.Count == 0 ? [] : await database.Participants.Where(p => p.PlanId == planId && participants.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellation);
        var unknown = participants.Select((id, place) => (id, place)).Where(p => !known.Contains(p.id))
            .Select(p => new InvalidMember($"/audience/participants/{p.place}", "unknown", "Nobody with this id is of the plan.")).ToList();
        if (unknown.Count > 0)
            throw new InvalidRequest(unknown);
        await AgenciesAreOfThePlan(database, planId, audience.Agencies, cancellation);
    }

    private static async Task AgenciesAreOfThePlan(
        IPlanningDatabase database, Guid planId, IReadOnlyList<Guid> agencies, CancellationToken cancellation)
    {
        if (agencies.Count == 0)
            return;
        var known = await database.Participants
            .Where(p => p.PlanId == planId && p.AgencyId != null && agencies.Contains(p.AgencyId.Value))
            .Select(p => p.AgencyId!.Value).Distinct().ToListAsync(cancellation);
        var unknown = agencies.Select((id, place) => (id, place)).Where(a => !known.Contains(a.id))
            .Select(a => new InvalidMember($"/audience/agencies/{a.place}", "unknown", "No agency with this id takes part in the plan.")).ToList();
        if (unknown.Count > 0)
            throw new InvalidRequest(unknown);
    }
}
