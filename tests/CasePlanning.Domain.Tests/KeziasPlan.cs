using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Tests;

/// <summary>Kezia's plan in the autumn of 2026, and the team around her, as far as a rule needs them. Everybody is invented.</summary>
internal static class KeziasPlan
{
    public const string Healthy = "be-healthy";
    public const string Safe = "stay-safe";
    public const string Enjoy = "enjoy-and-achieve";

    public static readonly Guid Id = new("01990000-0000-7000-8000-000000000001");

    /// <summary>The school, of which several of the team are.</summary>
    public static readonly Guid Larkmoor = new("01990000-0000-7000-8000-0000000000a1");

    public static readonly Guid HealthTrust = new("01990000-0000-7000-8000-0000000000a2");

    public static readonly DateOnly WindowOpens = new(2026, 9, 30);

    public static readonly DateOnly WindowCloses = new(2026, 10, 21);

    /// <summary>The review begins: Wednesday 30 September, 9.05.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 9, 30, 9, 5, 0, TimeSpan.FromHours(1));

    /// <summary>The meeting: Wednesday 14 October, 15.30.</summary>
    public static readonly DateTimeOffset MeetingAt = new(2026, 10, 14, 15, 30, 0, TimeSpan.FromHours(1));

    public static Participant Gather(Role role, Guid? agency = null, Guid? speaksFor = null) =>
        new(Id, Guid.NewGuid(), role, agency, speaksFor, from: Begin, until: null, nameReleasedToParents: false, Begin);

    /// <summary>A review with these meetings, or none.</summary>
    public static Review OpenReview(params IEnumerable<DateTimeOffset> meetings) =>
        new(Id, "Review 2", WindowOpens, WindowCloses, meetings.Select(m => new Meeting(m, "Larkmoor Academy")), invitesEveryone: true,
            openedBy: Guid.NewGuid(), Begin);

    public static void CloseInOrder(this Review review) => review.Close([], [], [], leftOpen: null, by: Guid.NewGuid(), MeetingAt);

    public static void CloseAndSignOff(this Review review)
    {
        review.CloseInOrder();
        review.SignOff([], by: Guid.NewGuid(), MeetingAt);
    }

    public static Said Words(string words, string? summary = null) => new(words, Outlook.Mixed, summary);

    public static Contribution Say(
        Participant voice, Review review, Participant? writer = null, Audience? audience = null, string? summary = null,
        DateTimeOffset? at = null, Guid? assertedBy = null) =>
        Contribution.Sign(
            Guid.NewGuid(), review, Enjoy, voice, writer ?? voice, Words("I like art.", summary), audience ?? Audience.Everyone,
            saidInMeeting: false, at ?? Begin, assertedBy);

    public static Audience AudienceOf(AudienceKind kind) => new(kind, [], []);

    public static Audience Named(IReadOnlyList<Guid>? participants = null, IReadOnlyList<Guid>? agencies = null) =>
        new(AudienceKind.Named, participants ?? [], agencies ?? []);

    /// <summary>The participant as somebody who reads.</summary>
    public static Viewer Reads(this Participant participant, bool isLead = false) =>
        new(participant.PlanId, participant.Id, participant.PersonId, participant.Role, participant.AgencyId, isLead);
}
