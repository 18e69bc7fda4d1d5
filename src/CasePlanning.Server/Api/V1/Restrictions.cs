using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Api.V1;

/// <summary>What is hidden from whom.</summary>
public static class RestrictionRoutes
{
    public static void MapRestrictions(this RouteGroupBuilder api)
    {
        var restrictions = api.Section("Restrictions", "A name, the home or a view, hidden from one participant for a reason.");
        restrictions.MapPost("/plans/{id:guid}/restrictions", (Guid id, Body<NewRestriction> body, Answers answers) =>
                answers.Created(new SetRestriction(id, body.Value), r => new ReadRestriction(id, r), r => $"/plans/{id}/restrictions/{r}"))
            .Describes("setRestriction", "Hide something from somebody",
                "The lead professional and the social worker may, and everybody for a view of their own. The participant is not told. The answer lists who had opened it before.",
                Examples.NewRestriction, Examples.Restriction, 201,
                RestrictionRules.NotFromThemselves, RestrictionRules.NotTheirOwnHome);
        restrictions.MapGet("/plans/{id:guid}/restrictions", (Guid id, Paging paging, Answers answers) => answers.List(new ListRestrictions(id, paging.Page)))
            .Describes("listRestrictions", "List restrictions",
                "All of them for whoever may set them; for everybody else those they set themselves.", response: Examples.ListOf(Examples.Restriction));
        restrictions.MapGet("/plans/{id:guid}/restrictions/{restrictionId:guid}", (Guid id, Guid restrictionId, Answers answers) =>
                answers.Read(new ReadRestriction(id, restrictionId)))
            .Describes("readRestriction", "Read a restriction", "With who had opened what it hides before it was set.", response: Examples.Restriction);
        restrictions.MapPatch("/plans/{id:guid}/restrictions/{restrictionId:guid}",
                (Guid id, Guid restrictionId, IfMatch match, Body<RestrictionKept> body, Answers answers) =>
                    answers.Changed(new KeepRestriction(id, restrictionId, match.Version, body.Value), new ReadRestriction(id, restrictionId)))
            .Describes("keepRestriction", "Keep a restriction", "It was looked at and is still needed: until another day.",
                new RestrictionKept(new DateOnly(2027, 3, 1)), Examples.Restriction, rules: [RestrictionRules.IsLifted]);
        restrictions.MapPost("/plans/{id:guid}/restrictions/{restrictionId:guid}/lift", (Guid id, Guid restrictionId, IfMatch match, Answers answers) =>
                answers.Changed(new LiftRestriction(id, restrictionId, match.Version), new ReadRestriction(id, restrictionId)))
            .Describes("liftRestriction", "Lift a restriction", "From now on the participant sees what anybody in their place would.",
                response: Examples.Restriction, rules: [RestrictionRules.IsLifted]);
    }
}
