using CasePlanning.Application.Administration;
using CasePlanning.Application.Contributions;
using CasePlanning.Application.Feed;
using CasePlanning.Application.Journal;
using CasePlanning.Application.KnowWho;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Application.Sharing;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Domain.Sharing;
using CasePlanning.Server.Identity;

namespace CasePlanning.Server.Api.V1;

/// <summary>
/// The examples of the API description: one invented child's autumn review, told through every operation. They are values of
/// the real types, so they cannot drift from them.
/// </summary>
internal static class Examples
{
    public static readonly Guid Plan = Id(1);
    public static readonly Guid Review = Id(2);
    public static readonly Guid View = Id(3);
    public static readonly Guid Decision = Id(4);
    public static readonly Guid Action = Id(5);
    public static readonly Guid Target = Id(6);
    public static readonly Guid Question = Id(7);
    public static readonly Guid Agency = Id(8);
    public static readonly Guid Kezia = Id(11);
    public static readonly Guid Dominic = Id(12);
    public static readonly Guid Imke = Id(13);
    public static readonly Guid Hamo = Id(14);
    public static readonly Guid Sunniva = Id(15);
    public static readonly Guid Delphine = Id(16);
    public static readonly Guid Employee = Id(17);
    public static readonly Guid Osric = Id(18);

    private const string Enjoy = "enjoy-and-achieve";
    private const string Council = "Thornmere Borough Council";
    private const string School = "Larkmoor Academy";

    private static readonly DateOnly WindowOpens = new(2026, 9, 30);
    private static readonly DateOnly WindowCloses = new(2026, 10, 21);
    private static readonly DateTimeOffset MeetingAt = At(10, 14, 15, 30);

    public static readonly Who WhoKezia = new(Kezia, "Kezia", Role.Child, null);
    public static readonly Who WhoDominic = new(Dominic, "Dominic Ferraby", Role.SocialWorker, Council);
    public static readonly Who WhoImke = new(Imke, "Imke Sandover", Role.DesignatedTeacher, School);
    public static readonly Who WhoHamo = new(Hamo, "Hamo Tresk", Role.VirtualSchoolCaseworker, Council);
    public static readonly Who WhoDelphine = new(Delphine, "Delphine Holt", Role.Parent, null);
    public static readonly Who WhoSunniva = new(Sunniva, "Sunniva Raike", Role.Nurse, "Thornmere Community Health");

    public static readonly AgencyView AgencyView = new(Agency, School, AgencyKind.School, "thornmere", 1);

    public static readonly MeView Me = new(Id(21), "Dominic Ferraby", Council, Role.SocialWorker, "token");

    public static readonly MailChoiceView MailChoice = new(HowOften.Daily, HowOften.Immediate, HowOften.Daily, HowOften.Immediate);

    public static readonly ChildSearch ChildSearch = new([new NewChildIdentifier("upn", "Z000000000001")]);

    public static readonly FoundPlan FoundPlan = new(Plan, PlanKind.Pep, "Kezia");

    public static readonly PlanToOpen PlanToOpen = new(Plan, Council);

    public static readonly EmergencyAccessView EmergencyAccess = new(
        Id(71), Plan, Id(72), "Sunniva Raike", "Thornmere Community Health", EmergencyPurpose.Treatment,
        "She is in the emergency department and cannot say what she takes.", "ED-20391", At(10, 17, 23, 40), At(10, 18, 0, 40), null, true,
        new DateOnly(2026, 10, 20), false, null, null, null, 1);

    public static readonly NewRestriction NewRestriction = new(
        RestrictionKind.Identity, Imke, "He was threatened at the school gate and asked not to be named there", new DateOnly(2027, 1, 11), Subject: Dominic);

    public static readonly RestrictionView Restriction = new(
        Id(70), Plan, RestrictionKind.Identity, WhoImke, WhoDominic, null, NewRestriction.Reason, NewRestriction.ReviewOn, WhoHamo, At(10, 12, 9, 0), null,
        null, [new OpenedView(WhoImke, null, null, null, At(10, 5, 12, 15), 3)], 1);

    public static readonly NewConsent NewConsent = new(
        Delphine, ConsentScope.ShareOutside, "The holiday club may know that Kezia must not be collected by anybody else.");

    public static readonly ConsentView Consent = new(
        Id(73), Plan, WhoDelphine, NewConsent.Scope, NewConsent.Covers, At(10, 9, 11, 30), WhoDominic, At(10, 12, 8, 50), true, null, null, null);

