using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// Where somebody writes what they see, or writes it anew. What is sent is kept as a draft before all else, so that whatever then
/// stands in the way (the review was signed, something is missing) takes no words from anybody.
/// </summary>
[RequestSizeLimit(Attachment.MostBytes + SentFile.FormRoom)]
[RequestFormLimits(MultipartBodyLengthLimit = Attachment.MostBytes + SentFile.FormRoom)]
public sealed class ContributeModel : PlanPage
{
    private const int MostPeople = 200;
    private const int MostDrafts = 200;
    private const string NothingSaid = "Write what you see. A sentence is enough.";

    private bool isInPlanAlready;

    /// <summary>The outcome's code.</summary>
    [BindProperty(SupportsGet = true)]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "review")]
    public Guid? ReviewId { get; set; }

    /// <summary>The participant whose words these are, when somebody else writes them down.</summary>
    [BindProperty(SupportsGet = true, Name = "for")]
    public Guid? For { get; set; }

    [BindProperty]
    public DraftForm Form { get; set; } = new();

    /// <summary>The review that the words go into; null when there is none that takes any.</summary>
    public ReviewSummary? Into { get; private set; }

    public bool IsLate => Into is { State: ReviewState.Closing or ReviewState.Closed };

    /// <summary>What others have said on this outcome.</summary>
    public IReadOnlyList<ContributionView> Others { get; private set; } = [];

    /// <summary>The view that these are new words for.</summary>
    public ContributionView? Earlier { get; private set; }

    /// <summary>All outcomes that can be written about here, and on which of them this voice has spoken or has a draft.</summary>
    public IReadOnlyList<Subject> Subjects { get; private set; } = [];

    public IReadOnlyList<AttachmentView> Attachments { get; private set; } = [];

    /// <summary>Everybody who takes part now, besides the reader.</summary>
    public IReadOnlyList<ParticipantView> Team { get; private set; } = [];

    /// <summary>What another device, or another window, has kept meanwhile.</summary>
    public string? Kept { get; private set; }

    /// <summary>The author was taken off the plan while they wrote: their words are shown to be copied, and of the plan nothing.</summary>
    public bool IsGone { get; private set; }

    /// <summary>There is a draft on the server, to be gone on with or thrown away.</summary>
    public bool IsKept => Form.Version is not null;

    /// <summary>Whoever speaks for another has no voice of their own to add.</summary>
    public bool HasOwnVoice { get; private set; }

    /// <summary>Those whose words can be written down for them.</summary>
    public IEnumerable<ParticipantView> Voices => Team.Where(p => p.SpeaksFor is null && RolePowers.Of(p.Role).HasFlag(Permission.Contribute));

    /// <summary>Whom the author may choose to write for: audiences that they belong to themselves.</summary>
    public IEnumerable<AudienceKind> Audiences
    {
        get
        {
            var role = Plan.Me!.Role;
            yield return AudienceKind.Everyone;
            if (RolePowers.ReadsProfessionals(role) || (Plan.LeadProfessional.ParticipantId == MyId && !RolePowers.IsFamily(role)))
                yield return AudienceKind.Professionals;
            if (RolePowers.ReadsHealth(role))
                yield return AudienceKind.Health;
            if (RolePowers.ReadsHome(role))
                yield return AudienceKind.Home;
            yield return AudienceKind.Named;
        }
    }

    public override async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid)
            return BadRequest();
        await Load();
        return Page();
    }

    /// <summary>Adds it to the plan.</summary>
    public Task<IActionResult> OnPostAsync() => UnlessGone(async () =>
    {
        // Nothing at all is no draft either.
        if (Form.IsEmpty && Form.Version is null)
        {
            ModelState.AddModelError("words", NothingSaid);
            return await Again(StatusCodes.Status422UnprocessableEntity);
        }

        if (await Keep(Here) is { } refused)
            return refused;
        if (await Attach() is { } wrong)
            return wrong;
        var signed = await Do(new SignDraft(Form.Draft), await Done(), _ => ToPlan, inPlace: true);
        return isInPlanAlready ? LocalRedirect(ToPlan) : signed;
    });

    /// <summary>Keeps it, for later.</summary>
    public Task<IActionResult> OnPostSaveAsync() => UnlessGone(async () =>
        await Keep(Here) ?? await Attach() ?? LocalRedirect(Here!));

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        try
        {
            return await Do(new DiscardKeptDraft(Form.Draft), "Your draft is thrown away.", _ => ToPlan);
        }
        catch (NotVisible)
        {
            // There was none yet.
            return LocalRedirect(ToPlan);
        }
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(May(Permission.Contribute), "In your role you read this plan, and have no view of your own to add.");
        if (Plan.Outcomes.All(o => o.Code != Slug))
            throw new NotVisible();
        Team = [.. (await Read(new ListParticipants(Id, new PageOf(null, MostPeople)))).Items.Where(p => p.Current && p.Id != MyId)];
        HasOwnVoice = (await Read(new ReadMyParticipation(Id))).SpeaksFor is null;
        var begun = (await Read(new ListDrafts(new PageOf(null, MostDrafts)))).Items.Where(d => d.PlanId == Id).ToList();
        var drafts = begun.Where(d => d.Outcome == Slug).ToList();
        Into = Plan.Reviews.FirstOrDefault(r => r.Id == ReviewId && r.State is not ReviewState.Signed)
            ?? Plan.Reviews.Where(r => r.State is not (ReviewState.Signed or ReviewState.Planned)).MaxBy(r => r.OpensOn)
            ?? Plan.Reviews.Where(r => r.State is ReviewState.Planned).MinBy(r => r.OpensOn);
        if (Into is null)
            return;

        var outcomes = (await Read(new ReadViews(Id, Into.Id))).Outcomes;
        var views = outcomes.Single(o => o.Code == Slug).Contributions;
        Subjects = [.. outcomes.Select(o => new Subject(
            o.Code, Outcome(o.Code), To("Contribute", new { slug = o.Code, review = Into.Id, @for = For })!,
            Subject.HasOf(o, begun.Where(d => d.ReviewId == Into.Id && d.OnBehalfOf == For), For ?? MyId)))];
        if (Request.Method == HttpMethods.Get)
            Fill(drafts, views);
        else if (drafts.FirstOrDefault(d => d.Id == Form.Draft || d.Id == Draft.IdFor(Me.PersonId!.Value, Form.Draft)) is { } now)
            (Form.Version, Kept) = (now.Version, now.Words);
        Earlier = views.FirstOrDefault(c => c.Id == Form.Revises);
        if (Earlier is null)
            Form.Revises = null;
        Others = [.. views.Where(c => c.Author.ParticipantId != MyId && c.Id != Form.Revises && c.WithdrawnAt is null && (c.Words ?? c.Summary) is not null)];
        Attachments = await Of(drafts) is { } own ? own : Earlier?.Attachments ?? [];
    }

    protected override string FieldOf(string pointer) => pointer switch
    {
        "/audience" or "/audience/kind" => "audience",
        _ when pointer.StartsWith("/audience/", StringComparison.Ordinal) => "readers",
        _ => base.FieldOf(pointer),
    };

    protected override string FieldOf(NamedRule rule) => rule == ContributionRules.NothingSaid ? "words" : base.FieldOf(rule);

    protected override IEnumerable<string> WordsFor(BrokenRule broken)
    {
        isInPlanAlready = broken.Rule == ContributionRules.IsSigned;
        if (broken.Rule == ContributionRules.NothingSaid)
            return [NothingSaid];
        return broken.Rule == ReviewRules.IsSigned
            ? ["The review was signed off while you wrote. Your words are kept as a draft, and are not in the plan yet. They can go into the review that is named below: look at them once more, then add them."]
            : base.WordsFor(broken);
    }

    private string? Here => To("Contribute", new { slug = Slug, review = ReviewId, @for = For });

    private string ToPlan => $"{To("Plan") ?? Url.Page("/MyWork")!}#{Slug}";

    private async Task<IActionResult> UnlessGone(Func<Task<IActionResult>> write)
    {
        try
        {
            return await write();
        }
        catch (NotVisible) when (FormWords.Cleaned(Form.Words) is not null)
        {
            IsGone = true;
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
    }

    /// <returns>The page again when it cannot be kept; null when it is.</returns>
    private async Task<IActionResult?> Keep(string? next)
    {
        var kept = await Do(new KeepDraft(Form.Draft, Form.Version, Form.TextFor(Id, ReviewId, Slug)), "Your draft is saved. Only you can see it.", written =>
        {
            Form.Draft = written.Id;
            return next;
        });
        if (isInPlanAlready)
            return LocalRedirect(ToPlan);
        return kept is LocalRedirectResult ? null : kept;
    }

    /// <returns>The page again when the file cannot be used; null when it is kept, or there is none.</returns>
    private async Task<IActionResult?> Attach()
    {
        if (Form.File is null)
            return null;
        if (await SentFile.Clean(Form.File, Cancellation) is not { } file)
        {
            ModelState.AddModelError("file", "This file cannot be used. Choose a picture (JPEG or PNG) or a recording (MP3, Ogg or WebM).");
            return await Again(StatusCodes.Status422UnprocessableEntity);
        }

        var attached = await Do(new AttachFile(Form.Draft, file), "Your draft is saved, with the file. Only you can see it.", _ => Here);
        return attached is LocalRedirectResult ? null : attached;
    }

    /// <summary>What will have been done, for the top of the next page.</summary>
    private async Task<string> Done()
    {
        var plan = await Read(new ReadPlan(Id));
        var isLate = plan.Reviews.FirstOrDefault(r => r.Id == ReviewId) is { State: ReviewState.Closing or ReviewState.Closed };
        return (Form.Revises, Form.OnBehalfOf) switch
        {
            ({ }, _) => "Your view has changed. What you said before stays readable.",
            (_, { }) => "The words are in the plan. Whoever said them will be asked whether they are theirs.",
            _ when isLate => "Your view is in the plan. It came after the review’s last day for views, and counts the same.",
            _ => "Your view is in the plan.",
        };
    }

    /// <summary>The draft is gone on with; without one, what was said before is said anew; without that, it is begun.</summary>
    private void Fill(IReadOnlyList<DraftView> drafts, IReadOnlyList<ContributionView> views)
    {
        ReviewId = Into!.Id;
        Form.OnBehalfOf = For;
        var voice = For ?? MyId;
        if (drafts.FirstOrDefault(d => d.OnBehalfOf == For) is { } draft)
            Form.GoOnWith(draft);
        else if (views.FirstOrDefault(c => c.Author.ParticipantId == voice && c.WithdrawnAt is null && (For is null || (c.EnteredBy?.ParticipantId == MyId && c.Confirmed is false))) is { Words: not null } said)
            Form.SayAnew(said);
        else
            Form.Begin();
    }

    /// <summary>What is attached to the draft already.</summary>
    private async Task<IReadOnlyList<AttachmentView>?> Of(IReadOnlyList<DraftView> drafts) =>
        drafts.FirstOrDefault(d => d.Id == Form.Draft) is { Id: var draft } && (await Read(new ReadContribution(draft))).Attachments is { Count: > 0 } attachments
            ? attachments
            : null;
}
