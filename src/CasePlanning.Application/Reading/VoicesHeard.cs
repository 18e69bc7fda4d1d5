using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>Why somebody cannot come, beside their view and not instead of it. The note is for professionals, and their own.</summary>
public sealed record AbsenceView(AbsenceReason Reason, DateOnly? Until, string? Note);

/// <summary>One try to hear somebody. The note is for professionals, and for whoever it is about.</summary>
/// <param name="IsNudge">A mail that was sent from here; otherwise somebody says what they did.</param>
public sealed record AttemptView(DateOnly On, AttemptHow How, string? Note, Who By, bool IsNudge);

/// <summary>What was done about a voice that was not heard.</summary>
public sealed record AddressedView(string How, Who By);

/// <summary>An invited voice's standing in one review.</summary>
/// <param name="NextNudge">The first day, where the plan is, on which they may be asked again by mail; absent when they have not been.</param>
public sealed record VoiceView(
    Guid ParticipantId, string Name, Role Role, string? Agency, VoiceStatus Status, AbsenceView? Absence,
    IReadOnlyList<AttemptView> Attempts, AddressedView? Addressed, Who? Delegate, DateOnly? NextNudge = null);

/// <summary>An invited voice and its status, both as far as the viewer may know.</summary>
public sealed record HeardVoice(Voice Voice, VoiceStatus Status)
{
    public bool IsSettled => Voice.IsSettledWhen(Status);
}

/// <summary>
/// Who has been heard in a review. Judged by the views this viewer can see: a status that counted hidden ones would tell of them.
/// </summary>
public static class VoicesHeard
{
    public static async Task<List<HeardVoice>> Load(
        IPlanningDatabase database, Guid reviewId, Team team, IReadOnlyCollection<SeenContribution> seen, CancellationToken cancellation)
    {
        return Of(await database.Voices.AsNoTracking().Where(v => v.ReviewId == reviewId).ToListAsync(cancellation), team, seen);
    }

    internal static List<HeardVoice> Of(IReadOnlyList<Voice> voices, Team team, IReadOnlyCollection<SeenContribution> seen) =>
        [.. voices.Select(v => Judge(v, seen)).InOrder(v => PlaceOf(team[v.Voice.ParticipantId]))];

    public static HeardVoice Judge(Voice voice, IReadOnlyCollection<SeenContribution> seen)
    {
        var own = seen.Where(c => c.Stands && c.ReviewId == voice.ReviewId && voice.IsSpokenBy(c.VoiceId, c.Newest.SignedAt)).ToList();
        return new HeardVoice(voice, voice.StatusWhen(own.Any(c => !c.IsUnconfirmed), own.Any(c => c.IsUnconfirmed)));
    }

    public static VoiceView View(HeardVoice heard, Viewer viewer, Team team)
    {
        var (voice, who) = (heard.Voice, team[heard.Voice.ParticipantId]);
        var readsNotes = viewer.IsToldWhatIsWithheld || voice.ParticipantId == viewer.ParticipantId;
        return new VoiceView(
            who.ParticipantId, who.Name, who.Role, who.Agency, heard.Status,
            voice.Absence is { } a ? new AbsenceView(a.Reason, a.Until, readsNotes ? a.Note : null) : null,
            [.. voice.Attempts.Select(t => new AttemptView(t.On, t.How, readsNotes ? t.Note : null, team[t.ById], t.IsNudge))],
            voice is { Addressed: { } how, AddressedById: { } by } ? new AddressedView(how, team[by]) : null,
            team.Find(voice.DelegateId), voice.NextNudge);
    }

    public static Placed PlaceOf(Who who) => new(who.Role, who.Name, who.ParticipantId);
}
