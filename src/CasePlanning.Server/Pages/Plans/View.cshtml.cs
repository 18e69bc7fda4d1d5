using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One view by itself, with its earlier versions, and where people respond to it, ask about it and answer.</summary>
public sealed class ViewModel : PlanSheetPage
{
    [BindProperty(SupportsGet = true, Name = "view")]
    public Guid ViewId { get; set; }

    /// <summary>The question that is being answered.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Answer { get; set; }

    [BindProperty]
    public Stance? Stance { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public Guid? To { get; set; }

    [BindProperty]
    public QuestionKind Kind { get; set; }

    [BindProperty]
    public AnswerKind AnswerKind { get; set; }

    [BindProperty]
    public bool OnlyForAsker { get; set; }

    public ContributionView Contribution { get; private set; } = null!;

    public bool IsMine => Sheet.IsMe(Contribution.Author.ParticipantId);

    /// <summary>What the reader may answer: what was put to them, and anything when they coordinate the plan.</summary>
    public QuestionView? Answering => Sheet.MayWrite
        ? Contribution.Questions.FirstOrDefault(q => q.Id == Answer && (Sheet.IsMe(q.AnswerBy.ParticipantId) || Sheet.Reader.MayCoordinate))
        : null;

    /// <summary>What the reader has said of it is on it; saying it anew comes second then.</summary>
    public bool HasResponded => Contribution.Responses.Any(r => Sheet.IsMe(r.By.ParticipantId));

    public bool HasAsked => Contribution.Questions.Any(q => Sheet.IsMe(q.By.ParticipantId));

    /// <summary>Somebody wrote these words down for the reader, who has not said yet whether they are theirs.</summary>
    public bool IsToConfirm => Sheet.MayWrite && IsMine && Contribution is { Confirmed: false, WithdrawnAt: null };

    /// <summary>Whoever a question can be put to, besides whom it goes to by itself.</summary>
    public IEnumerable<Who> Others => Sheet.Plan.Voices.Append(Sheet.Reading.Plan.LeadProfessional).DistinctBy(w => w.ParticipantId)
        .Where(w => !Sheet.IsMe(w.ParticipantId) && w.ParticipantId != AnswersByItself.ParticipantId);

    public Who AnswersByItself => IsMine ? Sheet.Reading.Plan.LeadProfessional : Contribution.Author;

    private string? Here => Url.Page("/Plans/View", new { id = Id, view = ViewId });

    /// <summary>What this form sent was refused, and is in it again.</summary>
    public bool IsBackFrom(string form) => !ModelState.IsValid && $"{Request.Query["handler"]}" == form;

    public async Task<IActionResult> OnGetFileAsync(Guid file)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        var found = await Read(new ReadAttachment(ViewId, file));
        Response.Headers.XContentTypeOptions = "nosniff";
        return File(found.Bytes, found.MediaType);
    }

    public Task<IActionResult> OnPostRespondAsync()
    {
        if (Stance is not { } stance)
            ModelState.AddModelError("stance", "Say how you see it.");
        else
            return Do(new RespondToContribution(ViewId, new NewResponse(stance, Blank(Reason))), "Your response is on the plan.", _ => Here);
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    public Task<IActionResult> OnPostAskAsync() =>
        Do(new AskQuestion(ViewId, new NewQuestion(Words ?? "", To, Kind)), "Your question is on the plan, with who answers it and by when.", _ => Here);

    public Task<IActionResult> OnPostAnswerAsync() => Answer is { } question
        ? Do(new AnswerQuestion(question, new NewAnswer(Words ?? "", AnswerKind, OnlyForAsker)), "Your answer is on the plan.", _ => Here)
        : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostConfirmAsync() =>
        Do(new ConfirmContribution(ViewId), "These are your words now.", _ => Here);

    protected override async Task Load()
    {
        Contribution = await Read(new ReadContribution(ViewId));
        // A draft has a page of its own, and a plan shows no other plan's views.
        if (Contribution.PlanId != Id || Contribution.Draft)
            throw new NotVisible();
        await LoadSheet(Contribution.ReviewId);
    }

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/reason" => "Say why, so that others can see what you see.",
        "/words" when Answer is not null => "Write your answer.",
        "/words" => "Write what you want to ask.",
        _ => base.WordsFor(member),
    };

    private static string? Blank(string? words) => string.IsNullOrWhiteSpace(words) ? null : words;
}
