using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Contributions.Files;
using CasePlanning.Domain.Tests.Contributions.Files;
using Xunit;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class AttachmentTests
{
    [Fact]
    public void A_contribution_has_no_more_attachments_than_anybody_would_look_at()
    {
        Assert.Equal(10, Attachment.MostOfOneContribution);
        Add(already: 9);
        Rules.AssertBroken(ContributionRules.TooManyAttachments, () => Add(already: 10));
    }

    [Fact]
    public void A_removed_attachment_keeps_the_time_of_its_first_removal()
    {
        var attachment = Add(already: 0);
        attachment.Remove(KeziasPlan.MeetingAt);
        attachment.Remove(KeziasPlan.MeetingAt.AddDays(1));
        Assert.Equal(KeziasPlan.MeetingAt, attachment.RemovedAt);
    }

    private static Attachment Add(int already) => new(
        KeziasPlan.Id, Guid.NewGuid(), already, CleanFile.From("image/png", SampleFiles.Png())!, Guid.NewGuid(), KeziasPlan.Begin);
}