    public static readonly ConsentView ConsentWithdrawn = Consent with
    {
        Stands = false,
        WithdrawnAt = At(10, 19, 17, 0),
        WithdrawnBy = WhoDelphine,
        WithdrawnWhy = "I was not told that the police would see it.",
    };

    public static readonly NewDisclosure NewDisclosure = new(
        "Thornmere Police, missing persons desk", "A photograph, what she wore, and the names of two friends", "She was missing for three hours",
        LawfulBasis.VitalInterests, SpecialCondition.SafeguardingOfChildren, "Thornmere protocol on missing children, 4.2");

    public static readonly DisclosureView Disclosure = new(
        Id(74), Plan, DisclosureOrigin.Recorded, NewDisclosure.To, NewDisclosure.What, NewDisclosure.Purpose, NewDisclosure.Basis, NewDisclosure.Condition,
        NewDisclosure.Agreement, null, WhoDominic, At(10, 12, 21, 15), At(10, 12, 21, 20), false);

    public static readonly NewWithheldDecision NewWithheldDecision = new(
        "Larkmoor Academy", "Why the last school was left", "It is not needed to teach her, and she asked to begin anew.", [Imke]);

    public static readonly WithheldDecisionView WithheldDecision = new(
        Id(75), Plan, NewWithheldDecision.From, [WhoImke], NewWithheldDecision.What, NewWithheldDecision.Why, WhoDominic, At(10, 5, 9, 0));

    public static readonly AccessLogEntry AccessLogEntry = new(
        Id(60), At(10, 12, 8, 50), WhoDominic, Client: null, Agency: null, "Gave a view", Wrote: true, Emergency: false, Refused: false);

    public static readonly AuditEntry AuditEntry = new(
        Id(60), 1204, At(10, 12, 8, 50), Id(21), "Dominic Ferraby", "token", null, Agency, "AddContribution", true, Plan, "Plan", Plan, View, null,
        Verdict.Allowed, Id(61).ToString(), new string('a', 64));

    public static readonly CheckpointView Checkpoint = new(
        1300, At(10, 12, 8, 51), $"https://plans.demo.example/journal\n1300\n{new string('A', 43)}=\n", new string('A', 86) + "==");

    public static readonly ProofView Proof = new(
        "{\"v\":1,\"id\":\"…\"}", 1204, new string('a', 64), [new string('A', 43) + "="], Checkpoint);

    public static readonly JournalExport Export = new("{\"v\":1,\"id\":\"…\"}\n{\"checkpoint\":\"…\",\"signature\":\"…\"}\n");

    public static readonly ExpertiseView Expertise = new(
        Id(22), "Sunniva Raike", "Thornmere Community Health", "Sleep, anxiety at bedtime, health plans for children in care", "No medication reviews",
        4, 18, "Thornmere and the coast villages", "Telephone Mondays and Thursdays before noon", new DateOnly(2026, 9, 1), false);

    public static readonly OutcomeView Outcome = new(
        Enjoy, "Enjoy and achieve", "School and learning", ["Ready for school", "Attend and enjoy school", "Achieve personal and social development and enjoy recreation"]);

    public static readonly FrameworkView Framework = new("every-child-matters", null, null, "Every Child Matters", [Outcome]);

    public static readonly NewFramework NewFramework = new("thornmere-promises", "Our promises to children in Thornmere",
        [new NewOutcome("safe", "Children are safe", "I am safe", ["At home", "At school", "On the way between"])]);

    public static readonly FrameworkView FrameworkAdded = new(
        NewFramework.Code, Id(76), "thornmere", NewFramework.Name, [new OutcomeView("safe", "Children are safe", "I am safe", ["At home", "At school", "On the way between"])]);

    public static readonly AgencyPersonView AgencyPerson = new(
        Employee, Agency, WhoImke.Name, "imke.sandover@demo.example", Role.DesignatedTeacher, SignInState.Active, true, []);

    public static readonly AppointmentView Appointment = new(
        Id(77), Id(78), "Winifred Tolland", Office.AgencyAdministrator, Agency, School, "thornmere", At(9, 1, 8, 0), null, true);

    public static readonly NewClocks NewClocks = new(
        new ClockDays(10, DayCounting.WorkingDays), new ClockDays(20, DayCounting.SchoolDays), new ClockDays(15, DayCounting.WorkingDays),
        new ClockDays(5, DayCounting.WorkingDays), new ClockDays(5, DayCounting.WorkingDays), new ClockDays(5, DayCounting.WorkingDays), [new DateOnly(2026, 8, 31)],
        [new DaysFromTo(new DateOnly(2026, 9, 3), new DateOnly(2026, 12, 18))], [new DaysFromTo(new DateOnly(2026, 10, 26), new DateOnly(2026, 10, 30))]);

