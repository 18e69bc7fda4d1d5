using System.Text.Json;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class TrustMapping :
    IEntityTypeConfiguration<Restriction>, IEntityTypeConfiguration<EmergencyAccess>, IEntityTypeConfiguration<Appointment>,
    IEntityTypeConfiguration<IdentifierDigest>, IEntityTypeConfiguration<AuthorityClocks>
{
    // A whole that is read and replaced at once; nothing in it is ever searched.
    private static readonly ValueConverter<ClockSettings, string> SettingsAsJson = new(
        settings => JsonSerializer.Serialize(settings, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<ClockSettings>(json, JsonSerializerOptions.Default)!);

    public void Configure(EntityTypeBuilder<Restriction> restriction)
    {
        restriction.Property(r => r.Reason).HasMaxLength(Restriction.ReasonLength);
        restriction.HasIndex(r => r.FromId);
        restriction.HasIndex(r => r.PlanId);
        restriction.HasOne<Plan>().WithMany().HasForeignKey(r => r.PlanId);
        restriction.HasOne<Participant>().WithMany().HasForeignKey(r => r.FromId);
        restriction.HasOne<Participant>().WithMany().HasForeignKey(r => r.SubjectId);
        restriction.HasOne<Participant>().WithMany().HasForeignKey(r => r.SetById);
        restriction.HasOne<Participant>().WithMany().HasForeignKey(r => r.LiftedById);
        restriction.HasOne<Contribution>().WithMany().HasForeignKey(r => r.ContributionId);
    }

    public void Configure(EntityTypeBuilder<EmergencyAccess> access)
    {
        access.Property(a => a.Justification).HasMaxLength(EmergencyAccess.JustificationLength);
        access.Property(a => a.CaseReference).HasMaxLength(EmergencyAccess.CaseReferenceLength);
        access.Property(a => a.Finding).HasMaxLength(EmergencyAccess.FindingLength);
        access.HasIndex(a => new { a.PersonId, a.ExpiresAt });
        access.HasIndex(a => a.PlanId);
        access.HasIndex(a => a.ReviewDue).HasFilter("\"ReviewedAt\" IS NULL");
        access.HasOne<Plan>().WithMany().HasForeignKey(a => a.PlanId);
        access.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
        access.HasOne<Agency>().WithMany().HasForeignKey(a => a.AgencyId);
        access.HasOne<Person>().WithMany().HasForeignKey(a => a.ReviewedById);
    }

    public void Configure(EntityTypeBuilder<IdentifierDigest> digest)
    {
        digest.HasKey(d => new { d.Digest, d.PlanId });
        digest.Property(d => d.Digest).HasMaxLength(IdentifierDigest.DigestBytes);
        digest.HasOne<Plan>().WithMany().HasForeignKey(d => d.PlanId);
    }

    public void Configure(EntityTypeBuilder<AuthorityClocks> clocks)
    {
        clocks.HasKey(c => c.Authority);
        clocks.Property(c => c.Authority).HasMaxLength(Agency.AuthorityLength);
        clocks.Property(c => c.Settings).HasConversion(SettingsAsJson);
        clocks.HasOne<Person>().WithMany().HasForeignKey(c => c.ChangedById);
    }

    public void Configure(EntityTypeBuilder<Appointment> appointment)
    {
        appointment.Property(a => a.Authority).HasMaxLength(Agency.AuthorityLength);
        appointment.HasIndex(a => new { a.PersonId, a.Office });
        appointment.HasIndex(a => a.Authority);
        appointment.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
        appointment.HasOne<Agency>().WithMany().HasForeignKey(a => a.AgencyId);
    }
}
