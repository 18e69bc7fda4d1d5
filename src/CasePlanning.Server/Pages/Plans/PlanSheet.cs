using System.Globalization;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// A plan as its page and its print put it: in the words of whoever reads (the child is "me" to itself), with links to what there
/// is to do. It holds no more than what was read for this reader.
/// </summary>
/// <param name="urls">Null on paper, where nothing can be followed.</param>
public sealed class PlanSheet(WholePlan plan, IUrlHelper? urls)
{
    /// <summary>Longer words get the whole width, whoever says them and however they came in.</summary>
    private const int LongWords = 1_200;

    /// <summary>More names than these are a wall; each is in the map.</summary>
    private const int MostNamed = 12;

    private readonly When when = new(plan.TimeZone, plan.Today);
    private IReadOnlyList<OutcomeReading>? shown;

    public WholePlan Plan { get; } = plan;

    public ReadingOfPlan Reading => Plan.Reading;

    public ReviewSummary? Review => Reading.Review;

    public ReaderView Reader => Plan.Reader;

    public Guid Id => Reading.Plan.Id;

    public DateOnly Today => Plan.Today;

    public bool IsPaper => urls is null;

    public bool IsForChild => Reader.Who?.Role is Role.Child;

    public string Child => Reading.Plan.ChildName;

    public string Title => IsForChild ? "My plan" : $"{PageWords.Whose(Child)} plan";

    /// <summary>Nobody writes while looking as somebody else, or into what is signed.</summary>
    public bool MayWrite => !IsPaper && Reader is { SeesAs: null, MayContribute: true } && Review is { State: not ReviewState.Signed };

    public int Differing => Plan.Outcomes.Count(o => o.ViewsDiffer);

    public bool NobodyHasSpoken => Plan.Outcomes.All(o => o.Spoken.Count == 0);

    /// <summary>The reader was asked, and has said nothing yet.</summary>
    public bool IsWaitedFor => MayWrite && Plan.Invited.Any(v => v.ParticipantId == Reader.Who?.ParticipantId && v.Status is not (VoiceStatus.Heard or VoiceStatus.Declined));

    /// <summary>The reader's own view on it stands here.</summary>
    public bool HasSpoken(OutcomeReading outcome) => outcome.Contributions.Any(c => IsMe(c.Author.ParticipantId) && c.WithdrawnAt is null);

    /// <summary>For whoever has spoken on this one: the next, when they have said nothing on that yet.</summary>
    public OutcomeReading? NextToSay(OutcomeReading outcome) => Reading.View is ReadingView.Outcome && !IsForChild && HasSpoken(outcome)
        ? Reading.Outcomes.SkipWhile(o => o.Code != outcome.Code).Skip(1).Take(1).FirstOrDefault(o => !HasSpoken(o))
        : null;

    /// <summary>Who can share what is withheld.</summary>
    public string WhoToAsk => Reading.Plan.LeadProfessional is var lead && IsMe(lead.ParticipantId)
        ? "whoever you think it is by"
        : $"{lead.Name}, who leads this plan";

    public string ChildsSilence => Plan.Invited.FirstOrDefault(v => v.Role is Role.Child)?.Status switch
    {
        null => IsForChild ? "You have not been asked yet." : $"{Child} has not been asked yet.",
        VoiceStatus.Declined => IsForChild ? "You chose not to say anything." : $"{Child} chose not to say.",
        _ => IsForChild ? "You have not said anything yet." : $"{Child} has not said anything here yet.",
    };

    public string HowManyAreHeard => (Reading.Voices, IsForChild) switch
    {
        ({ Invited: 0 }, _) => "Nobody has been asked yet.",
        (var (heard, asked), true) => $"{heard} of the {asked} people who were asked have said something.",
        var ((heard, asked), _) => $"{heard} of {asked} people asked have been heard.",
    };

    public string HowManyDiffer => (Differing, IsForChild) switch
    {
        (0, _) => "Nobody sees things differently so far.",
        (var differing, true) => $"They see {differing} of {Plan.Outcomes.Count} things in different ways.",
        var (differing, _) => $"Views differ on {differing} of {Plan.Outcomes.Count} outcomes.",
    };

