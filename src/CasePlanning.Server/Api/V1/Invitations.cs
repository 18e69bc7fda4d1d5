using CasePlanning.Application.Plans;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Api.V1;

/// <summary>How participants come in who have no account here, and whether they can be written to.</summary>
public static class InvitationRoutes
{
    private const string Participant = "/plans/{id:guid}/participants/{participantId:guid}";

    public static void MapInvitations(this RouteGroupBuilder api)
    {
        var invitations = api.Section("Invitations", "A link by e-mail and six digits by another way: together they let a participant in, once, within a week.");
        invitations.MapPost($"{Participant}/invitations", (Guid id, Guid participantId, Answers answers) => answers.Created(
                new InviteParticipant(id, participantId), i => new ReadInvitation(id, participantId, i), i => $"/plans/{id}/participants/{participantId}/invitations/{i}"))
            .Describes("inviteParticipant", "Invite somebody by e-mail",
                "Whoever coordinates may. Only you read the code: hand it over in person, by telephone or by text message, never in a mail. An earlier invitation that is still open is taken back.",
                response: Examples.Invitation, status: 201, rules: [InvitationRules.NoAddress, InvitationRules.NoMail, PlanRules.HasEnded])
            .WithMetadata(new CanAnswer(ProblemTypes.TooManyRequests));
        invitations.MapGet($"{Participant}/invitations", (Guid id, Guid participantId, Paging paging, Answers answers) =>
                answers.List(new ListInvitations(id, participantId, paging.Page)))
            .Describes("listInvitations", "List somebody's invitations",
                "For whoever coordinates, the newest first, each with what became of it and of its mail.", response: Examples.ListOf(Examples.Invitation));
        invitations.MapGet($"{Participant}/invitations/{{invitationId:guid}}", (Guid id, Guid participantId, Guid invitationId, Answers answers) =>
                answers.Read(new ReadInvitation(id, participantId, invitationId)))
            .Describes("readInvitation", "Read an invitation", "The code is in it for whoever sent it, while it is open.", response: Examples.Invitation);
        invitations.MapPost($"{Participant}/invitations/{{invitationId:guid}}/send-again", (Guid id, Guid participantId, Guid invitationId, Answers answers) =>
                answers.Changed(new SendInvitationAgain(id, participantId, invitationId), new ReadInvitation(id, participantId, invitationId)))
            .Describes("sendInvitationAgain", "Send an invitation again",
                "Another link for the same code, for another week. The earlier link opens nothing any more.", response: Examples.Invitation,
                rules: [InvitationRules.NotOpen, InvitationRules.NoAddress, InvitationRules.NoMail, PlanRules.HasEnded])
            .WithMetadata(new CanAnswer(ProblemTypes.TooManyRequests));
        invitations.MapDelete($"{Participant}/invitations/{{invitationId:guid}}", (Guid id, Guid participantId, Guid invitationId, Answers answers) =>
                answers.Removed(new RevokeInvitation(id, participantId, invitationId)))
            .Describes("revokeInvitation", "Take an invitation back", "Its link opens nothing any more. That there was one stays in the list.", status: 204,
                rules: [InvitationRules.NotOpen]);

        invitations.MapGet($"{Participant}/address", (Guid id, Guid participantId, Answers answers) => answers.Read(new ReadAddress(id, participantId)))
            .Describes("readAddress", "Read whether somebody can be written to", "For whoever coordinates. The address itself is shown to nobody.",
                response: Examples.Address);
        invitations.MapPut($"{Participant}/address", (Guid id, Guid participantId, Body<AddressMark> body, Answers answers) =>
                answers.Changed(new MarkAddress(id, participantId, body.Value), new ReadAddress(id, participantId)))
            .Describes("markAddress", "Mark an address as unsafe",
                "Whoever coordinates may, when somebody else may read what is sent there. Nothing is sent to it from then on, about this plan or any other, and links on their way open nothing. Only they learn of it.",
                new AddressMark(Unsafe: true), Examples.Address);
    }
}
