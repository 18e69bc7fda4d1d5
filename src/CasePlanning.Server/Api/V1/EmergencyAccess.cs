using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Api.V1;

/// <summary>Finding a child by number, and opening a plan in an emergency.</summary>
public static class EmergencyAccessRoutes
{
    public static void MapEmergencyAccess(this RouteGroupBuilder api)
    {
        var search = api.Section("Search", "By identifiers of other systems, which are never in an address.");
        search.MapPost("/children/search", (Body<ChildSearch> body, Answers answers) => answers.Found(new SearchChildren(body.Value)))
            .Describes("searchChildren", "Find your plans by a child's number",
                "Among the plans you take part in as a professional, those of the child with exactly one of these identifiers.",
                Examples.ChildSearch, Examples.ListOf(Examples.FoundPlan))
            .LimitedAs(Limit.Search);

        var emergency = api.Section("Emergency access", "For an hour, to read, with a reason that is reviewed. What is for named people or sealed stays closed.");
        emergency.MapPost("/emergency-access/search", (Body<ChildSearch> body, Answers answers) => answers.Found(new SearchInEmergency(body.Value)))
            .Describes("searchInEmergency", "Find a plan to open in an emergency",
                "Professionals may, ten times an hour, by exact identifiers. The answer says where the plan is led, and nothing of the child.",
                Examples.ChildSearch, Examples.ListOf(Examples.PlanToOpen))
            .LimitedAs(Limit.Search);
        emergency.MapPost("/plans/{id:guid}/emergency-access", (Guid id, Body<NewEmergencyAccess> body, Answers answers) =>
                answers.Created(new OpenInEmergency(id, body.Value), e => new ReadMyEmergencyAccess(e), e => $"/me/emergency-accesses/{e}"))
            .Describes("openInEmergency", "Open a plan in an emergency",
                "Professionals may who have signed in with two factors in the last five minutes. The lead professional and the privacy officers learn of it at once. Every answer given under it carries Emergency-Access.",
                new NewEmergencyAccess(EmergencyPurpose.Treatment, "She is in the emergency department and cannot say what she takes.", "ED-20391"),
                Examples.EmergencyAccess, 201, EmergencyAccessRules.TakesPart)
            .WithMetadata(new CanAnswer(ProblemTypes.StepUpNeeded)).LimitedAs(Limit.Emergency);
        emergency.MapGet("/me/emergency-accesses/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadMyEmergencyAccess(id)))
            .Describes("readMyEmergencyAccess", "Read your emergency access", "How long it lasts, and what its review found.", response: Examples.EmergencyAccess);
        emergency.MapDelete("/me/emergency-accesses/{id:guid}", (Guid id, Answers answers) => answers.Removed(new EndEmergencyAccess(id)))
            .Describes("endEmergencyAccess", "Give emergency access back", "Before its hour is over. It is reviewed all the same.", status: 204);
        emergency.MapGet("/emergency-accesses", (Paging paging, Answers answers) => answers.List(new ListEmergencyAccesses(paging.Page)))
            .Describes("listEmergencyAccesses", "List emergency accesses",
                "Privacy officers may, for their own authority: those that wait for a review first.", response: Examples.ListOf(Examples.EmergencyAccess));
        emergency.MapGet("/emergency-accesses/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadEmergencyAccess(id)))
            .Describes("readEmergencyAccess", "Read an emergency access", "Who, what for, and what the review found. Nothing of the plan.", response: Examples.EmergencyAccess);
        emergency.MapPost("/emergency-accesses/{id:guid}/review", (Guid id, IfMatch match, Body<EmergencyReview> body, Answers answers) =>
                answers.Changed(new ReviewEmergencyAccess(id, match.Version, body.Value), new ReadEmergencyAccess(id)))
            .Describes("reviewEmergencyAccess", "Review an emergency access", "Privacy officers may, and never their own.",
                new EmergencyReview(true, "The department called back; the plan named her medicines."), Examples.EmergencyAccess,
                rules: [EmergencyAccessRules.NotOneself, EmergencyAccessRules.IsReviewed]);
    }
}
