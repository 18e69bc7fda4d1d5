using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Browser.Tests;

/// <summary>A plan of many voices, straight in the store. Everybody in it is invented.</summary>
internal sealed record BigPlan(Guid Id, Guid Lead)
{
    public static readonly string[] Outcomes =
        ["be-healthy", "stay-safe", "enjoy-and-achieve", "make-a-positive-contribution", "achieve-economic-wellbeing"];

    private static readonly Role[] Roles =
        [Role.Child, Role.Parent, Role.Carer, Role.SocialWorker, Role.DesignatedTeacher, Role.EducationalPsychologist, Role.Nurse, Role.Mentor, Role.Teacher, Role.Senco, Role.EducationWelfareOfficer, Role.CamhsPractitioner];

    /// <param name="child">What the child is called.</param>
    /// <param name="voices">How many people are asked.</param>
    /// <param name="says">What a voice says on an outcome; nothing when null.</param>
    public static async Task<BigPlan> In(IServiceProvider services, string child, int voices, Func<int, int, string?> says)
    {
        BigPlan? made = null;
        await services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var database = lane.GetRequiredService<IPlanningDatabase>();
            made = Make(database, child, voices, says, lane.GetRequiredService<TimeProvider>().GetUtcNow());
            await database.SaveChangesAsync(cancellation);
            return true;
        }, CancellationToken.None);
        return made!;
    }

    private static BigPlan Make(IPlanningDatabase database, string child, int voices, Func<int, int, string?> says, DateTimeOffset now)
    {
        var agency = new Agency("Saltwick Borough Council", AgencyKind.LocalAuthority, "saltwick", now);
        var leader = new Person($"Hesper {child}-Lindqvist", $"hesper.{Guid.NewGuid():N}@demo.example", agency.Id, Role.VirtualSchoolCaseworker, now);
        var (plan, lead) = Plan.Open(
            PlanKind.Pep, new Child(child, "Ashdown", null, new DateOnly(2013, 3, 9), []), Framework.Default, "saltwick",
            DateOnly.FromDateTime(now.UtcDateTime).AddDays(-40), leader.Id, Role.VirtualSchoolCaseworker, agency.Id, now);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var review = new Review(plan.Id, "Autumn review", today.AddDays(-10), today.AddDays(10), [new Meeting(now.AddDays(2), "Room 4")], invitesEveryone: true, lead.Id, now);
        database.Agencies.Add(agency);
        database.Persons.Add(leader);
        database.Plans.Add(plan);
        database.Participants.Add(lead);
        database.Reviews.Add(review);
        var spoken = new List<Contribution>();
        for (var i = 0; i < voices; i++)
        {
            var role = i < Roles.Length ? Roles[i] : Roles[3 + (i % (Roles.Length - 3))];
            var isFamily = RolePowers.IsFamily(role);
            var person = new Person(role is Role.Child ? $"{child} Ashdown" : $"{Given[i % Given.Length]} {Family[i / Given.Length % Family.Length]}", null, isFamily ? null : agency.Id, role, now);
            var participant = new Participant(plan.Id, person.Id, role, isFamily ? null : agency.Id, null, now.AddDays(-20), null, nameReleasedToParents: true, now);
            if (!isFamily)
                participant.State($"{child} feeling at home, from where {Given[i % Given.Length]} stands", now);
            database.Persons.Add(person);
            database.Participants.Add(participant);
            database.Voices.Add(new Voice(review, participant.Id, now));
            for (var place = 0; place < Outcomes.Length; place++)
            {
                if (says(i, place) is not { } words)
                    continue;
                var view = Contribution.Sign(Guid.CreateVersion7(now), review, Outcomes[place], participant, participant,
                    new Said(words, (Outlook)((i + place) % 3), Summary: null), Audience.Everyone, saidInMeeting: false, now.AddMinutes(-i));
                spoken.Add(view);
                database.Contributions.Add(view);
            }
        }

        foreach (var (view, place) in spoken.Take(10).Select((view, place) => (view, place)))
            database.Responses.Add(new Response(view, toSummary: false, lead.Id, place % 2 == 0 ? Stance.Disagree : Stance.Agree, "From what I see at the end of the day it looks otherwise.", now));
        var decision = new Decision(review, [Outcomes[2], Outcomes[0]],
            new FourFields($"{child} stays in the same set, with help", "Twice a week, after lunch", "It was asked for", "Look again in six weeks"),
            spoken.Take(3).Select(v => v.Id), lead.Id, now.AddDays(1));
        database.Decisions.Add(decision);
        database.DecisionResponses.Add(new DecisionResponse(decision, lead.Id, Stance.Disagree, "I would rather wait for the spring.", null, now));
        database.Actions.Add(new PlanAction(plan.Id, Outcomes[2], new FourFields("Open the art room at lunch", "Three days a week", "Lunch is the worst bit", null), today.AddDays(9), [lead.Id], decision.Id, lead.Id, now));
        return new BigPlan(plan.Id, leader.Id);
    }

    /// <summary>About as much as somebody writes who was told that a sentence is enough.</summary>
    public static string Usual(int voice, int outcome) =>
        $"{Given[voice % Given.Length]} here: {Openings[(voice + outcome) % Openings.Length]} {Middles[((3 * voice) + outcome) % Middles.Length]} {Ends[(voice + (2 * outcome)) % Ends.Length]}";

    private static readonly string[] Given =
        ["Ansel", "Bettina", "Corisande", "Drummond", "Esther", "Fenwick", "Griselda", "Horatio", "Ione", "Jolyon", "Keturah", "Leander", "Mirabel", "Nathaniel", "Ottilie", "Peregrine", "Quentin", "Rosamund", "Saffron", "Tobit"];

    private static readonly string[] Family = ["Ashgrove", "Birkett", "Cawood", "Dunnock", "Everdale", "Fothergill", "Garsdale", "Hebden", "Illingworth", "Keighley", "Littondale"];

    private static readonly string[] Openings =
        ["mornings go better since half term, and the walk to school is shorter now.", "there were three hard days this fortnight, all of them Mondays.", "I see a child who laughs again, mostly when there is something to make.", "the homework comes in, late and right.", "nobody told me about lunch before this review."];

    private static readonly string[] Middles =
        ["What helps is knowing the day before what will happen.", "What does not help is a new face each week.", "Two friends make more difference than all of us.", "Sleep is the thing behind most of it.", "A quiet room for ten minutes is worth an hour of talk."];

    private static readonly string[] Ends =
        ["I would keep things as they are until January.", "I would like somebody to ring home once a week.", "I can come in on Wednesdays.", "Please ask before anything is moved.", "I will write again after the meeting."];
}
