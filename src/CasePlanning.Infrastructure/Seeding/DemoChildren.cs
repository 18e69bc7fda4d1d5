using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Infrastructure.Seeding;

/// <summary>
/// The two children of the demo: Kezia, whose social worker is in court on the day of the meeting, and Jomi, who was moved to
/// another school outside the referral process. Seeded once, into an empty store.
/// </summary>
internal sealed class DemoChildren(IPlanningDatabase database, TimeProvider time)
{
    private const string Healthy = "be-healthy";
    private const string Safe = "stay-safe";
    private const string Enjoy = "enjoy-and-achieve";
    private const string Contributing = "make-a-positive-contribution";

    public async Task Seed(CancellationToken cancellation)
    {
        if (await database.Persons.AnyAsync(cancellation))
            return;
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var cast = new DemoCast(now);
        database.Agencies.AddRange(cast.Agencies);
        database.Persons.AddRange(cast.People);
        database.Appointments.AddRange(cast.Appointments);
        WhoCanHelp(cast, today);
        Kezia(new DemoPlan(database, cast, storyToday: new DateOnly(2026, 10, 20), today));
        Jomi(new DemoPlan(database, cast, storyToday: new DateOnly(2026, 11, 19), today));
        await database.SaveChangesAsync(cancellation);
    }

    private void WhoCanHelp(DemoCast cast, DateOnly today)
    {
        Add("Sunniva Raike", "Sleep, anxiety at bedtime, health plans for children in care", "No medication reviews, no diagnosis", 4, 18,
            "Thornmere and the coast villages", "Telephone Mondays and Thursdays before noon", 12);
        Add("Ngaire Holloway-Bose", "Learning and feelings together, loss, bullying, transition between schools", "No family therapy", 5, 16,
            "Thornmere", "E-mail; a short talk within the week", 40);
        Add("Tobias Quill", "Attendance, journeys to school, what absence is telling us", "No assessment of learning", 5, 16, "Thornmere", "Telephone any morning", 3);
        Add("Kwabena Lisle", "Mentoring through bullying and transition, football and drawing", "No work at weekends", 10, 18,
            "Thornmere harbour side", "Text, or come to the boat house on Tuesdays", 200);

        void Add(string name, string canDo, string cannotDo, int from, int to, string area, string reach, int daysAgo)
        {
            var entry = new ExpertiseEntry(cast[name].Id);
            entry.Confirm(canDo, cannotDo, from, to, area, reach, today.AddDays(-daysAgo));
            database.Expertise.Add(entry);
            database.ExpertiseWords.AddRange(ExpertiseWord.Of(entry));
        }
    }

