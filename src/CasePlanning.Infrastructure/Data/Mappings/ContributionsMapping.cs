using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class ContributionsMapping :
    IEntityTypeConfiguration<Contribution>, IEntityTypeConfiguration<ContributionVersion>, IEntityTypeConfiguration<Response>,
    IEntityTypeConfiguration<Question>, IEntityTypeConfiguration<Answer>, IEntityTypeConfiguration<Draft>,
    IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<AttachmentContent>
{
    public void Configure(EntityTypeBuilder<Contribution> contribution)
    {
        contribution.Property(c => c.Outcome).HasMaxLength(Framework.CodeLength);
        // SQL Server keeps the rows of one review together, because they are read together; whether somebody spoke in it, the index says.
        contribution.HasKey(c => c.Id).IsClustered(false);
        contribution.HasIndex(c => new { c.PlanId, c.ReviewId, c.VoiceId }).IsClustered();
        // Holds no more than what waits for its voice to say that these are its words.
        contribution.HasIndex(c => c.VoiceId).HasFilter("\"ConfirmedAt\" IS NULL AND \"Mode\" = 'ByProxy'");
        // Few are: the feed asks which of a plan's.
        contribution.HasIndex(c => c.PlanId).HasFilter("\"WithdrawnAt\" IS NOT NULL");
        contribution.HasOne<Plan>().WithMany().HasForeignKey(c => c.PlanId);
        contribution.HasOne<Review>().WithMany().HasForeignKey(c => c.ReviewId);
        contribution.HasOne<Participant>().WithMany().HasForeignKey(c => c.VoiceId);
        contribution.HasOne<Participant>().WithMany().HasForeignKey(c => c.ProxyId);
        contribution.HasOne<Client>().WithMany().HasForeignKey(c => c.AssertedById);
        contribution.HasMany(c => c.Versions).WithOne().HasForeignKey(v => v.ContributionId);
    }

    public void Configure(EntityTypeBuilder<ContributionVersion> version)
    {
        version.HasKey(v => new { v.ContributionId, v.Number });
        version.Property(v => v.Words).HasMaxLength(Contribution.WordsLength);
        version.Property(v => v.Summary).HasMaxLength(Contribution.SummaryLength);
        version.Property(v => v.WhatChanged).HasMaxLength(Contribution.WhatChangedLength);
        version.HasOne<Participant>().WithMany().HasForeignKey(v => v.ById);
    }

    public void Configure(EntityTypeBuilder<Response> response)
    {
        response.Property(r => r.Reason).HasMaxLength(Response.ReasonLength);
        response.HasIndex(r => r.ContributionId);
        response.HasOne<Contribution>().WithMany().HasForeignKey(r => r.ContributionId);
        response.HasOne<Participant>().WithMany().HasForeignKey(r => r.ById);
    }

    public void Configure(EntityTypeBuilder<Question> question)
    {
        question.Property(q => q.Words).HasMaxLength(Question.WordsLength);
        question.HasIndex(q => q.ReviewId);
        question.HasIndex(q => q.ContributionId);
        question.HasIndex(q => q.AnswerById);
        question.HasOne<Review>().WithMany().HasForeignKey(q => q.ReviewId);
        question.HasOne<Contribution>().WithMany().HasForeignKey(q => q.ContributionId);
        question.HasOne<Participant>().WithMany().HasForeignKey(q => q.ById);
        question.HasOne<Participant>().WithMany().HasForeignKey(q => q.AnswerById);
    }

    public void Configure(EntityTypeBuilder<Answer> answer)
    {
        answer.Property(a => a.Words).HasMaxLength(Answer.WordsLength);
        answer.HasIndex(a => a.QuestionId);
        answer.HasOne<Question>().WithMany().HasForeignKey(a => a.QuestionId);
        answer.HasOne<Participant>().WithMany().HasForeignKey(a => a.ById);
    }

    public void Configure(EntityTypeBuilder<Draft> draft)
    {
        draft.Property(d => d.Outcome).HasMaxLength(Framework.CodeLength);
        draft.Property(d => d.Words).HasMaxLength(Contribution.WordsLength);
        draft.Property(d => d.Summary).HasMaxLength(Contribution.SummaryLength);
        draft.Property(d => d.WhatChanged).HasMaxLength(Contribution.WhatChangedLength);
        draft.Property(d => d.Focus).HasMaxLength(Participant.FocusLength);
        draft.HasOne<Contribution>().WithMany().HasForeignKey(d => d.RevisesId);
        draft.HasIndex(d => d.AuthorId);
        draft.HasIndex(d => d.ShownToId);
        draft.HasOne<Plan>().WithMany().HasForeignKey(d => d.PlanId);
        draft.HasOne<Review>().WithMany().HasForeignKey(d => d.ReviewId);
        draft.HasOne<Participant>().WithMany().HasForeignKey(d => d.AuthorId);
        draft.HasOne<Participant>().WithMany().HasForeignKey(d => d.OnBehalfOfId);
        draft.HasOne<Participant>().WithMany().HasForeignKey(d => d.ShownToId);
    }

    /// <summary>No reference to the contribution, which may still be a draft.</summary>
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.Property(a => a.MediaType).HasMaxLength(40).IsUnicode(false);
        attachment.Property(a => a.Sha256).HasMaxLength(64).IsUnicode(false);
        attachment.HasIndex(a => a.ContributionId);
        attachment.HasOne<Plan>().WithMany().HasForeignKey(a => a.PlanId);
        attachment.HasOne<Participant>().WithMany().HasForeignKey(a => a.AddedById);
    }

    public void Configure(EntityTypeBuilder<AttachmentContent> content)
    {
        content.HasKey(c => c.AttachmentId);
        content.Property(c => c.Bytes).HasMaxLength(Attachment.MostBytes);
        content.HasOne<Attachment>().WithOne().HasForeignKey<AttachmentContent>(c => c.AttachmentId);
    }
}
