using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Api.V1;

/// <summary>Plans, their frameworks, and the team around the child.</summary>
public static class PlanRoutes
{
    public static void MapPlans(this RouteGroupBuilder api)
    {
        var plans = api.Section("Plans", "The one shared plan of a child.");
        plans.MapGet("/frameworks", (Answers answers) => answers.List(new ListFrameworks()))
            .Describes("listFrameworks", "List frameworks", "What plans can be structured by, each with its outcomes in the order in which they are shown.",
                response: Examples.ListOf(Examples.Framework));
        plans.MapPost("/plans", (Body<NewPlan> body, Answers answers) =>
                answers.Created(new OpenPlan(body.Value), id => new ReadPlan(id), id => $"/plans/{id}"))
            .Describes("openPlan", "Open a plan",
                "Professionals may. The caller becomes lead professional, who coordinates and has no extra voice.",
                Examples.NewPlan, Examples.PlanView, 201, PlanRules.LeadMustBeProfessional);
        plans.MapGet("/plans", (Paging paging, Query<PlanQuery> query, Answers answers) =>
                answers.List(new ListPlans(paging.Page, new PlanFilter(Name: null, query.Value.Outcome, query.Value.Role, query.Value.ReviewState))))
            .Describes("listPlans", "List your plans",
                "The plans you take part in now, by the child's chosen name, and no others; of these, those that fit every filter given.",
                response: Examples.ListOf(Examples.PlanSummary));
        plans.MapGet("/plans/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadPlan(id)))
            .Describes("readPlan", "Read a plan's header", "The child, the framework, who leads, the clocks and the reviews.", response: Examples.PlanView);
        plans.MapPatch("/plans/{id:guid}", (Guid id, IfMatch match, Body<PlanChange> body, Answers answers) =>
                answers.Changed(new ChangePlan(id, match.Version, body.Value), new ReadPlan(id)))
            .Describes("changePlan", "Change a plan's header", "The child may, and whoever coordinates the plan: the name the child chooses to be called by.",
                new PlanChange("Kez"), Examples.PlanView);
        plans.MapPost("/plans/{id:guid}/move", (Guid id, IfMatch match, Body<PlanMoved> body, Answers answers) =>
                answers.Removed(new MovePlan(id, match.Version, body.Value)))
            .Describes("movePlan", "Move a plan to another authority",
                "Whoever coordinates may, when the child moves: somebody of the new authority leads it from now on and takes over what is owed; the part of those of the old authority ends at this moment, unless they are named to stay. The history goes along, and the act is recorded as a disclosure. The old lead and those who are named keep a copy of what they could read.",
                new PlanMoved(Examples.Osric, [Examples.Imke], [Examples.Dominic]), status: 204,
                rules: [PlanRules.MoveNeedsLeadFromThere, PlanRules.LeadMustBeProfessional, PlanRules.LeadMustStay, PlanRules.OnlyProfessionalsKeepIt]);
        plans.MapGet("/me/plan-copies", (Paging paging, Answers answers) => answers.List(new ListPlanCopies(paging.Page)))
            .Describes("listPlanCopies", "List your copies of plans that moved",
                "Plans that went to another authority with the child, of which you keep a copy to answer for what was done until then.",
                response: Examples.ListOf(Examples.PlanCopySummary));
        plans.MapGet("/me/plan-copies/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadPlanCopy(id)))
            .Describes("readPlanCopy", "Read your copy of a plan that moved", "What you could read on the day it moved, and nothing of what came after.",
                response: Examples.PlanCopy);
        plans.MapPost("/plans/{id:guid}/adoption", (Guid id, IfMatch match, Body<Adoption> body, Answers answers) =>
                answers.Changed(new RecordAdoption(id, match.Version, body.Value), new ReadPlan(id)))
            .Describes("recordAdoption", "Close a plan because the child was adopted",
                "The lead professional and the social worker may. Everybody's part ends but theirs and that of the professionals who are named; no search and no emergency finds the plan; nothing leads from it to the child's new name.",
                new Adoption([Examples.Imke]), Examples.PlanView with { AdoptedAt = Examples.PlanView.OpenedAt.AddMonths(3) }, rules: [PlanRules.OnlyProfessionalsKeepIt]);
        plans.MapGet("/plans/{id:guid}/reading", (Guid id, Query<ReadingChoice> query, Answers answers) =>
                answers.Read(new ReadReading(id, query.Value.Review, query.Value.View, query.Value.Since, query.Value.As)))
            .Describes("readReading", "Read all voices side by side",
                "Per outcome every view the reader may see, who has not been heard, and what was decided. The order is the child first, then family, then roles alphabetically, then name: how and when a view came in never moves it.",
                response: Examples.Reading);
        plans.MapGet("/plans/{id:guid}/history", (Guid id, Query<HistoryChoice> query, Paging paging, Answers answers) =>
                answers.List(new ReadHistory(id, paging.Page, query.Value.Of, query.Value.By)))
            .Describes("readHistory", "List what happened",
                "What was said, decided, agreed and done, newest first, with the words before and after, as far as you can see them in the plan itself. Who looked is in the access log.",
                response: Examples.ListOf(Examples.HistoryEntry));

        var team = api.Section("Team", "The participants of a plan: person, role, agency and dates.");
        team.MapPost("/plans/{id:guid}/participants", (Guid id, Body<NewParticipant> body, Answers answers) =>
                answers.Created(new AddParticipant(id, body.Value), p => new ReadParticipant(id, p), p => $"/plans/{id}/participants/{p}"))
            .Describes("addParticipant", "Add somebody to the team",
                "Whoever coordinates may. From any agency, or from none; a review that asked everyone asks them too.",
                Examples.NewParticipant, Examples.Participant, 201,
                PlanRules.AlreadyTakesPart, PlanRules.EndsBeforeItBegins, InvitationRules.NoAddress, InvitationRules.NoMail)
            .WithMetadata(new CanAnswer(ProblemTypes.TooManyRequests));
        team.MapGet("/plans/{id:guid}/participants", (Guid id, Paging paging, Answers answers) => answers.List(new ListParticipants(id, paging.Page)))
            .Describes("listParticipants", "List the team", "Everybody who takes or took part, with their focus.", response: Examples.ListOf(Examples.Participant));
        team.MapGet("/plans/{id:guid}/participants/{participantId:guid}", (Guid id, Guid participantId, Answers answers) =>
                answers.Read(new ReadParticipant(id, participantId)))
            .Describes("readParticipant", "Read a participant", "One participant, by the name you may see.", response: Examples.Participant);
        team.MapPatch("/plans/{id:guid}/participants/{participantId:guid}",
                (Guid id, Guid participantId, IfMatch match, Body<ParticipantChange> body, Answers answers) =>
                    answers.Changed(new ChangeParticipant(id, participantId, match.Version, body.Value), new ReadParticipant(id, participantId)))
            .Describes("changeParticipant", "Change or end a participation",
                "Whoever coordinates may. When it ends, access ends at that instant; authorship stays; everything owed moves to the cover in this one step.",
                new ParticipantChange(Until: new DateTimeOffset(2026, 12, 18, 17, 0, 0, TimeSpan.Zero), Cover: Examples.Hamo), Examples.Participant,
                rules: [PlanRules.CoverNeeded, PlanRules.CoverMustTakePart, PlanRules.HasEnded, PlanRules.EndsBeforeItBegins, PlanRules.LeadMustBeProfessional,
                    PlanRules.LeadMustStay]);
        team.MapPut("/plans/{id:guid}/participants/me/focus", (Guid id, Body<NewFocus> body, Answers answers) =>
                answers.Changed(new StateFocus(id, body.Value), new ReadMyParticipation(id)))
            .Describes("stateFocus", "Say what you are here for", "Your focus in this plan, in your own words. The team sees it at once.",
                new NewFocus("Kezia being safe, and staying close to her mother where that is good for her"), Examples.Participant);
    }
}

/// <param name="Review">The review to read; the running one, or else the newest, when absent.</param>
/// <param name="View">The way of reading: by outcome, by person, only where views differ, the child's words, or what is new.</param>
/// <param name="Since">For <c>since</c>: the time to read from; the review's first day when absent.</param>
/// <param name="As">For the lead professional and the social worker: the participant as whom to read, byte for byte.</param>
public sealed record ReadingChoice(
    Guid? Review = null, ReadingView View = ReadingView.Outcome, DateTimeOffset? Since = null, Guid? As = null);

/// <summary>Which of the caller's plans. Not by name: an address is written down everywhere.</summary>
/// <param name="Outcome">The code of an outcome that the plan is structured by.</param>
/// <param name="Role">The caller's role in it.</param>
/// <param name="ReviewState">How far the review is that is running, or else the newest.</param>
public sealed record PlanQuery(string? Outcome = null, Role? Role = null, ReviewState? ReviewState = null);

/// <param name="Of">Only what happened to views, decisions, actions and targets, reviews, or the team.</param>
/// <param name="By">Only what this participant did.</param>
public sealed record HistoryChoice(HistoryOf? Of = null, Guid? By = null);