    public static readonly ClocksView ClocksView = new(
        "thornmere", NewClocks.Initiate, NewClocks.FirstPlan, NewClocks.Window, NewClocks.SignOff, NewClocks.Answer, NewClocks.Handover, NewClocks.BankHolidays!,
        NewClocks.Terms!, NewClocks.HalfTerms!, false, At(9, 1, 8, 0), 1);

    public static readonly ReviewSummary ReviewSummary = new(
        Review, "Autumn review", WindowOpens, WindowCloses, ReviewState.Open, [new MeetingView(MeetingAt, "Larkmoor Academy, room 4")], 1);

    public static readonly PlanView PlanView = new(
        Plan, PlanKind.Pep,
        new ChildView("Kezia", "Kezia", "Amari-Holt", null, new DateOnly(2013, 3, 14), [new ChildIdentifierView("upn", "Z000000000001")]),
        "every-child-matters", [Outcome], "thornmere", new DateOnly(2026, 8, 17), At(8, 28, 9, 5),
        [new MoveView("wexmoor", "thornmere", At(8, 30, 10, 0))], null, WhoHamo, WhoDominic, false,
        [new ClockView("initiate", "Plan begun", new DateOnly(2026, 9, 1)), new ClockView("firstPlan", "First plan ready", new DateOnly(2026, 9, 15))],
        [ReviewSummary], 1);

    public static readonly PlanSummary PlanSummary = new(Plan, PlanKind.Pep, "Kezia", Role.SocialWorker, false, ReviewSummary);

    public static readonly ParticipantView Participant = new(
        Dominic, Plan, WhoDominic.Name, Role.SocialWorker, Council, Id(31), null, At(8, 17, 9, 0), null, true, false,
        "Kezia being safe, and staying close to her mother where that is good for her", At(9, 2, 16, 40), At(10, 12, 8, 51), null, null,
        LawfulBasis.PublicTask, "My authority looks after her", 2);

    public static readonly InvitationView Invitation = new(
        Id(32), Dominic, InvitationState.Open, WhoHamo, At(8, 17, 9, 5), At(8, 24, 9, 5), null, MailState.Sent, "204816");

    public static readonly AddressView Address = new(Dominic, IsKnown: true, Unsafe: true, WhoHamo, At(8, 17, 9, 10));

    public static readonly VoiceView Voice = new(
        Dominic, WhoDominic.Name, Role.SocialWorker, Council, VoiceStatus.NotYet,
        new AbsenceView(AbsenceReason.Court, new DateOnly(2026, 10, 16), null),
        [new AttemptView(new DateOnly(2026, 10, 9), AttemptHow.Email, null, WhoHamo, IsNudge: true)], null, null, new DateOnly(2026, 10, 10));

    public static readonly DissentView Dissent = new(
        Id(41), Decision, Review, WhoImke, Stance.Disagree, "Two grades under target; set 2 would let her catch up without dread.", DecisionField.What, At(10, 14, 16, 0));

    public static readonly DecisionView DecisionView = new(
        Decision, Plan, Review, [Enjoy, "be-healthy"], "Kezia stays in set 1 for maths", "Twenty minutes of tutoring twice a week",
        "She asked for it, and the dip fits loss and lost sleep more than the maths", "Look again on 9 December", [View], WhoImke, At(10, 14, 15, 50), 1,
        false, [], [Dissent], [new DecisionResponseView(Dissent.Id, WhoImke, Dissent.Stance, Dissent.Reason, Dissent.About, Dissent.At, true)],
        [new RecheckView(Id(42), WhoImke, "The nurse asks for no tutoring at eight in the morning. Moved to 14:10.", true, [Id(43)], At(10, 20, 9, 10))],
        [new DecisionWordingView(1, "Kezia stays in set 1 for maths", "Twenty minutes of tutoring twice a week",
            "She asked for it, and the dip fits loss and lost sleep more than the maths", "Look again on 9 December", WhoImke, At(10, 14, 15, 50))]);

    public static readonly QuestionView QuestionView = new(
        Question, View, QuestionKind.Request, WhoKezia, "Can I stay in top set maths?", At(10, 1, 19, 41), WhoImke, new DateOnly(2026, 10, 8), true,
        [new AnswerView(Id(44), WhoImke, AnswerKind.WeDid, "You stay in set 1, with help twice a week. We look again in December.", false, At(10, 15, 9, 0))]);

