using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions.Files;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>The content of an attachment, for whoever reads the words it belongs to.</summary>
public sealed record ReadAttachment(Guid ContributionId, Guid AttachmentId) : IQuery<AttachmentFile>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Read;
}

/// <summary>A file to save. Its name tells nothing of the child or of whoever made it.</summary>
public sealed record AttachmentFile(string Name, string MediaType, string Sha256, byte[] Bytes);

public sealed class ReadAttachmentHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadAttachment, AttachmentFile>
{
    public async Task<AttachmentFile> Handle(ReadAttachment request, CancellationToken cancellationToken)
    {
        var (contributionId, id) = (request.ContributionId, request.AttachmentId);
        if (!await ReadsWords(contributionId, cancellationToken))
            throw new NotVisible();
        var found = await (
            from attachment in database.Attachments
            join content in database.AttachmentContents on attachment.Id equals content.AttachmentId
            where attachment.Id == id && attachment.ContributionId == contributionId && attachment.RemovedAt == null
            select new { attachment.MediaType, attachment.Sha256, content.Bytes })
            .SingleOrDefaultAsync(cancellationToken) ?? throw new NotVisible();
        var name = $"attachment-{id.ToString()[..8]}.{CleanFile.ExtensionOf(found.MediaType)}";
        return new AttachmentFile(name, found.MediaType, found.Sha256, found.Bytes);
    }

    private async Task<bool> ReadsWords(Guid id, CancellationToken cancellation)
    {
        var viewer = call.Viewer;
        if (await SeenContributions.Load(database, viewer, c => c.Id == id, cancellation) is [var contribution])
            return contribution.IsReadInFullBy(viewer);
        return await database.Drafts.AnyAsync(
            d => d.Id == id && (d.AuthorId == viewer.ParticipantId || d.ShownToId == viewer.ParticipantId), cancellation);
    }
}
