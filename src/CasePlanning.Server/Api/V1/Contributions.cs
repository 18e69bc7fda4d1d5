using CasePlanning.Application.Contributions;
using CasePlanning.Domain.Contributions;

namespace CasePlanning.Server.Api.V1;

/// <summary>Contributions with their versions, drafts, responses, questions and answers.</summary>
public static class ContributionRoutes
{
    public static void MapContributions(this RouteGroupBuilder api)
    {
        var views = api.Section("Contributions", "One voice's own words on one outcome in one review: signed, dated, versioned, edited by nobody else.");
        views.MapPost("/plans/{id:guid}/contributions", (Guid id, Body<NewContribution> body, Answers answers) =>
                answers.Created(new AddContribution(id, body.Value), c => new ReadContribution(c), c => $"/contributions/{c}"))
            .Describes("addContribution", "Add a view",
                "Before, during or after any meeting, or for somebody else who confirms it later. Any number of people can do this at once; nobody waits and nobody is asked to merge. With `draft` it stays private until it is signed.",
                Examples.NewView, Examples.ViewOfKezia, 201, ContributionRules.NoVoiceOfTheirOwn, Domain.Reviews.ReviewRules.IsSigned);
        views.MapGet("/contributions/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadContribution(id)))
            .Describes("readContribution", "Read a view with all its versions", "As far as the reader may know it: the words, or the summary.", response: Examples.ViewOfKezia);
        views.MapPost("/contributions/{id:guid}/versions", (Guid id, Body<NewVersion> body, Answers answers) =>
                answers.Created(new ReviseContribution(id, body.Value), c => new ReadContribution(c), c => $"/contributions/{c}"))
            .Describes("reviseContribution", "Add a new version", "The author may, and whoever wrote for them until they have confirmed it. The first version stays readable.",
                new NewVersion("Keep the set, and no tutoring before nine.", Outlook.Mixed, WhatChanged: "What the nurse said about sleep"), Examples.ViewOfKezia, 201,
                ContributionRules.AuthorOnly, ContributionRules.IsWithdrawn, ContributionRules.IsDraft, Domain.Reviews.ReviewRules.IsSigned);
        views.MapPost("/contributions/{id:guid}/withdraw", (Guid id, Answers answers) =>
                answers.Changed(new WithdrawContribution(id), new ReadContribution(id)))
            .Describes("withdrawContribution", "Withdraw your view", "Before sign-off. Its words are no longer shown; that it was there is.", response: Examples.ViewOfKezia,
                rules: [ContributionRules.AuthorOnly, ContributionRules.IsWithdrawn, ContributionRules.IsDraft, Domain.Reviews.ReviewRules.IsSigned]);
        views.MapPost("/contributions/{id:guid}/confirm", (Guid id, Answers answers) =>
                answers.Changed(new ConfirmContribution(id), new ReadContribution(id)))
            .Describes("confirmContribution", "Confirm words written down for you", "Only the person whose words they are.", response: Examples.ViewOfKezia,
                rules: [ContributionRules.NothingToConfirm, ContributionRules.OnlySpeakerConfirms, ContributionRules.IsWithdrawn, ContributionRules.AuthorOnly, ContributionRules.IsDraft]);
        views.MapPost("/contributions/{id:guid}/responses", (Guid id, Body<NewResponse> body, Answers answers) =>
                answers.Created(new RespondToContribution(id, body.Value), c => new ReadContribution(c), c => $"/contributions/{c}"))
            .Describes("respondToContribution", "Take a stance on somebody's view", "The view stays as it is. Answers with the view.",
                new NewResponse(Stance.NewToMe, "I had not heard about lunch."), Examples.ViewOfKezia, 201,
                Domain.Reviews.DecisionRules.ReasonNeeded, ContributionRules.IsDraft, Domain.Reviews.ReviewRules.IsSigned);

        var attachments = api.Section("Attachments", "Drawings, photographs and voice notes that belong to a view and are read by exactly those who read its words. Where and by whom a file was made is taken out of it before it is kept.");
        attachments.MapPost("/contributions/{id:guid}/attachments", (Guid id, FileBody file, Answers answers) =>
                answers.Created(new AttachFile(id, file.Value), _ => new ReadContribution(id), a => $"/contributions/{id}/attachments/{a}"))
            .Describes("attachFile", "Attach a picture or a voice note to your view or draft",
                "The body is the file itself, up to 10 MiB, under its own Content-Type; up to 10 for one view. Answers with the view. Bytes that are not a whole file of that type are refused with 422. A voice note can belong to a draft, whose words are then its transcript, for its author to correct.",
                response: Examples.ViewOfKezia with { Attachments = [Examples.Attachment] }, status: 201,
                rules: [ContributionRules.AuthorOnly, ContributionRules.IsWithdrawn, ContributionRules.TooManyAttachments, Domain.Reviews.ReviewRules.IsSigned]);
        attachments.MapGet("/contributions/{id:guid}/attachments/{attachmentId:guid}", (Guid id, Guid attachmentId, Answers answers) =>
                answers.File(new ReadAttachment(id, attachmentId)))
            .WithMetadata(new GivesFile())
            .Describes("readAttachment", "Get an attachment", "The file, to save. Only for those who read the words of the view; once it is withdrawn, only for its author.");
        attachments.MapDelete("/contributions/{id:guid}/attachments/{attachmentId:guid}", (Guid id, Guid attachmentId, Answers answers) =>
                answers.Removed(new RemoveAttachment(id, attachmentId)))
            .Describes("removeAttachment", "Remove an attachment of your own", "Until the review is signed. That it was there is kept; its content is not.", status: 204,
                rules: [ContributionRules.AuthorOnly, ContributionRules.IsWithdrawn, Domain.Reviews.ReviewRules.IsSigned]);

        var drafts = api.Section("Drafts", "Words on their way: private to their author, and to a supervisor of the same agency if the author shows them.");
        drafts.MapPatch("/contributions/{id:guid}", (Guid id, IfMatch match, Body<DraftChange> body, Answers answers) =>
                answers.Changed(new ChangeDraft(id, match.Version, body.Value), new ReadContribution(id)))
            .Describes("changeDraft", "Write on at your draft", "Signed views are not changed; they get new versions.",
                new DraftChange("Keep the set; review at half term."), Examples.Draft, rules: [ContributionRules.AuthorOnly, ContributionRules.IsSigned]);
        drafts.MapPut("/contributions/{id:guid}/shown-to", (Guid id, Body<DraftShown> body, Answers answers) =>
                answers.Changed(new ShowDraft(id, body.Value), new ReadContribution(id)))
            .Describes("showDraft", "Show your draft to your supervisor", "Somebody of your own agency who supervises and takes part in the plan, and nobody else. Null shows it to nobody any more.",
                new DraftShown(Examples.Hamo), Examples.Draft, rules: [ContributionRules.SupervisorOfSameAgency, ContributionRules.AuthorOnly, ContributionRules.IsSigned]);
        drafts.MapPost("/contributions/{id:guid}/sign", (Guid id, Answers answers) => answers.Changed(new SignDraft(id), c => new ReadContribution(c)))
            .Describes("signDraft", "Sign your draft", "It becomes a view under the same id; or, when it holds new words for a view of yours, that view's next version, which is then the answer.", response: Examples.ViewOfKezia,
                rules: [ContributionRules.AuthorOnly, ContributionRules.IsSigned, ContributionRules.NothingSaid, ContributionRules.NobodyNamed, ContributionRules.NoVoiceOfTheirOwn,
                    ContributionRules.IsWithdrawn, ContributionRules.TooManyAttachments, Domain.Reviews.ReviewRules.IsSigned]);
        drafts.MapDelete("/contributions/{id:guid}", (Guid id, Answers answers) => answers.Removed(new DiscardDraft(id)))
            .Describes("discardDraft", "Throw your draft away", "Only a draft can be thrown away; a signed view is withdrawn and leaves its trace.", status: 204,
                rules: [ContributionRules.AuthorOnly, ContributionRules.IsSigned]);

        var questions = api.Section("Questions", "Asked under a view, with who will answer and by when.");
        questions.MapPost("/contributions/{id:guid}/questions", (Guid id, Body<NewQuestion> body, Answers answers) =>
                answers.Created(new AskQuestion(id, body.Value), q => new ReadQuestion(q), q => $"/questions/{q}"))
            .Describes("askQuestion", "Ask a question, or for something to happen",
                "Whoever asks learns who will answer and by when. What a child asks for must have a reply before the review closes.",
                new NewQuestion("Can I stay in top set maths?", Examples.Imke, QuestionKind.Request), Examples.QuestionView, 201,
                ContributionRules.CannotReach, ContributionRules.IsDraft, Domain.Reviews.ReviewRules.IsSigned);
        questions.MapGet("/questions/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadQuestion(id)))
            .Describes("readQuestion", "Read a question with its answers", "One question.", response: Examples.QuestionView);
        questions.MapPost("/questions/{id:guid}/answers", (Guid id, Body<NewAnswer> body, Answers answers) =>
                answers.Created(new AnswerQuestion(id, body.Value), q => new ReadQuestion(q), q => $"/questions/{q}"))
            .Describes("answerQuestion", "Answer a question", "Whoever it was put to may, or somebody who coordinates the plan. Answers with the question.",
                new NewAnswer("You stay in set 1, with help twice a week. We look again in December.", AnswerKind.WeDid), Examples.QuestionView, 201,
                ContributionRules.NotYoursToAnswer);
    }
}
