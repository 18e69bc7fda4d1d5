using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Api.V1;

/// <summary>Actions with their handovers, and targets with their progress.</summary>
public static class ActionRoutes
{
    public static void MapActions(this RouteGroupBuilder api)
    {
        var actions = api.Section("Actions", "Who does what for the child, why, and by when. No action is ever without a holder.");
        actions.MapPost("/plans/{id:guid}/actions", (Guid id, Body<NewAction> body, Answers answers) =>
                answers.Created(new AgreeAction(id, body.Value), a => new ReadAction(a), a => $"/actions/{a}"))
            .Describes("agreeAction", "Agree an action", "What, how, why and where to next, for an outcome, held by one or more participants of one or more agencies.",
                Examples.NewAction, Examples.ActionView, 201, ActionRules.NeedsHolder);
        actions.MapGet("/plans/{id:guid}/actions", (Guid id, Paging paging, Answers answers) => answers.List(new ListActions(id, paging.Page)))
            .Describes("listActions", "List actions", "The plan's actions, by outcome and then by due day.", response: Examples.ListOf(Examples.ActionView));
        actions.MapGet("/actions/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadAction(id)))
            .Describes("readAction", "Read an action", "One action with its holders and handovers.", response: Examples.ActionView);
        actions.MapPatch("/actions/{id:guid}", (Guid id, IfMatch match, Body<ActionChange> body, Answers answers) =>
                answers.Changed(new ChangeAction(id, match.Version, body.Value), new ReadAction(id)))
            .Describes("changeAction", "Change an action, or say what came of it", "An action that was not done needs its reason in `result`.",
                new ActionChange(State: ActionState.Done, Result: "Open since 19 October; eight pupils come"), Examples.ActionView, rules: ActionRules.SayWhyNotDone);
        actions.MapPost("/actions/{id:guid}/handovers", (Guid id, Body<NewHandover> body, Answers answers) =>
                answers.Created(new HandOverAction(id, body.Value), a => new ReadAction(a), a => $"/actions/{a}"))
            .Describes("handOverAction", "Offer an action to somebody else",
                "A holder may. The sender says what their side keeps doing for the child and holds the action too until it is accepted. Answers with the action.",
                new NewHandover(Examples.Dominic, "School keeps the art room open and tells home"), Examples.ActionView, 201,
                ActionRules.OnlyHolderHandsOver, ActionRules.AlreadyHolds, ActionRules.HandoverWaits, ActionRules.IsFinished);
        actions.MapPost("/actions/{id:guid}/handovers/{handoverId:guid}/accept", (Guid id, Guid handoverId, Answers answers) =>
                answers.Changed(new AcceptHandover(id, handoverId), new ReadAction(id)))
            .Describes("acceptHandover", "Accept an offered action", "Whoever it was offered to may; they hold it from now on.", response: Examples.ActionView,
                rules: [ActionRules.OnlyReceiverAnswers, ActionRules.HandoverAnswered]);
        actions.MapPost("/actions/{id:guid}/handovers/{handoverId:guid}/hand-back", (Guid id, Guid handoverId, Body<HandoverReason> body, Answers answers) =>
                answers.Changed(new HandBackHandover(id, handoverId, body.Value), new ReadAction(id)))
            .Describes("handBackHandover", "Hand an offered action back", "Whoever it was offered to may; its sender has held it all along.",
                new HandoverReason("We can offer this only from January"), Examples.ActionView, rules: [ActionRules.OnlyReceiverAnswers, ActionRules.HandoverAnswered]);

        var targets = api.Section("Targets", "SMART aims tied to outcomes; the child may put them into their own words.");
        targets.MapPost("/plans/{id:guid}/targets", (Guid id, Body<NewTarget> body, Answers answers) =>
                answers.Created(new SetTarget(id, body.Value), t => new ReadTarget(t), t => $"/targets/{t}"))
            .Describes("setTarget", "Set a target", "An aim for an outcome, with how everybody will know that it is met.", Examples.NewTarget, Examples.TargetView, 201);
        targets.MapGet("/plans/{id:guid}/targets", (Guid id, Paging paging, Answers answers) => answers.List(new ListTargets(id, paging.Page)))
            .Describes("listTargets", "List targets", "The plan's targets, by outcome and then by due day.", response: Examples.ListOf(Examples.TargetView));
        targets.MapGet("/targets/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadTarget(id)))
            .Describes("readTarget", "Read a target", "One target with its rewordings and progress.", response: Examples.TargetView);
        targets.MapPatch("/targets/{id:guid}", (Guid id, IfMatch match, Body<TargetChange> body, Answers answers) =>
                answers.Changed(new ChangeTarget(id, match.Version, body.Value), new ReadTarget(id)))
            .Describes("changeTarget", "Change a target", "With the team. The child and family reword a target instead.",
                new TargetChange(State: TargetState.Met), Examples.TargetView);
        targets.MapPost("/targets/{id:guid}/progress", (Guid id, Body<NewProgressNote> body, Answers answers) =>
                answers.Created(new NoteProgress(id, body.Value), t => new ReadTarget(t), t => $"/targets/{t}"))
            .Describes("noteProgress", "Note how a target is coming along", "Anybody with a voice may. Answers with the target.",
                new NewProgressNote("Two of three homeworks in, both right.", new DateOnly(2026, 10, 9)), Examples.TargetView, 201);
        targets.MapPost("/targets/{id:guid}/rewordings", (Guid id, Body<NewRewording> body, Answers answers) =>
                answers.Created(new RewordTarget(id, body.Value), t => new ReadTarget(t), t => $"/targets/{t}"))
            .Describes("rewordTarget", "Put a target into your own words",
                "The child or family may. The plan carries their wording at once and owes them a reply; a child's must be there before the review closes. Answers with the target.",
                new NewRewording("I stay in top set maths and get help when I'm stuck"), Examples.TargetView, 201, TargetRules.FamilyRewords);
        targets.MapPut("/targets/{id:guid}/rewordings/{rewordingId:guid}/reply", (Guid id, Guid rewordingId, Body<NewReply> body, Answers answers) =>
                answers.Changed(new ReplyToRewording(id, rewordingId, body.Value), new ReadTarget(id)))
            .Describes("replyToRewording", "Reply to a rewording", "What you say to the child or family about their words. Given once.",
                new NewReply("That is a better target than ours was."), Examples.TargetView, rules: TargetRules.AlreadyReplied);
    }
}
