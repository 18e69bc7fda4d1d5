using CasePlanning.Domain.Contributions.Files;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Contributions;

/// <summary>
/// A drawing, a photograph or a voice note that belongs to a contribution and is read by exactly those who read its words. Added
/// and removed, never changed; once removed, that it was there is kept and its content is gone.
/// </summary>
public sealed class Attachment
{
    public const int MostBytes = 10 * 1024 * 1024;
    public const int MostOfOneContribution = 10;

    private Attachment()
    {
    }

    /// <param name="contributionId">The contribution's id, or that of a draft, which is what its contribution will be known by.</param>
    /// <param name="already">How many the contribution has.</param>
    public Attachment(Guid planId, Guid contributionId, int already, CleanFile file, Guid addedBy, DateTimeOffset now)
    {
        if (already >= MostOfOneContribution)
            throw ContributionRules.TooManyAttachments.Broken();
        Id = Ids.New(now);
        PlanId = planId;
        ContributionId = contributionId;
        MediaType = file.MediaType;
        Size = file.Bytes.Length;
        Sha256 = file.Sha256;
        AddedById = addedBy;
        AddedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ContributionId { get; private set; }

    public string MediaType { get; private set; } = "";

    /// <summary>In bytes, as it is kept.</summary>
    public int Size { get; private set; }

    /// <summary>Of the content as it is kept, in hexadecimal.</summary>
    public string Sha256 { get; private set; } = "";

    public Guid AddedById { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Gives a contribution what was attached to the draft of its new version.</summary>
    /// <param name="all">What belongs to either.</param>
    public static void MoveTo(Guid contributionId, IReadOnlyCollection<Attachment> all)
    {
        if (all.Count(a => a.RemovedAt is null) > MostOfOneContribution)
            throw ContributionRules.TooManyAttachments.Broken();
        foreach (var attachment in all)
            attachment.ContributionId = contributionId;
    }

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}

/// <summary>
/// The bytes of an attachment: in the database, because several hosts share it and a backup must hold everything; apart from what
/// is told about them, so that no list ever loads them.
/// </summary>
public sealed class AttachmentContent
{
    private AttachmentContent()
    {
    }

    public AttachmentContent(Attachment attachment, CleanFile file)
    {
        AttachmentId = attachment.Id;
        Bytes = file.Bytes;
    }

    public Guid AttachmentId { get; private set; }

    public byte[] Bytes { get; private set; } = [];
}
