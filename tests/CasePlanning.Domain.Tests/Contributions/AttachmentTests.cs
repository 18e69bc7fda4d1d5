using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Contributions.Files;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Domain.Tests.Contributions.Files;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class AttachmentTests
{
    private static readonly Participant Kezia = Gather(Role.Child);
    private static readonly Participant Prideaux = Gather(Role.Advocate);
    private static readonly CleanFile Drawing = CleanFile.From("image/png", SampleFiles.Png())!;

    private readonly Review review = OpenReview();

    [Fact]
    public void It_tells_of_the_file_as_it_is_kept()
    {
        var attachment = Attach(already: 0);
        Assert.Equal(("image/png", Drawing.Bytes.Length, Drawing.Sha256), (attachment.MediaType, attachment.Size, attachment.Sha256));
        var content = new AttachmentContent(attachment, Drawing);
        Assert.Equal((attachment.Id, Drawing.Bytes), (content.AttachmentId, content.Bytes));
    }

    [Fact]
    public void A_view_holds_ten()
    {
        Attach(Attachment.MostOfOneContribution - 1);
        Rules.AssertBroken(ContributionRules.TooManyAttachments, () => Attach(Attachment.MostOfOneContribution));
    }

    [Fact]
    public void What_was_attached_to_new_words_goes_to_the_view_that_they_are_of_and_that_holds_ten()
    {
        var view = Guid.NewGuid();
        List<Attachment> all = [.. Enumerable.Range(0, Attachment.MostOfOneContribution).Select(Attach)];
        Attachment.MoveTo(view, all);
        Assert.All(all, a => Assert.Equal(view, a.ContributionId));
        all.Add(Attach(already: 0));
        Rules.AssertBroken(ContributionRules.TooManyAttachments, () => Attachment.MoveTo(view, all));
        all[0].Remove(MeetingAt);
        Attachment.MoveTo(view, all);
    }

    [Fact]
    public void When_it_was_first_removed_stays()
    {
        var attachment = Attach(already: 0);
        attachment.Remove(MeetingAt);
        attachment.Remove(MeetingAt.AddDays(1));
        Assert.Equal(MeetingAt, attachment.RemovedAt);
    }

    [Fact]
    public void A_view_is_open_to_its_voice_and_to_a_proxy_until_the_voice_confirms()
    {
        var view = Say(Kezia, review, writer: Prideaux);
        view.MustBeOpenTo(Kezia.Id, review);
        view.MustBeOpenTo(Prideaux.Id, review);
        view.Confirm(Kezia.Id, MeetingAt);
        view.MustBeOpenTo(Kezia.Id, review);
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => view.MustBeOpenTo(Prideaux.Id, review));
    }

    [Fact]
    public void A_draft_is_open_to_its_author_alone_and_until_sign_off()
    {
        var draft = new Draft(Guid.NewGuid(), Id, review.Id, Enjoy, Kezia.Id, Begin);
        draft.MustBeOpenTo(Kezia.Id, review);
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => draft.MustBeOpenTo(Prideaux.Id, review));
        review.CloseAndSignOff();
        Rules.AssertBroken(ReviewRules.IsSigned, () => draft.MustBeOpenTo(Kezia.Id, review));
    }

    private static Attachment Attach(int already) => new(Id, Guid.NewGuid(), already, Drawing, Kezia.Id, Begin);
}
