using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Domain.Sharing;

namespace CasePlanning.Infrastructure.Seeding;

/// <summary>
/// Tells one child's story through the domain's own methods, as its authors would have: every rule that binds them binds the
/// demo. Days are those of the story, moved so that "today" of the story is the day of seeding.
/// </summary>
internal sealed class DemoPlan(IPlanningDatabase database, DemoCast cast, DateOnly storyToday, DateOnly today)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private readonly Dictionary<string, Participant> team = [];
    private Plan plan = null!;
    private Review review = null!;

    public Participant this[string name] => team[name];

    public DateOnly On(int month, int day) => new DateOnly(2026, month, day).AddDays(today.DayNumber - storyToday.DayNumber);

    public DateTimeOffset At(int month, int day, int hour, int minute)
    {
        var local = On(month, day).ToDateTime(new TimeOnly(hour, minute));
        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }

    public void Open(PlanKind kind, Child child, DateOnly startedOn, string lead, DateTimeOffset now)
    {
        var person = cast[lead];
        (plan, var participant) = Plan.Open(kind, child, Framework.Default, "thornmere", startedOn, person.Id, person.UsualRole!.Value, person.AgencyId, now);
        database.IdentifierDigests.AddRange(child.Identifiers.Select(i => new IdentifierDigest(plan.Id, i)));
        team[lead] = participant;
        database.Plans.Add(plan);
        database.Participants.Add(participant);
    }

    public void Gather(string name, DateTimeOffset now, string? focus = null, string? speaksFor = null, bool nameReleased = false)
    {
        Person person = cast[name];
        var participant = new Participant(plan.Id, person.Id, person.UsualRole!.Value, person.AgencyId,
            speaksFor is null ? null : team[speaksFor].Id, now, until: null, nameReleased, now);
        if (focus is not null)
            participant.State(focus, now);
        team[name] = participant;
        database.Participants.Add(participant);
    }

    public void OpenReview(string title, DateOnly opensOn, DateOnly closesOn, string by, DateTimeOffset now, Meeting[] meetings, params string[] invited)
    {
        review = new Review(plan.Id, title, opensOn, closesOn, meetings, invitesEveryone: false, team[by].Id, now);
        database.Reviews.Add(review);
        foreach (var name in invited)
            database.Voices.Add(voices[name] = new Voice(review, team[name].Id, now));
    }

    public void Consents(string name, string recordedBy, DateTimeOffset at, string covers) =>
        database.Consents.Add(Consent.Give(plan.Kind, team[name], ConsentScope.WorkTogether, covers, at, team[recordedBy].Id, at));

    private readonly Dictionary<string, Voice> voices = [];

    public void Absent(string name, AbsenceReason reason, DateOnly until, string? note) => voices[name].BeAbsent(new Absence(reason, until, note));

    public Contribution Say(
        string name, DateTimeOffset at, string outcome, Outlook? outlook, string words, Audience? audience = null, string? summary = null,
        string? writtenBy = null, bool inMeeting = false)
    {
        var contribution = Contribution.Sign(Ids.New(at), review, outcome, team[name], team[writtenBy ?? name], new Said(words, outlook, summary),
            audience ?? Audience.Everyone, inMeeting, at);
        database.Contributions.Add(contribution);
        return contribution;
    }

    public void Confirm(Contribution contribution, string by, DateTimeOffset at) => contribution.Confirm(team[by].Id, at);

    public void Respond(Contribution contribution, string by, DateTimeOffset at, Stance stance, string? reason) =>
        database.Responses.Add(new Response(contribution, toSummary: false, team[by].Id, stance, reason, at));

    public Question Ask(Contribution contribution, string by, string to, DateTimeOffset at, DateOnly due, QuestionKind kind, string words)
    {
        var question = new Question(contribution, toSummary: false, kind, words, team[by].Id, team[to].Id, due, at);
        database.Questions.Add(question);
        return question;
    }

    public void Reply(Question question, string by, DateTimeOffset at, AnswerKind kind, string words, bool onlyForAsker = false) =>
        database.Answers.Add(question.Reply(kind, words, onlyForAsker, team[by].Id, at));

    public Decision Decide(string by, DateTimeOffset at, string[] outcomes, FourFields fields, params Contribution[] because)
    {
        var decision = new Decision(review, outcomes, fields, because.Select(c => c.Id), team[by].Id, at);
        database.Decisions.Add(decision);
        return decision;
    }

    public void Respond(Decision decision, string by, DateTimeOffset at, Stance stance, string reason, DecisionField? about = null) =>
        database.DecisionResponses.Add(new DecisionResponse(decision, team[by].Id, stance, reason, about, at));

    public void Agree(string by, DateTimeOffset at, string outcome, FourFields fields, DateOnly due, Decision? decision, params string[] holders) =>
        database.Actions.Add(new PlanAction(plan.Id, outcome, fields, due, holders.Select(h => team[h].Id), decision?.Id, team[by].Id, at));

    public Target Set(string by, DateTimeOffset at, string outcome, FourFields fields, string measure, DateOnly due)
    {
        var target = new Target(plan.Id, outcome, fields, measure, due, team[by].Id, at);
        database.Targets.Add(target);
        return target;
    }

    /// <summary>Readable only by the participants that are named.</summary>
    public Audience Only(params string[] names) => new(AudienceKind.Named, [.. names.Select(n => team[n].Id)], []);

    public static Audience Professionals => new(AudienceKind.Professionals, [], []);

    public static Audience Health => new(AudienceKind.Health, [], []);
}
