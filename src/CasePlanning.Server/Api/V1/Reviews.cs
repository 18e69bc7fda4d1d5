using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Api.V1;

/// <summary>Reviews, the voices they invite, and how they close.</summary>
public static class ReviewRoutes
{
    public static void MapReviews(this RouteGroupBuilder api)
    {
        var reviews = api.Section("Reviews", "One cycle of a plan: a window, invited voices, meetings if any, decisions, close, sign-off.");
        reviews.MapPost("/plans/{id:guid}/reviews", (Guid id, Body<NewReview> body, Answers answers) =>
                answers.Created(new OpenReview(id, body.Value), r => new ReadReview(r), r => $"/reviews/{r}"))
            .Describes("openReview", "Open a review",
                "Whoever coordinates may. `invite` is `\"everyone\"` (all who have a voice, except the lead professional, who coordinates) or a list of participant ids. Open targets, open actions and standing dissents are carried forward, each asking whether it is still true.",
                Examples.NewReview, Examples.ReviewView, 201, ReviewRules.Overlaps, ReviewRules.ClosesBeforeItOpens, ReviewRules.NobodyInvited);
        reviews.MapGet("/plans/{id:guid}/reviews", (Guid id, Paging paging, Answers answers) => answers.List(new ListReviews(id, paging.Page)))
            .Describes("listReviews", "List reviews", "The plan's reviews, newest first.", response: Examples.ListOf(Examples.ReviewSummary));
        reviews.MapGet("/reviews/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadReview(id)))
            .Describes("readReview", "Read a review", "Its window, state, what is carried forward, standing dissents and addenda.", response: Examples.ReviewView);
        reviews.MapGet("/plans/{id:guid}/reviews/suggestion", (Guid id, Answers answers) => answers.Read(new SuggestReview(id)))
            .Describes("suggestReview", "Suggest the days of a review",
                "For whoever coordinates: days worked out from the authority's clock that no unsigned review takes up. Nobody is held to them.",
                response: Examples.ReviewSuggestion);
        reviews.MapGet("/reviews/{id:guid}/readiness", (Guid id, Answers answers) => answers.Read(new ReadReadiness(id)))
            .Describes("readReadiness", "Read what stands in the way of the end of a review",
                "For whoever coordinates: everything that closing it or signing it off would be refused for now, as far as they may know.",
                response: Examples.Readiness);
        reviews.MapPatch("/reviews/{id:guid}", (Guid id, IfMatch match, Body<ReviewChange> body, Answers answers) =>
                answers.Changed(new ChangeReview(id, match.Version, body.Value), new ReadReview(id)))
            .Describes("changeReview", "Change a review", "Extend the window, or plan a meeting. Meetings are replaced as a whole.",
                new ReviewChange(ClosesOn: new DateOnly(2026, 10, 28)), Examples.ReviewView,
                rules: [ReviewRules.IsClosed, ReviewRules.IsSigned, ReviewRules.Overlaps, ReviewRules.ClosesBeforeItOpens]);
        reviews.MapPost("/reviews/{id:guid}/close", (Guid id, IfMatch match, Body<Closing> body, Answers answers) =>
                answers.Changed(new CloseReview(id, match.Version, body.Value), new ReadReview(id)))
            .Describes("closeReview", "Close a review",
                "Possible without a missing voice, but not silently: `errors` names each invited voice that is neither heard, declined nor addressed. Not while a child waits for a reply. Where views differ and nothing was decided, say why it is left open. Views are still accepted until sign-off.",
                new Closing("Both want to see how the first month goes. We look at it again in the next review."), Examples.ReviewClosed,
                rules: [ReviewRules.VoiceNotAddressed, ReviewRules.ChildWaitsForReply, ReviewRules.DifferenceLeftOpen, ReviewRules.IsClosed, ReviewRules.IsSigned]);
        reviews.MapPost("/reviews/{id:guid}/sign-off", (Guid id, IfMatch match, Answers answers) =>
                answers.Changed(new SignOffReview(id, match.Version), new ReadReview(id)))
            .Describes("signOffReview", "Sign a review off",
                "Assents that the process is complete; approves nobody's view. The result lists the dissents that stand. Afterwards there are only addenda.",
                response: Examples.ReviewSigned, rules: [ReviewRules.NotClosed, DecisionRules.NeedsRecheck, ReviewRules.IsSigned]);
        reviews.MapPost("/reviews/{id:guid}/addenda", (Guid id, Body<NewAddendum> body, Answers answers) =>
                answers.Created(new AddAddendum(id, body.Value), r => new ReadReview(r), r => $"/reviews/{r}"))
            .Describes("addAddendum", "Add an addendum", "After sign-off: dated and signed, beside the record and never in it. Every participant reads it. Answers with the review.",
                new NewAddendum("The sleep clinic confirmed the appointment of 2 November."), Examples.ReviewSigned, 201, ReviewRules.NotSigned);
        reviews.MapPut("/reviews/{id:guid}/carried-forward/{carriedId:guid}", (Guid id, Guid carriedId, Body<StillTrueAnswer> body, Answers answers) =>
                answers.Changed(new AnswerCarriedForward(id, carriedId, body.Value), new ReadReview(id)))
            .Describes("answerCarriedForward", "Say whether something is still true", "Of a target, an action or a dissent of an earlier review. A dissent is its author's to answer for.",
                new StillTrueAnswer(true), Examples.ReviewView, rules: [ReviewRules.CarriedDissentIsItsAuthors, ReviewRules.IsSigned]);

        var voices = api.Section("Voices", "Who was invited, who has been heard, and what was done about those who have not.");
        voices.MapGet("/reviews/{id:guid}/voices", (Guid id, Paging paging, Answers answers) => answers.List(new ListVoices(id, paging.Page)))
            .Describes("listVoices", "List the invited voices", "As far as the reader may know: judged by the views they can see.", response: Examples.ListOf(Examples.Voice));
        voices.MapPost("/reviews/{id:guid}/voices", (Guid id, Body<NewVoice> body, Answers answers) =>
                answers.Created(new InviteVoice(id, body.Value), p => new ReadVoice(id, p), p => $"/reviews/{id}/voices/{p}"))
            .Describes("inviteVoice", "Ask one more participant for their view", "Whoever coordinates may, until the review is closed.",
                new NewVoice(Examples.Sunniva), Examples.Voice, 201, ReviewRules.AlreadyInvited, ReviewRules.IsClosed, ReviewRules.IsSigned);
        voices.MapGet("/reviews/{id:guid}/voices/{participantId:guid}", (Guid id, Guid participantId, Answers answers) =>
                answers.Read(new ReadVoice(id, participantId)))
            .Describes("readVoice", "Read one invited voice", "One participant's standing in the review.", response: Examples.Voice);
        voices.MapPut("/reviews/{id:guid}/voices/{participantId:guid}", (Guid id, Guid participantId, Body<VoiceRecord> body, Answers answers) =>
                answers.Changed(new RecordVoice(id, participantId, body.Value), new ReadVoice(id, participantId)))
            .Describes("recordVoice", "Record an absence, a try to reach somebody, or what was done",
                "Everybody records their own absence, that they chose to say nothing, or which colleague speaks instead; whoever coordinates may record it for others, and what was done about a voice that was not heard. Absent members stay as they are, null takes back; attempts are added.",
                new VoiceRecord(Absence: new NewAbsence(AbsenceReason.Court, new DateOnly(2026, 10, 16))), Examples.Voice,
                rules: [ReviewRules.OnlyOwnVoiceOrCoordinator, ReviewRules.DelegateWithinAgency, ReviewRules.CouldNotReachNeedsAttempt, ReviewRules.IsSigned]);

        voices.MapPost("/reviews/{id:guid}/voices/{participantId:guid}/nudge", (Guid id, Guid participantId, Answers answers) =>
                answers.Changed(new NudgeVoice(id, participantId), new ReadVoice(id, participantId)))
            .Describes("nudgeVoice", "Ask a voice once more by mail",
                "Whoever coordinates may, once a day, until the review is closed. The mail names nobody, and is recorded as a try to reach them. Where a colleague speaks in their place, it goes to that colleague.",
                response: Examples.Voice,
                rules: [ReviewRules.NothingToAsk, ReviewRules.NudgedToday, ReviewRules.AskedEnough, ReviewRules.NoMailToThem, InvitationRules.NoMail, ReviewRules.IsClosed, ReviewRules.IsSigned]);

        MapDecisions(api);
    }

    private static void MapDecisions(RouteGroupBuilder api)
    {
        var decisions = api.Section("Decisions", "What was settled, for which outcomes, why, and because of which views. Dissent stays.");
        decisions.MapPost("/reviews/{id:guid}/decisions", (Guid id, Body<NewDecision> body, Answers answers) =>
                answers.Created(new RecordDecision(id, body.Value), d => new ReadDecision(d), d => $"/decisions/{d}"))
            .Describes("recordDecision", "Record a decision", "Whoever decides may. `because` names the views it rests on, among those the caller can see.",
                Examples.NewDecision, Examples.DecisionView, 201, ReviewRules.IsSigned);
        decisions.MapGet("/reviews/{id:guid}/decisions", (Guid id, Paging paging, Answers answers) => answers.List(new ListDecisions(id, paging.Page)))
            .Describes("listDecisions", "List a review's decisions", "In the order in which they were taken.", response: Examples.ListOf(Examples.DecisionView));
        decisions.MapGet("/decisions/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadDecision(id)))
            .Describes("readDecision", "Read a decision",
                "`needsRecheck` is true while a view the reader can see arrived after the decision and nobody has checked it against that view.",
                response: Examples.DecisionView);
        decisions.MapPatch("/decisions/{id:guid}", (Guid id, IfMatch match, Body<DecisionChange> body, Answers answers) =>
                answers.Changed(new RewordDecision(id, match.Version, body.Value), new ReadDecision(id)))
            .Describes("rewordDecision", "Change a decision's words", "The earlier words stay readable.",
                new DecisionChange(How: "Twenty minutes of tutoring twice a week, at 14:10"), Examples.DecisionView, rules: ReviewRules.IsSigned);
        decisions.MapPost("/decisions/{id:guid}/responses", (Guid id, Body<NewDecisionResponse> body, Answers answers) =>
                answers.Created(new RespondToDecision(id, body.Value), d => new ReadDecision(d), d => $"/decisions/{d}"))
            .Describes("respondToDecision", "Take a stance on a decision",
                "On the whole of it, or on its what, how, why or where to next. Nobody can remove a stance; a later one by the same person on the same field stands in its place. Answers with the decision.",
                new NewDecisionResponse(Stance.Disagree, "Two grades under target; set 2 would let her catch up without dread.", DecisionField.What),
                Examples.DecisionView, 201, DecisionRules.ReasonNeeded, ReviewRules.IsSigned);
        decisions.MapPost("/decisions/{id:guid}/rechecks", (Guid id, Body<NewRecheck> body, Answers answers) =>
                answers.Created(new RecheckDecision(id, body.Value), d => new ReadDecision(d), d => $"/decisions/{d}"))
            .Describes("recheckDecision", "Check a decision against late views", "What was found, and whether anything changed. Answers with the decision.",
                new NewRecheck("The nurse asks for no tutoring at eight in the morning. Moved to 14:10.", true), Examples.DecisionView, 201, ReviewRules.IsSigned);
        decisions.MapGet("/plans/{id:guid}/dissents", (Guid id, Paging paging, Answers answers) => answers.List(new ListDissents(id, paging.Page)))
            .Describes("listDissents", "List the dissents that stand", "On decisions of all reviews of the plan, oldest first.", response: Examples.ListOf(Examples.Dissent));
    }
}