    /// <summary>On the day of seeding it is the morning after the nurse's late view: two decisions wait to be checked against it.</summary>
    private static void Kezia(DemoPlan k)
    {
        var opened = k.At(8, 28, 9, 5);
        k.Open(PlanKind.Pep, new Child("Kezia", "Amari-Holt", null, new DateOnly(2013, 3, 14), [new ChildIdentifier("upn", "Z000000000001")]),
            k.On(8, 17), "Hamo Tresk", opened);
        k.Gather("Kezia Amari-Holt", opened);
        k.Gather("Delphine Holt", opened);
        k.Gather("Maud Ellerthwaite", opened);
        k.Gather("Bryn Ellerthwaite", opened);
        k.Gather("Juno Prideaux", opened, speaksFor: "Kezia Amari-Holt");
        k.Gather("Dominic Ferraby", opened, "Kezia being safe, and staying close to her mother where that is good for her");
        k.Gather("Roz Applegarth", opened);
        k.Gather("Lettice Umber", opened);
        k.Gather("Imke Sandover", opened, "Kezia's learning, and her feeling at home in school");
        k.Gather("Cal Wexley", opened);
        k.Gather("Ngaire Holloway-Bose", opened, "Learning and feelings together");
        k.Gather("Sunniva Raike", opened, "Kezia's sleep and health");
        var target = k.Set("Imke Sandover", k.At(9, 14, 14, 0), Enjoy,
            new FourFields("Kezia keeps up in mathematics", "Tutoring twice a week", "Maths is hers", null), "Working at grade 5 by February", k.On(12, 18));
        target.Note("Two of three homeworks in, both right.", k.On(10, 9), k["Imke Sandover"].Id, k.At(10, 9, 15, 10));

        k.OpenReview("Autumn review", k.On(9, 30), k.On(10, 21), "Hamo Tresk", k.At(9, 30, 9, 5),
            [new Meeting(k.At(10, 14, 15, 30), "Larkmoor Academy, room 4")],
            "Kezia Amari-Holt", "Delphine Holt", "Bryn Ellerthwaite", "Maud Ellerthwaite", "Dominic Ferraby", "Imke Sandover", "Cal Wexley",
            "Ngaire Holloway-Bose", "Sunniva Raike");
        var kezia = k.Say("Kezia Amari-Holt", k.At(10, 1, 19, 40), Enjoy, Outlook.Mixed,
            "I like art and Mr Wexley. Lunch is the worst bit. I want to stay in top set maths.");
        k.Ask(kezia, "Kezia Amari-Holt", "Imke Sandover", k.At(10, 1, 19, 41), k.On(10, 8), QuestionKind.Request, "Can I stay in top set maths?");
        k.Say("Kezia Amari-Holt", k.At(10, 1, 19, 52), Safe, Outlook.Worried, "I don't want Mum asking at school where I live",
            k.Only("Dominic Ferraby", "Juno Prideaux"));
        var teacher = k.Say("Imke Sandover", k.At(10, 5, 12, 15), Enjoy, Outlook.Worried,
            "Attainment is two grades under target and there are 41 behaviour points since September. I do not think top set is kind to her now; I propose set 2.");
        k.Respond(kezia, "Imke Sandover", k.At(10, 5, 12, 20), Stance.Disagree, "I would like her to stay too, but set 2 would let her catch up without dread.");
        var psychologist = k.Say("Ngaire Holloway-Bose", k.At(10, 6, 16, 30), Enjoy, Outlook.Mixed,
            "The dip fits loss and lost sleep. I disagree with any set move before January.", DemoPlan.Professionals,
            "Kezia's dip fits with a hard autumn. I would not move her before January.");
        k.Respond(teacher, "Ngaire Holloway-Bose", k.At(10, 6, 16, 40), Stance.Disagree, "Not before January: learning and feelings go together.");
        k.Say("Maud Ellerthwaite", k.At(10, 7, 20, 10), Healthy, Outlook.Worried, "She was up at three in the morning four nights out of seven. Homework gets done at breakfast.");
        var mother = k.Say("Delphine Holt", k.At(10, 9, 11, 0), Enjoy, Outlook.GoingWell, "She always had maths in her. Don't take it off her.");
        var pickUp = k.Ask(mother, "Delphine Holt", "Dominic Ferraby", k.At(10, 9, 11, 5), k.On(10, 16), QuestionKind.Question, "Who picks her up?");
        k.Absent("Dominic Ferraby", AbsenceReason.Court, k.On(10, 16), "Another child's hearing");
        k.Say("Dominic Ferraby", k.At(10, 12, 8, 50), Safe, Outlook.GoingWell, "I agree with the supervised pick-up. It is working.");
        k.Say("Dominic Ferraby", k.At(10, 12, 8, 51), Enjoy, Outlook.Mixed, "Keep the set, and look at it again at half term.", DemoPlan.Professionals,
            "Keep the set for now.");
        k.Say("Dominic Ferraby", k.At(10, 12, 8, 52), Contributing, Outlook.GoingWell, "Art club is funded until Easter.");
        k.Say("Cal Wexley", k.At(10, 14, 15, 40), Enjoy, Outlook.GoingWell, "She laughs in tutor time again. The art room is hers if she wants it.", inMeeting: true);
        var d1 = k.Decide("Imke Sandover", k.At(10, 14, 15, 50), [Enjoy, Healthy],
            new FourFields("Kezia stays in set 1 for maths, with help", "Two times twenty minutes of tutoring at eight in the morning",
                "She asked for it; the dip fits lost sleep more than the maths", "Look again on 9 December"), kezia, psychologist, mother);
        k.Respond(d1, "Imke Sandover", k.At(10, 14, 15, 55), Stance.Disagree, "Two grades under target. Set 2 would let her catch up without dread.", DecisionField.What);
        var d2 = k.Decide("Imke Sandover", k.At(10, 14, 16, 0), [Enjoy, Healthy],
            new FourFields("The art room opens at lunch", "Mr Wexley opens it", "Lunch is the worst bit", "See whether she brings a friend"), kezia);
        k.Agree("Cal Wexley", k.At(10, 14, 16, 20), Enjoy,
            new FourFields("Open the art room at lunch", "Mondays, Wednesdays and Fridays", "Lunch is the worst bit of her day", "See whether she brings a friend"),
            k.On(10, 19), d2, "Cal Wexley");
        k.Reply(pickUp, "Dominic Ferraby", k.At(10, 16, 17, 45), AnswerKind.Answer, "She is collected by a safe adult agreed with you by phone.", onlyForAsker: true);
        k.Say("Sunniva Raike", k.At(10, 19, 13, 25), Healthy, Outlook.Worried,
            "SDQ 19. The sleep clinic has accepted the referral for 2 November. Please no tutoring at eight in the morning.", DemoPlan.Health,
            "Sleep needs care this term: please no tutoring at eight in the morning.");
    }