    public static readonly AttachmentView Attachment = new(Id(52), "audio/ogg", 48213, At(10, 1, 19, 41));

    public static readonly ContributionView ViewOfKezia = new(
        View, Plan, Review, Enjoy, WhoKezia, null, null, null, Mode.Before, "I like art and Mr Wexley. Lunch is the worst bit. I want to stay in top set maths.",
        null, Outlook.Mixed, new AudienceView(AudienceKind.Everyone), 1, null, At(10, 1, 19, 40), At(10, 1, 19, 40), null, false, null,
        [], [new ResponseView(Id(45), WhoDominic, Stance.NewToMe, "I had not heard about lunch.", At(10, 12, 8, 52))], [QuestionView],
        [new ContributionVersionView(1, "I like art and Mr Wexley. Lunch is the worst bit. I want to stay in top set maths.", null, Outlook.Mixed, null, At(10, 1, 19, 40))]);

    public static readonly ContributionView Draft = ViewOfKezia with
    {
        Author = WhoDominic,
        Mode = null,
        Words = "Keep the set; review at half term.",
        SignedAt = null,
        FirstSignedAt = null,
        Draft = true,
        Responses = [],
        Questions = [],
        Versions = null,
    };

    public static readonly DraftText DraftText = new(
        Plan, Review, Enjoy, "Keep the set; review at", Outlook.Mixed, new NewAudience(AudienceKind.Everyone));

    public static readonly DraftView KeptDraft = new(
        Id(53), Plan, Review, Enjoy, DraftText.Words, Outlook.Mixed, null, new AudienceView(AudienceKind.Everyone), null, false, null, null, null, At(10, 12, 8, 49),
        DraftState.Open, null, 4);

    public static readonly DraftKey DraftKey = new(new string('A', 43) + "=", 12);

    public static readonly ChangesView Changes = new(2, 0);

    public static readonly SessionView Session = new(At(10, 12, 16, 50));

    public static readonly ActionView ActionView = new(
        Action, Plan, Enjoy, "Open the art room at lunch", "Mondays, Wednesdays and Fridays", "Lunch is the worst bit of her day", "See whether she brings a friend",
        [WhoImke], new DateOnly(2026, 10, 19), ActionState.Open, null, Decision, WhoImke, At(10, 14, 16, 20),
        [new HandoverView(Id(46), WhoImke, WhoDominic, "School keeps the art room open and tells home", At(10, 15, 9, 0), new DateOnly(2026, 10, 22), null, null, null)], 1);

    public static readonly TargetView TargetView = new(
        Target, Plan, Enjoy, "I stay in top set maths and get help when I'm stuck", "Tutoring twice a week", "Maths is hers", null,
        "Working at grade 5 by February", new DateOnly(2027, 2, 12), TargetState.Open, WhoImke, At(9, 14, 14, 0),
        [new RewordingView(Id(47), WhoKezia, "Kezia maintains progress in mathematics", "I stay in top set maths and get help when I'm stuck", At(10, 1, 19, 45),
            "That is a better target than ours was.", WhoImke, At(10, 15, 9, 5))],
        [new ProgressNoteView(Id(48), WhoImke, "Two of three homeworks in, both right.", new DateOnly(2026, 10, 9), At(10, 9, 15, 10))], 2);

    public static readonly ReviewView ReviewView = new(
        Review, Plan, "Autumn review", WindowOpens, WindowCloses, ReviewState.Open, [new MeetingView(MeetingAt, "Larkmoor Academy, room 4")],
        new DateOnly(2026, 10, 28), WhoHamo, null, null, null, null, null,
        [new CarriedForwardView(Id(49), CarriedKind.Target, Target, TargetView.What, "Still true?", true, null, WhoImke, At(10, 5, 12, 20))],
        [Dissent], [], 1);

    public static readonly ReviewView ReviewClosed = ReviewView with { State = ReviewState.Closed, ClosedAt = At(10, 21, 15, 0), ClosedBy = WhoHamo, Version = 2 };

    public static readonly ReviewView ReviewSigned = ReviewClosed with
    {
        State = ReviewState.Signed,
        SignedAt = At(10, 26, 10, 0),
        SignedBy = WhoHamo,
        Version = 3,
        Addenda = [new AddendumView(Id(50), WhoDominic, "The sleep clinic confirmed the appointment of 2 November.", At(10, 28, 9, 0))],
    };

    public static readonly ReviewSuggestion ReviewSuggestion = new(WindowOpens, WindowCloses, new DateOnly(2026, 10, 28), []);

