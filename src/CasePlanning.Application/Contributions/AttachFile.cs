using System.Text.Json.Serialization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Contributions.Files;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>Adds a drawing, a photograph or a voice note to one's own view or draft.</summary>
public sealed record AttachFile(Guid ContributionId, [property: JsonIgnore] CleanFile File) : ICreates, IPlanRequest
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;

    /// <summary>Stands for the whole file where the request is compared with an earlier one.</summary>
    public string Sha256 => File.Sha256;
}

/// <summary>Takes an attachment off one's own view or draft: that it was there is kept, its content is not.</summary>
public sealed record RemoveAttachment(Guid ContributionId, Guid AttachmentId) : ICommand, IPlanRequest, IWhenFrozen
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;
}

public sealed class AttachFileHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<AttachFile, Written>, IRequestHandler<RemoveAttachment, Written>
{
    public async Task<Written> Handle(AttachFile request, CancellationToken cancellationToken)
    {
        var (id, viewer) = (request.ContributionId, call.Viewer);
        await MustBeOpenToCaller(id, cancellationToken);
        var already = await database.Attachments.CountAsync(a => a.ContributionId == id && a.RemovedAt == null, cancellationToken);
        var attachment = new Attachment(viewer.PlanId, id, already, request.File, viewer.ParticipantId, time.GetUtcNow());
        database.Attachments.Add(attachment);
        database.AttachmentContents.Add(new AttachmentContent(attachment, request.File));
        return new Written(attachment.Id);
    }

    public async Task<Written> Handle(RemoveAttachment request, CancellationToken cancellationToken)
    {
        var (contributionId, id) = (request.ContributionId, request.AttachmentId);
        await MustBeOpenToCaller(contributionId, cancellationToken);
        var attachment = await database.Attachments.SingleOrDefaultAsync(
            a => a.Id == id && a.ContributionId == contributionId && a.RemovedAt == null, cancellationToken) ?? throw new NotVisible();
        attachment.Remove(time.GetUtcNow());
        await database.AttachmentContents.Where(c => c.AttachmentId == id).ExecuteDeleteAsync(cancellationToken);
        return new Written(id);
    }

    private async Task MustBeOpenToCaller(Guid id, CancellationToken cancellation)
    {
        var me = call.Viewer.ParticipantId;
        var contribution = (await ReadableContribution.Find(database, call.Viewer, id, cancellation))?.Contribution;
        var draft = await database.Drafts.SingleOrDefaultAsync(d => d.Id == id, cancellation);
        if ((contribution?.ReviewId ?? draft?.ReviewId) is not { } reviewId)
            throw new NotVisible();
        var review = await database.Reviews.SingleAsync(r => r.Id == reviewId, cancellation);
        contribution?.MustBeOpenTo(me, review);
        draft?.MustBeOpenTo(me, review);
    }
}
