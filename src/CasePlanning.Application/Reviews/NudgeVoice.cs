using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Asks a voice once more by mail, or whoever speaks in its place; it is recorded as a try to reach them.</summary>
public sealed record NudgeVoice(Guid ReviewId, Guid ParticipantId) : ICommand, IPlanRequest
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Coordinate;
}

public sealed class NudgeVoiceHandler(
    IPlanningDatabase database, CurrentCall call, Correspondents correspondents, IMail mail, IClocks clocks, ISealing sealing, TimeProvider time)
    : IRequestHandler<NudgeVoice, Written>
{
    public async Task<Written> Handle(NudgeVoice request, CancellationToken cancellationToken)
    {
        var (viewer, now) = (call.Viewer, time.GetUtcNow());
        var voice = await database.Voices
            .SingleOrDefaultAsync(v => v.ReviewId == request.ReviewId && v.ParticipantId == request.ParticipantId, cancellationToken)
            ?? throw new NotVisible();
        var review = await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        review.MustNotBeClosed();
        var seen = await SeenContributions.Load(database, viewer, c => c.ReviewId == review.Id, cancellationToken);
        var authority = await database.Plans.Where(p => p.Id == review.PlanId).Select(p => p.Authority).SingleAsync(cancellationToken);
        voice.Nudge(VoicesHeard.Judge(voice, seen).Status, viewer.ParticipantId, clocks.Of(authority).DayOf(now));
        var reader = await Reached(voice, now, cancellationToken);
        database.OutgoingMails.Add(new OutgoingMail(
            MailKind.Nudge, reader, review.Id, MailTexts.Nudge(viewer.Role, review.ClosesOn, Links.Of(mail)), sealing, now));
        return new Written(voice.ParticipantId);
    }

    /// <summary>Whoever the mail goes to.</summary>
    private async Task<Guid> Reached(Voice voice, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!mail.IsConfigured)
            throw InvitationRules.NoMail.Broken();
        var asked = voice.DelegateId ?? voice.ParticipantId;
        var participant = await database.Participants.SingleAsync(p => p.Id == asked, cancellation);
        var reached = participant.IsCurrent(now)
            ? await correspondents.Of([participant.PersonId], c => c.ReplyOwed is not HowOften.Off || c.Digest is not HowOften.Off, cancellation)
            : [];
        return reached is [var person] ? person : throw ReviewRules.NoMailToThem.Broken();
    }
}
