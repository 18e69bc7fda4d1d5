using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Opens a review: a contribution window, invited voices, meetings if any, and what is carried forward.</summary>
public sealed record OpenReview(Guid PlanId, NewReview Body) : ICreates, IPlanRequest, IWithBody<NewReview>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>A review to open.</summary>
/// <param name="Invite">"everyone" (all who have a voice in the plan, except the lead professional, who coordinates), or a list of participant ids.</param>
public sealed record NewReview(string Title, DateOnly OpensOn, DateOnly ClosesOn, Invite Invite, IReadOnlyList<NewMeeting>? Meetings = null);

/// <summary>A meeting of the review.</summary>
public sealed record NewMeeting(DateTimeOffset At, string? Place = null);

/// <summary>Whom a review asks: in JSON the word <c>"everyone"</c>, or a list of participant ids.</summary>
[JsonConverter(typeof(InviteJson))]
public sealed record Invite(bool Everyone, IReadOnlyList<Guid> Participants)
{
    public const int Most = 200;
}

internal sealed class InviteJson : JsonConverter<Invite>
{
    private const string Everyone = "everyone";

    public override Invite Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when reader.GetString() == Everyone => new Invite(true, []),
        JsonTokenType.StartArray when JsonSerializer.Deserialize<Guid[]>(ref reader, options) is { Length: <= Invite.Most } ids => new Invite(false, ids),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, Invite value, JsonSerializerOptions options)
    {
        if (value.Everyone)
            writer.WriteStringValue(Everyone);
        else
            JsonSerializer.Serialize(writer, value.Participants, options);
    }
}

public sealed class NewReviewValidator : AbstractValidator<NewReview>
{
    public NewReviewValidator()
    {
        RuleFor(r => r.Title).Line(Review.TitleLength);
        RuleFor(r => r.OpensOn).Day();
        RuleFor(r => r.ClosesOn).Day();
        RuleFor(r => r.Meetings).AtMost(Review.MostMeetings);
        RuleForEach(r => r.Meetings).SetValidator(new NewMeetingValidator());
    }
}

public sealed class NewMeetingValidator : AbstractValidator<NewMeeting>
{
    public NewMeetingValidator()
    {
        RuleFor(m => (DateTimeOffset?)m.At).Instant().OverridePropertyName(nameof(NewMeeting.At));
        RuleFor(m => m.Place).OptionalLine(Meeting.PlaceLength);
    }
}

public sealed class OpenReviewHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<OpenReview, Written>
{
    public async Task<Written> Handle(OpenReview request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        var now = time.GetUtcNow();
        var review = new Review(
            request.PlanId, body.Title, body.OpensOn, body.ClosesOn, (body.Meetings ?? []).Select(m => new Meeting(m.At, m.Place)),
            body.Invite.Everyone, call.Viewer.ParticipantId, now);
        var unsigned = await database.Reviews.Where(r => r.PlanId == request.PlanId && r.SignedAt == null).ToListAsync(cancellationToken);
        if (unsigned.FirstOrDefault(review.Overlaps) is { } other)
            throw ReviewRules.Overlaps.Broken(new BrokenRuleDetail(other.Id, "This review runs in the same days."));

        var invited = await Invited(request, now, cancellationToken);
        if (invited.Count == 0)
            throw ReviewRules.NobodyInvited.Broken();
        database.Reviews.Add(review);
        database.Voices.AddRange(invited.Select(p => new Voice(review, p, now)));
        database.CarriedForward.AddRange(await CarryForward(review, now, cancellationToken));
        return new Written(review.Id, review);
    }

    private async Task<IReadOnlyList<Guid>> Invited(OpenReview request, DateTimeOffset now, CancellationToken cancellation)
    {
        var team = await database.Participants.Where(p => p.PlanId == request.PlanId).ToListAsync(cancellation);
        var current = team.Where(p => p.IsCurrent(now)).ToList();
        if (request.Body.Invite.Everyone)
        {
            var lead = await database.Plans.Where(p => p.Id == request.PlanId).Select(p => p.LeadParticipantId).SingleAsync(cancellation);
            return [.. current.Where(p => p.HasVoice && p.Id != lead).Select(p => p.Id)];
        }

        var asked = request.Body.Invite.Participants;
        var unknown = asked.Select((id, place) => (id, place)).Where(a => !current.Any(p => p.Id == a.id && p.HasVoice))
            .Select(a => new InvalidMember($"/invite/{a.place}", "unknown", "Nobody with this id has a voice in the plan now.")).ToList();
        return unknown.Count == 0 ? [.. asked.Distinct()] : throw new InvalidRequest(unknown);
    }

    /// <summary>Open targets, open actions and standing dissents, each asked about again.</summary>
    private async Task<IEnumerable<CarriedForward>> CarryForward(Review review, DateTimeOffset now, CancellationToken cancellation)
    {
        var earlier = await database.Reviews.AnyAsync(r => r.PlanId == review.PlanId, cancellation);
        if (!earlier)
            return [];
        var targets = await database.Targets.Where(t => t.PlanId == review.PlanId && t.State == TargetState.Open).Select(t => t.Id).ToListAsync(cancellation);
        var actions = await database.Actions.Where(a => a.PlanId == review.PlanId && a.State == ActionState.Open).Select(a => a.Id).ToListAsync(cancellation);
        var responses = await database.DecisionResponses.AsNoTracking().Where(r => r.PlanId == review.PlanId).ToListAsync(cancellation);
        var dissents = responses.GroupBy(r => r.DecisionId).SelectMany(g => g.Standing(DecisionViews.StandingKey))
            .Where(r => r.Stance.IsDissent()).Select(r => r.Id);
        return
        [
            .. targets.Order().Select(id => new CarriedForward(review, CarriedKind.Target, id, now)),
            .. actions.Order().Select(id => new CarriedForward(review, CarriedKind.Action, id, now)),
            .. dissents.Order().Select(id => new CarriedForward(review, CarriedKind.Dissent, id, now)),
        ];
    }
}