    public static readonly ReadinessView Readiness = new(
        Review, [new HindranceView(ReviewRules.VoiceNotAddressed.Code, "Sunniva Raike is not heard yet.", Sunniva)],
        [new HindranceView(ReviewRules.NotClosed.Code, ReviewRules.NotClosed.Sentence)]);

    public static readonly ReadingOfPlan Reading = new(
        new ReadPlanHeader(Plan, PlanKind.Pep, "Kezia", WhoHamo), ReviewSummary, ReadingView.Outcome, new VoicesCount(7, 9),
        [new OutcomeReading(Enjoy, "Enjoy and achieve", "School and learning", true, [ViewOfKezia with { Versions = null }],
            [new NotHeardView(Sunniva, WhoSunniva.Name, Role.Nurse, WhoSunniva.Agency, VoiceStatus.NotYet, null)], [DecisionView], 1)],
        null, null);

    public static readonly HistoryEntry HistoryEntry = new(
        Id(80), At(10, 28, 9, 30), HistoryOf.Decisions, HistoryKind.DecisionReworded, WhoImke, Decision, [Enjoy],
        "Kezia stays in set 1 for maths\nHow: Two times twenty minutes of tutoring at 14:10", "Kezia stays in set 1 for maths\nHow: Two times twenty minutes of tutoring at eight");

    public static readonly WorkItem Work = new(
        Id(51), WorkKind.GiveView, Plan, "Kezia", Review, Review, WindowCloses, false, "You were asked for your view.");

    public static readonly NewPlan NewPlan = new(
        new NewChild("Kezia", "Amari-Holt", new DateOnly(2013, 3, 14), null, [new NewChildIdentifier("upn", "Z000000000001")]), PlanKind.Pep,
        StartedOn: new DateOnly(2026, 8, 17));

    public static readonly NewParticipant NewParticipant = new(new NewPerson(null, "Dominic Ferraby", "dominic.ferraby@demo.example"), Role.SocialWorker, Agency);

    public static readonly NewReview NewReview = new(
        "Autumn review", WindowOpens, WindowCloses, new Invite(true, []), [new NewMeeting(MeetingAt, "Larkmoor Academy, room 4")]);

    public static readonly NewContribution NewView = new(
        Review, Enjoy, "Keep the set; review at half term.", Outlook.Mixed, new NewAudience(AudienceKind.Everyone));

    public static readonly NewDecision NewDecision = new(
        [Enjoy, "be-healthy"], "Kezia stays in set 1 for maths", "She asked for it, and the dip fits loss and lost sleep more than the maths",
        "Twenty minutes of tutoring twice a week", "Look again on 9 December", [View]);

    public static readonly NewAction NewAction = new(
        Enjoy, "Open the art room at lunch", "Mondays, Wednesdays and Fridays", "Lunch is the worst bit of her day", "See whether she brings a friend",
        [Imke], new DateOnly(2026, 10, 19), Decision);

    public static readonly NewTarget NewTarget = new(
        Enjoy, "Kezia maintains progress in mathematics", "Working at grade 5 by February", "Tutoring twice a week", "Maths is hers", null, new DateOnly(2027, 2, 12));

    public static readonly PlanCopySummary PlanCopySummary = new(Id(76), "Kezia", "thornmere", "wexmoor", At(11, 30, 10, 0));

    public static readonly PlanCopyView PlanCopy = new(
        PlanCopySummary.Id, PlanCopySummary.From, PlanCopySummary.To, PlanCopySummary.MadeAt,
        new PlanAsItWas("Kezia", new DateOnly(2013, 3, 14), PlanKind.Pep, [Reading], [TargetView], [ActionView]));

    public static readonly ChangeFeed ChangeFeed = new(
        [
            new ChangeEvent(Id(90), EventType.ContributionAdded, At(10, 14, 15, 30), Plan, new ChangedResource(View, $"/api/v1/contributions/{View}")),
            new ChangeEvent(Id(91), EventType.PlanAccessEnded, At(10, 15, 9, 0), Id(92), new ChangedResource(Id(92), Href: null)),
        ], "CfDJ8J3kq1Yw0c3rX0dRz8G2m5ZsA", CaughtUp: true);

    public static Listing<T> ListOf<T>(T item) => new([item], null);

    private static DateTimeOffset At(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);

    /// <summary>Fixed, and shaped like the real ones.</summary>
    private static Guid Id(int number) => new($"0199a1c0-5e00-7000-8000-{number:x12}");
}
