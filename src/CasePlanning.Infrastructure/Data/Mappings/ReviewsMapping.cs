using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class ReviewsMapping :
    IEntityTypeConfiguration<Review>, IEntityTypeConfiguration<Voice>, IEntityTypeConfiguration<Decision>,
    IEntityTypeConfiguration<DecisionWording>, IEntityTypeConfiguration<DecisionResponse>, IEntityTypeConfiguration<Recheck>,
    IEntityTypeConfiguration<CarriedForward>, IEntityTypeConfiguration<Addendum>
{
    public void Configure(EntityTypeBuilder<Review> review)
    {
        review.Property(r => r.Title).HasMaxLength(Review.TitleLength);
        review.Property(r => r.LeftOpen).HasMaxLength(Review.LeftOpenLength);
        review.ComplexCollection(r => r.Meetings, meeting => meeting.ToJson());
        review.HasIndex(r => r.PlanId);
        review.HasOne<Plan>().WithMany().HasForeignKey(r => r.PlanId);
        review.HasOne<Participant>().WithMany().HasForeignKey(r => r.OpenedById);
        review.HasOne<Participant>().WithMany().HasForeignKey(r => r.ClosedById);
        review.HasOne<Participant>().WithMany().HasForeignKey(r => r.SignedById);
    }

    public void Configure(EntityTypeBuilder<Voice> voice)
    {
        voice.Property(v => v.Addressed).HasMaxLength(Voice.HowLength);
        voice.ComplexProperty(v => v.Absence, absence => absence.Property(a => a.Note).HasMaxLength(Voice.NoteLength));
        voice.ComplexCollection(v => v.Attempts, attempt => attempt.ToJson());
        voice.HasIndex(v => new { v.ReviewId, v.ParticipantId }).IsUnique();
        voice.HasIndex(v => v.ParticipantId);
        voice.HasOne<Review>().WithMany().HasForeignKey(v => v.ReviewId);
        voice.HasOne<Participant>().WithMany().HasForeignKey(v => v.ParticipantId);
        voice.HasOne<Participant>().WithMany().HasForeignKey(v => v.AddressedById);
        voice.HasOne<Participant>().WithMany().HasForeignKey(v => v.DelegateId);
    }

    public void Configure(EntityTypeBuilder<Decision> decision)
    {
        decision.Property(d => d.What).HasMaxLength(FourFields.FieldLength);
        decision.Property(d => d.How).HasMaxLength(FourFields.FieldLength);
        decision.Property(d => d.Why).HasMaxLength(FourFields.FieldLength);
        decision.Property(d => d.WhereNext).HasMaxLength(FourFields.FieldLength);
        decision.HasIndex(d => d.ReviewId);
        decision.HasOne<Plan>().WithMany().HasForeignKey(d => d.PlanId);
        decision.HasOne<Review>().WithMany().HasForeignKey(d => d.ReviewId);
        decision.HasOne<Participant>().WithMany().HasForeignKey(d => d.DecidedById);
        decision.HasMany(d => d.Wordings).WithOne().HasForeignKey(w => w.DecisionId);
    }

    public void Configure(EntityTypeBuilder<DecisionWording> wording)
    {
        wording.HasKey(w => new { w.DecisionId, w.Number });
        wording.Property(w => w.What).HasMaxLength(FourFields.FieldLength);
        wording.Property(w => w.How).HasMaxLength(FourFields.FieldLength);
        wording.Property(w => w.Why).HasMaxLength(FourFields.FieldLength);
        wording.Property(w => w.WhereNext).HasMaxLength(FourFields.FieldLength);
        wording.HasOne<Participant>().WithMany().HasForeignKey(w => w.ById);
    }

    public void Configure(EntityTypeBuilder<DecisionResponse> response)
    {
        response.Property(r => r.Reason).HasMaxLength(DecisionResponse.ReasonLength);
        response.HasIndex(r => r.DecisionId);
        response.HasOne<Decision>().WithMany().HasForeignKey(r => r.DecisionId);
        response.HasOne<Participant>().WithMany().HasForeignKey(r => r.ById);
    }

    public void Configure(EntityTypeBuilder<Recheck> recheck)
    {
        recheck.Property(r => r.Finding).HasMaxLength(Recheck.FindingLength);
        recheck.HasIndex(r => r.DecisionId);
        recheck.HasOne<Decision>().WithMany().HasForeignKey(r => r.DecisionId);
        recheck.HasOne<Participant>().WithMany().HasForeignKey(r => r.ById);
    }

    public void Configure(EntityTypeBuilder<CarriedForward> carried)
    {
        carried.Property(c => c.Note).HasMaxLength(CarriedForward.NoteLength);
        carried.HasIndex(c => c.ReviewId);
        carried.HasOne<Review>().WithMany().HasForeignKey(c => c.ReviewId);
        carried.HasOne<Participant>().WithMany().HasForeignKey(c => c.AnsweredById);
    }

    public void Configure(EntityTypeBuilder<Addendum> addendum)
    {
        addendum.Property(a => a.Words).HasMaxLength(Addendum.WordsLength);
        addendum.HasIndex(a => a.ReviewId);
        addendum.HasOne<Review>().WithMany().HasForeignKey(a => a.ReviewId);
        addendum.HasOne<Participant>().WithMany().HasForeignKey(a => a.ById);
    }
}