    /// <summary>Where a review stands, in a sentence that begins with its title.</summary>
    public string State(ReviewSummary review) => review.State switch
    {
        ReviewState.Planned => $"views are asked for from {Day(review.OpensOn)}, and are welcome before",
        ReviewState.Open => $"open for views until {PageWords.WeekDay(review.ClosesOn, Today)}",
        ReviewState.Closing => $"the last day for views was {Day(review.ClosesOn)}; late ones still count",
        ReviewState.Closed => "closed; late views still count until it is signed off",
        _ => "signed off",
    };

    /// <summary>One outcome's voices in numbers, where there is no room for names.</summary>
    public string InCounts(OutcomeAtAGlance outcome)
    {
        var counts = PlanWords.Spread.Concat(Enum.GetValues<Outlook>().Except(PlanWords.Spread))
            .Select(o => (Words: PlanWords.Of(o), Count: outcome.Spoken.Count(s => s.Outlooks.Contains(o))))
            .Append((Words: "spoke", Count: outcome.Spoken.Count(s => s.Outlooks.Count == 0)))
            .Append((Words: "not yet", Count: Plan.Voices.Count - outcome.Spoken.Count));
        return string.Join(" · ", counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {LowerFirst(c.Words)}"));
    }

    /// <summary>How, why and what comes next, in a row.</summary>
    public static string Fields(string? how, string? why, string? whereNext) => string.Join(" ",
        new[] { ("How", how), ("Why", why), ("Where to next", whereNext) }.Where(f => f.Item2 is not null).Select(f => $"{f.Item1}: {f.Item2!.TrimEnd('.')}."));

    public string Day(DateOnly day) => PageWords.Day(day, Today);

    public string Day(DateTimeOffset at) => Day(when.DayOf(at));

    public string Name(Who who) => IsMe(who.ParticipantId) && IsForChild ? "Me" : who.Name;

    public bool IsMe(Guid participantId) => participantId == Reader.Who?.ParticipantId;

    /// <summary>Imke Sandover, designated teacher.</summary>
    public string Called(Who who) => RoleOf(who) is { } role ? $"{Name(who)}, {LowerFirst(role)}" : Name(who);

    /// <summary>What they are to the child; null where the name says no more than that.</summary>
    public string? RoleOf(Who who) =>
        (IsForChild && IsMe(who.ParticipantId)) || PageWords.IsRoleAlone(who.Name, who.Role) ? null : PageWords.Of(who.Role);

    public string? Focus(Who who) => Plan.Focus.GetValueOrDefault(who.ParticipantId);

    /// <summary>Outcomes in the child's words for the family, who did not choose the others.</summary>
    public string Outcome(string name, string childName) => Reader.IsFamily ? childName : name;

    public string Outcome(OutcomeReading outcome) => Outcome(outcome.Name, outcome.ChildName);

    public string OutcomeOf(string code) => Plan.Outcomes.FirstOrDefault(o => o.Code == code) is { } outcome ? Outcome(outcome.Name, outcome.ChildName) : code;

    /// <summary>Why somebody could not come, and until when.</summary>
    public string Absence(AbsenceView absence) => PlanWords.Of(absence.Reason) + (absence.Until is { } until ? $" until {Day(until)}" : "");

    /// <summary>Who has been asked and not heard from yet, in neutral words.</summary>
    public IEnumerable<string> NotHeard =>
        from voice in Plan.Invited
        where voice.Status is VoiceStatus.NotYet or VoiceStatus.Partly or VoiceStatus.CouldNotReach
        let who = new Who(voice.ParticipantId, voice.Name, voice.Role, voice.Agency)
        let why = string.Join(", ", new[] { Waiting(voice.Status), voice.Absence is { } absence ? Absence(absence) : null, voice.Absence?.Note }.OfType<string>())
        select Called(who) + (why.Length > 0 ? $" – {why}" : "");

    public IEnumerable<string> ChoseNotToSay =>
        Plan.Invited.Where(v => v.Status is VoiceStatus.Declined).Select(v => Called(new Who(v.ParticipantId, v.Name, v.Role, v.Agency)));

    /// <summary>Those with nothing on this outcome, in few words.</summary>
    public string NotHeardOn(OutcomeReading outcome) => outcome.NotHeard.Count > MostNamed
        ? $"{outcome.NotHeard.Count} of those asked, who are named above"
        : PlanWords.Listed(outcome.NotHeard.Select(v =>
        Name(new Who(v.ParticipantId, v.Name, v.Role, v.Agency)) + (v.Absence is { } absence ? $" ({Absence(absence)})" : "")));

    public SpreadLine Spread(OutcomeReading outcome) => new($"spread-{outcome.Code}", Outcome(outcome),
    [
        .. outcome.Contributions.Where(c => c is { WithdrawnAt: null, Outlook: not null })
            .Select(c => new Spoken(Name(c.Author), Called(c.Author), c.Author.Role is Role.Child, c.Outlook!.Value)),
    ]);

    public static bool IsLong(ContributionView view) => Math.Max(view.Words?.Length ?? 0, view.Summary?.Length ?? 0) > LongWords;

    /// <summary>When and how a view came in: small, under the words, and the only thing that differs by it.</summary>
    public string Caption(ContributionView view)
    {
        var parts = new List<string> { Day(view.SignedAt ?? DateTimeOffset.MinValue) };
        if (Review is { Meetings.Count: > 0 } && view.Mode is { } mode && PlanWords.Of(mode) is { } manner)
            parts.Add(manner);
        if (Review is { } review && view.FirstSignedAt is { } first && when.DayOf(first) > review.ClosesOn)
            parts.Add("after the last day for views");
        if (view.EnteredBy is { } writer)
            parts.Add($"written down by {Name(writer)}{(view.Confirmed is true ? "" : IsMe(view.Author.ParticipantId) ? ", and you have not said yet if it is right" : $", not confirmed by {Name(view.Author)} yet")}");
        if (Plan.Invited.FirstOrDefault(v => v.ParticipantId == view.Author.ParticipantId)?.Absence is { } absence)
            parts.Add($"could not come: {Absence(absence)}");
        return string.Join(", ", parts);
    }

    /// <summary>Only these outcomes are on the sheet.</summary>
    public void ShowOnly(IReadOnlyList<OutcomeReading> outcomes) => shown = outcomes;

    /// <summary>For whom a view is, when it is not for all.</summary>
    public string? Audience(ContributionView view)
    {
        if (view.Audience.Kind is AudienceKind.Everyone)
            return null;
        var named = Plan.Team.Where(w => view.Audience.Participants?.Contains(w.ParticipantId) is true && !IsMe(w.ParticipantId)).Select(w => w.Name).ToList();
        return named.Count == 0 || view.Audience.Agencies is not null
            ? PlanWords.Of(view.Audience.Kind)
            : $"Only for {PlanWords.Listed(view.Audience.Participants!.Any(IsMe) ? named.Prepend("you") : named)}";
    }

    /// <summary>The decision in full where it is first shown; elsewhere, where that is.</summary>
    public OutcomeReading? ShownIn(DecisionView decision, OutcomeReading here)
    {
        var home = decision.Outcomes.Select(code => (shown ?? Reading.Outcomes).FirstOrDefault(o => o.Code == code)).OfType<OutcomeReading>().FirstOrDefault();
        return home is null || home.Code == here.Code ? null : home;
    }

    /// <summary>Who answers a question by when, or was to.</summary>
    public string Answering(QuestionView question)
    {
        var (isMine, due) = (IsMe(question.AnswerBy.ParticipantId), Day(question.AnswerDue));
        return question.AnswerDue >= Today
            ? $"{(isMine ? "You answer" : $"{question.AnswerBy.Name} answers")} by {due}."
            : $"{(isMine ? "Your answer" : $"An answer by {question.AnswerBy.Name}")} was due on {due}, and has not come yet.";
    }

    /// <summary>Views that a decision names, and whose they are, in the order of their voices.</summary>
    public IEnumerable<(Guid View, Who By)> SpokenBy(IEnumerable<Guid> views) =>
        views.Where(Plan.SpokenBy.ContainsKey).Select(v => (View: v, By: Plan.SpokenBy[v])).InOrder(v => VoicesHeard.PlaceOf(v.By));

    public ContributionView? Find(Guid id) =>
        Reading.Outcomes.SelectMany(o => o.Contributions).Concat(Reading.People?.SelectMany(p => p.Contributions) ?? []).FirstOrDefault(c => c.Id == id);

    public IEnumerable<TargetView> Targets(string outcome) => Plan.Targets.Where(t => t.Outcome == outcome);

    public IEnumerable<ActionView> Actions(string outcome) => Plan.Actions.Where(a => a.Outcome == outcome);

    /// <summary>This plan, read in this way; what else is in the address stays.</summary>
    public string? To(ReadingView view) => urls?.Page("/Plans/Plan", new
    {
        id = Id,
        view = view is ReadingView.Outcome ? null : LowerFirst(view.ToString()),
        review = Asked(Review?.Id),
        since = view is ReadingView.Since ? Instant(Plan.Since ?? Plan.LastLooked) : null,
        @as = Reader.SeesAs?.ParticipantId,
    });

    /// <summary>An outcome on this page; where this way of reading leaves it out, on that which shows all.</summary>
    public string? ToOutcome(string code) =>
        Reading.View is not ReadingView.Person && Reading.Outcomes.Any(o => o.Code == code) ? $"#{code}" : $"{To(ReadingView.Outcome)}#{code}";

    public string? To(ReviewSummary review) => urls?.Page("/Plans/Plan", new { id = Id, review = Asked(review.Id), @as = Reader.SeesAs?.ParticipantId });

    public string? ToPrint => urls?.Page("/Plans/Print", new { id = Id, review = Asked(Review?.Id), @as = Reader.SeesAs?.ParticipantId });

    public string? To(ContributionView view) =>
        Reader.SeesAs is null ? urls?.Page("/Plans/View", new { id = Id, view = view.Id }) : null;

    public string? To(DecisionView decision) =>
        Reader.SeesAs is null ? urls?.Page("/Plans/Decision", new { id = Id, decision = decision.Id }) : null;

    /// <summary>Where a decision is checked against what came after it, for whoever decides here.</summary>
    public string? ToRecheck(DecisionView decision) => MayWrite && Reader.MayDecide && decision.NeedsRecheck
        ? urls?.Page("/Plans/RecheckDecision", new { id = Id, decision = decision.Id })
        : null;

    /// <summary>Where a view on an outcome is written; the child has pages of their own for it, about the review that asks now.</summary>
    public string? ToContribute(string outcome) => !MayWrite ? null
        : IsForChild && Asked(Review?.Id) is null ? urls?.Page("/Plans/MySayQuestion", new { id = Id, slug = outcome })
        : urls?.Page("/Plans/Contribute", new { id = Id, slug = outcome, review = Asked(Review?.Id) });

    public string? ToMySay => MayWrite && IsForChild ? urls?.Page("/Plans/MySay", new { id = Id }) : null;

    /// <summary>Where whoever has said nothing yet writes it.</summary>
    public string? ToYourView => MayWrite ? urls?.Page("/Plans/YourView", new { id = Id, review = Review!.Id }) : null;

    public string? ToReview => Review is null || Reader.SeesAs is not null ? null : urls?.Page("/Plans/Review", new { id = Id, review = Review.Id });

    /// <summary>What has come since the page was opened.</summary>
    public string? ToNew(DateTimeOffset since) =>
        urls?.Page("/Plans/Plan", new { id = Id, view = "since", review = Asked(Review?.Id), since = Instant(since) });

    /// <summary>Another page of this plan; null while there is none.</summary>
    public string? To(string page) => Reader.SeesAs is null ? urls?.Page($"/Plans/{page}", new { id = Id }) : null;

    public string? ToFile(ContributionView view, AttachmentView file) =>
        Reader.SeesAs is null ? urls?.Page("/Plans/View", "File", new { id = Id, view = view.Id, file = file.Id }) : null;

    /// <summary>The review that is read anyhow need not be named.</summary>
    private Guid? Asked(Guid? review) =>
        review == (Plan.Reviews.FirstOrDefault(r => r.OpensOn <= Today) ?? (Plan.Reviews is [.., var next] ? next : null))?.Id ? null : review;

    private static string? Waiting(VoiceStatus status) => status switch
    {
        VoiceStatus.Partly => "words written down, waiting for a yes",
        VoiceStatus.CouldNotReach => "could not be reached",
        _ => null,
    };

    private static string LowerFirst(string words) => char.ToLowerInvariant(words[0]) + words[1..];

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
