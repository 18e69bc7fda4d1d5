using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>
/// Records what there is to say about an invited voice: an absence and its reason, that it declined, who speaks instead, a try to
/// reach it, what was done about it. Each participant may record their own; whoever coordinates, everybody's.
/// </summary>
public sealed record RecordVoice(Guid ReviewId, Guid ParticipantId, VoiceRecord Body) : ICommand, IPlanRequest, IWithBody<VoiceRecord>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Read;
}

/// <summary>What to record; absent members stay as they are, null takes back.</summary>
/// <param name="Absence">Why they cannot come to a meeting. Their view counts the same.</param>
/// <param name="Attempts">Tries to reach them, added to those recorded before.</param>
/// <param name="Addressed">What was done about a voice that was not heard. Coordinators record this.</param>
/// <param name="Declined">They chose not to say anything.</param>
/// <param name="DelegateTo">A colleague of the same agency who speaks instead.</param>
public sealed record VoiceRecord(
    Change<NewAbsence?> Absence = default, IReadOnlyList<NewAttempt>? Attempts = null, Change<NewAddressed?> Addressed = default,
    Change<bool> Declined = default, Change<bool> CouldNotReach = default, Change<Guid?> DelegateTo = default);

/// <summary>Why somebody cannot come.</summary>
public sealed record NewAbsence(AbsenceReason Reason, DateOnly? Until = null, string? Note = null);

/// <summary>One try to reach somebody.</summary>
/// <param name="On">The day; today when absent.</param>
public sealed record NewAttempt(AttemptHow How, DateOnly? On = null, string? Note = null);

/// <summary>What was done.</summary>
public sealed record NewAddressed(string How);

public sealed class VoiceRecordValidator : AbstractValidator<VoiceRecord>
{
    public VoiceRecordValidator()
    {
        RuleFor(v => v.Absence.Value!.Until).Day().When(v => v.Absence.Value is not null);
        RuleFor(v => v.Absence.Value!.Note).OptionalWords(Voice.NoteLength).When(v => v.Absence.Value is not null);
        RuleFor(v => v.Attempts).AtMost(Voice.MostAttempts);
        RuleForEach(v => v.Attempts).SetValidator(new NewAttemptValidator());
        RuleFor(v => v.Addressed.Value!.How).Words(Voice.HowLength).When(v => v.Addressed.Value is not null);
    }
}

public sealed class NewAttemptValidator : AbstractValidator<NewAttempt>
{
    public NewAttemptValidator()
    {
        RuleFor(a => a.On).Day();
        RuleFor(a => a.Note).OptionalWords(Voice.NoteLength);
    }
}

public sealed class RecordVoiceHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<RecordVoice, Written>
{
    public async Task<Written> Handle(RecordVoice request, CancellationToken cancellationToken)
    {
        var (body, viewer, now) = (request.Body, call.Viewer, time.GetUtcNow());
        var voice = await database.Voices
            .SingleOrDefaultAsync(v => v.ReviewId == request.ReviewId && v.ParticipantId == request.ParticipantId, cancellationToken)
            ?? throw new NotVisible();
        var coordinates = viewer.May(Permission.Coordinate);
        if (!coordinates && voice.ParticipantId != viewer.ParticipantId)
            throw ReviewRules.OnlyOwnVoiceOrCoordinator.Broken();
        if (!coordinates && (body.Addressed.IsGiven || body.CouldNotReach.IsGiven))
            throw new NotAllowed("Whoever coordinates the review records what was done about a voice.");
        (await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken)).MustNotBeSigned();

        if (body.Absence.IsGiven)
            voice.BeAbsent(body.Absence.Value is { } a ? new Absence(a.Reason, a.Until, a.Note) : null);
        foreach (var attempt in body.Attempts ?? [])
            voice.Attempted(new Attempt(attempt.On ?? DateOnly.FromDateTime(now.UtcDateTime), attempt.How, attempt.Note, viewer.ParticipantId));
        if (voice.Attempts.Count > Voice.MostAttempts)
            throw InvalidRequest.At("/attempts", "too-many", $"No more than {Voice.MostAttempts} tries can be recorded.");
        if (body.Declined.IsGiven)
            voice.Decline(body.Declined.Value);
        if (body.CouldNotReach.IsGiven)
            voice.CouldNotReach(body.CouldNotReach.Value);
        if (body.Addressed.IsGiven)
            voice.Address(body.Addressed.Value?.How, viewer.ParticipantId);
        if (body.DelegateTo.IsGiven)
            await Delegate(voice, body.DelegateTo.Value, now, cancellationToken);
        return new Written(voice.ParticipantId);
    }

    private async Task Delegate(Voice voice, Guid? to, DateTimeOffset now, CancellationToken cancellation)
    {
        if (to is { } colleague)
        {
            var pair = await database.Participants.Where(p => p.PlanId == voice.PlanId && (p.Id == voice.ParticipantId || p.Id == colleague)).ToListAsync(cancellation);
            var (own, other) = (pair.Single(p => p.Id == voice.ParticipantId), pair.SingleOrDefault(p => p.Id == colleague && p.Id != voice.ParticipantId));
            if (other is null || own.AgencyId is null || other.AgencyId != own.AgencyId || !other.HasVoice || !other.IsCurrent(now))
                throw ReviewRules.DelegateWithinAgency.Broken();
        }

        voice.DelegateTo(to, now);
    }
}
