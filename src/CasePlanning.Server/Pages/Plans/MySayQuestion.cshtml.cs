using CasePlanning.Application.Contributions;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One question: a face, words, a picture or a recording, or none of them. What is given is a draft until all is sent.</summary>
[RequestSizeLimit(Attachment.MostBytes + SentFile.FormRoom)]
[RequestFormLimits(MultipartBodyLengthLimit = Attachment.MostBytes + SentFile.FormRoom)]
public sealed class MySayQuestionModel : MySayPage
{
    private bool isKept;

    /// <summary>The outcome's code.</summary>
    [BindProperty(SupportsGet = true)]
    public string Slug { get; set; } = "";

    /// <summary>Came from looking at all of it, and goes back there.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Checking { get; set; }

    [BindProperty(Name = "review")]
    public Guid? ReviewId { get; set; }

    [BindProperty]
    public DraftForm Form { get; set; } = new();

    public OutcomeReading Outcome { get; private set; } = null!;

    public int Number => Questions.TakeWhile(o => o.Code != Slug).Count() + 1;

    public IReadOnlyList<AttachmentView> Attachments { get; private set; } = [];

    /// <summary>What another device, or another window, has kept meanwhile.</summary>
    public string? Kept { get; private set; }

    public string? Before => Checking ? ToCheck : Questions.TakeWhile(o => o.Code != Slug).LastOrDefault() is { } before ? ToQuestion(before) : ToMySay;

    public string? Next => Checking ? ToCheck : After(Slug);

    private bool IsSaid => !Form.IsEmpty || Attachments.Count > 0;

    /// <summary>What was said before was looked at, and left.</summary>
    private bool IsAsBefore => Form.File is null && !Drafts.ContainsKey(Slug) && Said(Outcome) is { } said && said.Id == Form.Revises
        && said.Outlook == Form.Outlook && ChildWords.WithoutHelper(said.Words) == FormWords.Cleaned(Form.Words);

    /// <summary>Keeps what was said, and goes on to who can read it; to the next question when nothing was said.</summary>
    public Task<IActionResult> OnPostAsync() => UnlessGone(Form.Words, async () =>
    {
        await Load();
        if (!IsSaid)
            return Drafts.TryGetValue(Slug, out var draft) ? await Do(new DiscardKeptDraft(draft.Id), told: null, _ => Next) : LocalRedirect(Next!);
        if (IsAsBefore)
            return LocalRedirect(Next!);
        var kept = await Keep();
        if (kept is not LocalRedirectResult || Form.File is null)
            return kept;
        return await Attach() ?? kept;
    });

    protected override async Task Load()
    {
        await LoadMySay();
        Outcome = Question(Slug);
        Drafts.TryGetValue(Slug, out var draft);
        var said = Said(Outcome);
        if (Request.Method == HttpMethods.Get)
            Fill(draft, said);
        else if (draft is not null && (IsStale || isKept))
            (Form.Version, Kept) = (draft.Version, draft.Words);
        if (Into is not null)
            ReviewId ??= Into.Id;
        Attachments = draft is not null && (await Read(new ReadContribution(draft.Id))).Attachments is { Count: > 0 } own ? own
            : Form.Revises is not null ? said?.Attachments ?? [] : [];
    }

    protected override IEnumerable<string> WordsFor(BrokenRule broken) => broken.Rule == ContributionRules.IsSigned
        ? ["You sent this already, from another place."]
        : base.WordsFor(broken);

    private Task<IActionResult> Keep() => Do(new KeepDraft(Form.Draft, Form.Version, Form.TextFor(Id, ReviewId, Slug)), told: null, written =>
    {
        (Form.Draft, isKept) = (written.Id, true);
        // Who reads a view stays as it was when its words are said anew.
        return Form.Revises is not null ? Next : ToReaders(Outcome, Checking);
    });

    private async Task<IActionResult?> Attach()
    {
        if (await SentFile.Clean(Form.File!, Cancellation) is not { } file)
        {
            ModelState.AddModelError("file", "This file does not work here. Choose a picture (JPEG or PNG) or a recording (MP3, Ogg or WebM).");
            return await Again(StatusCodes.Status422UnprocessableEntity);
        }

        var attached = await Do(new AttachFile(Form.Draft, file), told: null, _ => ToMySay);
        return attached is LocalRedirectResult ? null : attached;
    }

    /// <summary>The draft is gone on with; without one, what was said before is said anew; without that, it is begun.</summary>
    private void Fill(DraftView? draft, ContributionView? said)
    {
        ReviewId = Into?.Id;
        if (draft is not null)
            Form.GoOnWith(draft);
        else if (said is { Words: { } words })
            Form.SayAnew(said with { Words = ChildWords.WithoutHelper(words) });
        else
            Form.Begin();
    }
}
