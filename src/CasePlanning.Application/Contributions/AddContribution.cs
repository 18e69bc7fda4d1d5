using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>
/// Adds a voice's own words on one outcome, before, during or after any meeting. Changes nothing that another person's words
/// depend on, so any number of people can do it at once.
/// </summary>
public sealed record AddContribution(Guid PlanId, NewContribution Body) : ICreates, IPlanRequest, IWithBody<NewContribution>, IForClientsThatContribute, IAuthored
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Contribute;

    Guid? IAuthored.AuthoredBy => Body.AuthoredBy;
}

/// <summary>A view to add.</summary>
/// <param name="Words">The voice's own words, up to 20,000 characters.</param>
/// <param name="Outlook">How things go from where this voice stands.</param>
/// <param name="Audience">Who may read the words; everyone on the plan when absent.</param>
/// <param name="Summary">What everybody may read when the words have a narrower audience.</param>
/// <param name="OnBehalfOf">The participant whose words these are, when the caller writes them down for somebody; unconfirmed until that person confirms.</param>
/// <param name="SaidInMeeting">The words were said in a meeting. Shown small; never used for order or weight.</param>
/// <param name="Draft">Keep it as a private draft, to sign later.</param>
/// <param name="AuthoredBy">For systems, which must name it: the participant of their agency whose words these are; unconfirmed until that person confirms. Nobody else names it.</param>
public sealed record NewContribution(
    Guid ReviewId, string Outcome, string Words, Outlook? Outlook = null, NewAudience? Audience = null, string? Summary = null,
    Guid? OnBehalfOf = null, bool SaidInMeeting = false, bool Draft = false, Guid? AuthoredBy = null);

/// <summary>Who may read the words.</summary>
/// <param name="Participants">For <c>named</c>: who is listed.</param>
/// <param name="Agencies">For <c>named</c>: agencies whose participants are all listed.</param>
public sealed record NewAudience(AudienceKind Kind, IReadOnlyList<Guid>? Participants = null, IReadOnlyList<Guid>? Agencies = null)
{
    public Audience ToAudience() => new(Kind, Participants ?? [], Agencies ?? []);
}

public sealed class NewContributionValidator : AbstractValidator<NewContribution>
{
    public NewContributionValidator()
    {
        RuleFor(c => c.Outcome).Line(Framework.CodeLength);
        RuleFor(c => c.Words).Words(Contribution.WordsLength);
        RuleFor(c => c.Summary).OptionalWords(Contribution.SummaryLength);
        RuleFor(c => c.Summary).Null().When(c => c.Audience?.Kind is AudienceKind.Sealed)
            .WithErrorCode("not-when-sealed").WithMessage("Sealed words carry no summary.");
        RuleFor(c => c.Audience!).SetValidator(new NewAudienceValidator()).When(c => c.Audience is not null);
    }
}

public sealed class NewAudienceValidator : AbstractValidator<NewAudience>
{
    public NewAudienceValidator()
    {
        RuleFor(a => a.Participants).AtMost(Audience.MostNamed);
        RuleFor(a => a.Agencies).AtMost(Audience.MostNamed);
        RuleFor(a => a.Participants).Must((a, _) => (a.Participants?.Count ?? 0) + (a.Agencies?.Count ?? 0) > 0)
            .When(a => a.Kind is AudienceKind.Named).WithErrorCode("required").WithMessage("Name at least one participant or agency.");
        RuleFor(a => a.Participants).Must((a, _) => (a.Participants?.Count ?? 0) + (a.Agencies?.Count ?? 0) == 0)
            .When(a => a.Kind is not AudienceKind.Named).WithErrorCode("only-when-named").WithMessage("Participants and agencies are listed only for the audience \"named\".");
    }
}

public sealed class AddContributionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<AddContribution, Written>
{
    /// <summary>All that a view stands on: its review, what the plan is structured by, and who writes it.</summary>
    private static readonly Compiled<Func<DbContext, Guid, Guid, Guid, CancellationToken, Task<Ground?>>> GroundOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid planId, Guid reviewId, Guid writerId, CancellationToken _) => (
            from review in context.Set<Review>()
            join plan in context.Set<Plan>() on review.PlanId equals plan.Id
            join framework in context.Set<Framework>() on plan.Framework equals framework.Code
            join writer in context.Set<Participant>() on plan.Id equals writer.PlanId
            where review.Id == reviewId && plan.Id == planId && writer.Id == writerId
            select new Ground(review, framework, writer)).AsNoTracking().SingleOrDefault()));

    public async Task<Written> Handle(AddContribution request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        var now = time.GetUtcNow();
        var asked = new AskedOfGround(request.PlanId, body.ReviewId, call.Acting.ParticipantId);
        var (review, framework, writer) = await database.Facts.Of(asked, (Ground _) => true, () => GroundOf.For(database, out var context)(
            context, asked.PlanId, asked.ReviewId, asked.WriterId, cancellationToken))
            ?? throw InvalidRequest.At("/reviewId", "unknown", "The plan has no review with this id.");
        PlanChecks.MustHaveOutcome(framework, body.Outcome, "/outcome");
        if (call.Client is not null)
            MustBeAProfessionalsOwnWords(body);
        var voice = await Speakers.VoiceOf(database, writer, body.OnBehalfOf, now, cancellationToken);
        var audience = body.Audience?.ToAudience() ?? Audience.Everyone;
        await Speakers.AudienceTakesPart(database, request.PlanId, audience, now, cancellationToken);
        var said = new Said(body.Words, body.Outlook, body.Summary);

        if (body.Draft)
        {
            review.MustNotBeSigned();
            var draft = new Draft(Ids.New(now), request.PlanId, review.Id, body.Outcome, writer.Id, now);
            draft.Write(said, audience, body.OnBehalfOf, body.SaidInMeeting, new Beside(), now);
            database.Drafts.Add(draft);
            return new Written(draft.Id) { Made = await ContributionViews.OfNew(database, call.Viewer, draft, cancellationToken) };
        }

        var contribution = Contribution.Sign(Ids.New(now), review, body.Outcome, voice, writer, said, audience, body.SaidInMeeting, now, call.Client?.Id);
        database.Append(contribution);
        database.Append(contribution.Versions);
        return new Written(contribution.Id) { Made = await ContributionViews.OfNew(database, call.Viewer, contribution, cancellationToken) };
    }

    /// <summary>What a system brings is for its author to confirm, so it is neither private yet nor somebody else's.</summary>
    private static void MustBeAProfessionalsOwnWords(NewContribution body)
    {
        if (body.Draft)
            throw InvalidRequest.At("/draft", "not-for-clients", "A draft is private to a person, so a system cannot write one.");
        if (body.OnBehalfOf is not null)
            throw InvalidRequest.At("/onBehalfOf", "not-for-clients", "A system brings a professional's own words: leave this out and name them in authoredBy.");
    }

    private readonly record struct AskedOfGround(Guid PlanId, Guid ReviewId, Guid WriterId);

    private sealed record Ground(Review Review, Framework Framework, Participant Writer);
}