    /// <summary>On the day of seeding Jomi has been two days at his new school, and not everybody agrees that he should be.</summary>
    private static void Jomi(DemoPlan j)
    {
        var opened = j.At(10, 6, 14, 0);
        j.Open(PlanKind.EarlyHelp, new Child("Jomi", "Adesina-Thorley", null, new DateOnly(2015, 6, 2), []), j.On(10, 6), "Gwilym Sarn", opened);
        j.Gather("Jomi Adesina-Thorley", opened);
        j.Gather("Femi Thorley", opened);
        j.Gather("Abeni Adesina", opened, nameReleased: true);
        j.Gather("Tobias Quill", opened, "Jomi getting to school, and wanting to");
        j.Gather("Ngaire Holloway-Bose", opened, "Learning and feelings together");
        j.Gather("Kwabena Lisle", opened, "Somebody on Jomi's side who is not school");
        j.Gather("Xanthe Moorcroft", opened);

        foreach (var family in new[] { "Femi Thorley", "Abeni Adesina" })
            j.Consents(family, "Gwilym Sarn", opened, "School, education welfare, the psychologist and Kwabena work together with us on getting Jomi to school.");

        j.OpenReview("Early help review", j.On(10, 6), j.On(12, 4), "Gwilym Sarn", j.At(10, 6, 14, 5),
            [new Meeting(j.At(11, 24, 15, 0), null)],
            "Jomi Adesina-Thorley", "Femi Thorley", "Abeni Adesina", "Gwilym Sarn", "Tobias Quill", "Ngaire Holloway-Bose", "Xanthe Moorcroft");
        var school = j.Say("Gwilym Sarn", j.At(10, 6, 14, 20), Enjoy, Outlook.Worried, "Attendance is 81%. He seems reluctant. I propose the sanctions ladder.");
        var gran = j.Say("Abeni Adesina", j.At(10, 9, 18, 30), Safe, Outlook.Worried, "A ripped blazer and five pounds taken. He is not reluctant, he is frightened.");
        j.Respond(school, "Abeni Adesina", j.At(10, 9, 18, 32), Stance.Disagree, "He is not reluctant, he is frightened.");
        var quill = j.Say("Tobias Quill", j.At(10, 13, 10, 5), Enjoy, Outlook.Worried, "Nine of his eleven absences are on days with PE.");
        var drawing = j.Say("Jomi Adesina-Thorley", j.At(11, 3, 12, 40), Safe, Outlook.Worried, "bus. changing room. them.",
            j.Only("Tobias Quill", "Ngaire Holloway-Bose", "Abeni Adesina"), writtenBy: "Kwabena Lisle");
        j.Confirm(drawing, "Jomi Adesina-Thorley", j.At(11, 3, 12, 55));
        j.Say("Gwilym Sarn", j.At(11, 5, 9, 15), Safe, Outlook.Mixed, "Two incidents are logged, with both sides. A restorative meeting is planned.", DemoPlan.Professionals);
        var talk = j.Say("Tobias Quill", j.At(11, 6, 16, 35), Safe, Outlook.Worried,
            "Ngaire and I talked for 25 minutes. Waiting for the panel of 3 December is unsafe. She rings Saltmarsh today.", DemoPlan.Professionals);
        j.Respond(talk, "Ngaire Holloway-Bose", j.At(11, 6, 16, 48), Stance.Agree, "That is what we said.");
        var move = j.Decide("Gwilym Sarn", j.At(11, 9, 9, 30), [Safe, Enjoy],
            new FourFields("Jomi moves to Saltmarsh Free School now", "A buddy, and no PE for the first fortnight",
                "A frightened child's week is not a month", "Look again on 8 January"), gran, quill);
        j.Respond(move, "Gwilym Sarn", j.At(11, 10, 11, 30), Stance.Disagree, "It bypasses us. Our measure is the number of managed moves.", DecisionField.How);
        j.Say("Femi Thorley", j.At(11, 12, 17, 0), Safe, Outlook.Mixed, "I agree to the move. I worry about the bus fare.");
        j.Agree("Tobias Quill", j.At(11, 12, 17, 20), Safe,
            new FourFields("Get Jomi a bus pass", "Through the welfare fund", "So that the move does not cost the family", null), j.On(11, 16), move, "Tobias Quill");
        j.Say("Xanthe Moorcroft", j.At(11, 17, 8, 40), Enjoy, Outlook.GoingWell, "Jomi starts today with a buddy, and no PE for the first fortnight.");
    }
}
