using CasePlanning.Application.Ports;
using CasePlanning.Browser.Tests;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>
/// The plan that all others are copies of, made by the product itself: a child, a parent and a professional in each part, who all
/// speak in every review. Everybody in it is invented.
/// </summary>
internal sealed record OnePlan(Plan Plan, IReadOnlyList<Person> Family, IReadOnlyList<Participant> Voices, IReadOnlyList<Contribution> Contributions)
{
    /// <summary>Between two contributions there is room for those of all copies.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    public static async Task<OnePlan> In(IServiceProvider services, StoreSize size, KnownPeople people, DateTimeOffset now)
    {
        OnePlan? made = null;
        await services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var database = lane.GetRequiredService<IPlanningDatabase>();
            made = Make(database, size, people, now);
            return await database.SaveChangesAsync(cancellation);
        }, CancellationToken.None);
        return made!;
    }

    private static OnePlan Make(IPlanningDatabase database, StoreSize size, KnownPeople people, DateTimeOffset now)
    {
        var began = now.AddDays(-1 - (120 * size.Reviews));
        Person[] family = [new("Wren Ashdown", null, null, Role.Child, began), new("Ottilie Ashdown", null, null, Role.Parent, began)];
        var (plan, lead) = Plan.Open(
            PlanKind.Pep, new Child("Wren", "Ashdown", null, new DateOnly(2013, 3, 9), []), Framework.Default, "saltwick",
            DateOnly.FromDateTime(began.UtcDateTime), people.Taking(0, 0), people.Parts[0].Role, people.Parts[0].Agency, began);
        Participant[] voices =
        [
            .. family.Select(p => new Participant(plan.Id, p.Id, p.UsualRole!.Value, null, null, began, null, nameReleasedToParents: true, began)),
            lead,
            .. people.Parts.Skip(1).Select((part, place) => new Participant(plan.Id, people.Taking(place + 1, 0), part.Role, part.Agency, null, began, null, nameReleasedToParents: true, began)),
        ];
        foreach (var professional in voices.Skip(family.Length))
            professional.State("Wren feeling at home at school", began);
        database.Persons.AddRange(family);
        database.Plans.Add(plan);
        database.Participants.AddRange(voices);

        var contributions = new List<Contribution>();
        for (var number = 0; number < size.Reviews; number++)
        {
            var opens = began.AddDays(120 * number);
            var isLast = number == size.Reviews - 1;
            var review = new Review(plan.Id, $"Review {number + 1}", DayOf(opens), DayOf(opens.AddDays(isLast ? 365 : 60)), [new Meeting(opens.AddDays(40), "Room 4")], invitesEveryone: true, lead.Id, opens);
            database.Reviews.Add(review);
            database.Voices.AddRange(voices.Select(v => new Voice(review, v.Id, opens)));
            var said = (size.Contributions * (number + 1) / size.Reviews) - (size.Contributions * number / size.Reviews);
            contributions.AddRange(Enumerable.Range(0, said).Select(i => Say(database, review, voices, i, opens + ((i + 1) * Between))));
            var heard = contributions[^said..];
            var agreed = opens + ((said + 1) * Between);
            var decision = new Decision(review, [BigPlan.Outcomes[0], BigPlan.Outcomes[2]],
                new FourFields("Wren stays in the same set, with help", "Twice a week, after lunch", "It was asked for", "Look again in six weeks"), heard.Take(3).Select(c => c.Id), lead.Id, agreed);
            database.Decisions.Add(decision);
            // Every professional is asked something in each review; what was asked in those before is answered.
            foreach (var (professional, place) in voices.Skip(family.Length).Select((v, place) => (v, place)))
            {
                var question = new Question(heard[place % heard.Count], toSummary: false, QuestionKind.Question, "Who will see to this, and from when?", voices[1].Id, professional.Id, DayOf(now).AddDays(30), agreed);
                database.Questions.Add(question);
                if (!isLast)
                    database.Answers.Add(question.Reply(AnswerKind.WeDid, "I did, and it began the week after.", onlyForAsker: false, professional.Id, agreed.AddDays(7)));
            }

            if (isLast)
            {
                database.Actions.Add(new PlanAction(plan.Id, BigPlan.Outcomes[2], new FourFields("Open the art room at lunch", "Three days a week", "Lunch is the worst bit", null), DayOf(now).AddDays(60), [lead.Id], decision.Id, lead.Id, agreed));
                continue;
            }

            review.Close([], [], [], leftOpen: null, lead.Id, opens.AddDays(60));
            review.SignOff([], lead.Id, opens.AddDays(70));
        }

        return new OnePlan(plan, family, voices, contributions);
    }

    /// <summary>Ten views in a row come from ten people, fifty from each of them on each outcome.</summary>
    private static Contribution Say(IPlanningDatabase database, Review review, Participant[] voices, int number, DateTimeOffset at)
    {
        var (voice, outcome) = (number % voices.Length, (number + (number / voices.Length)) % BigPlan.Outcomes.Length);
        var view = Contribution.Sign(Guid.CreateVersion7(at), review, BigPlan.Outcomes[outcome], voices[voice], voices[voice],
            new Said(BigPlan.Usual(voice, outcome), (Outlook)(number % 3), Summary: null), Audience.Everyone, saidInMeeting: false, at);
        database.Contributions.Add(view);
        return view;
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
