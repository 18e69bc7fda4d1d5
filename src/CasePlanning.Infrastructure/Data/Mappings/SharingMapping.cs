using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class SharingMapping :
    IEntityTypeConfiguration<Consent>, IEntityTypeConfiguration<Disclosure>, IEntityTypeConfiguration<WithheldDecision>
{
    public void Configure(EntityTypeBuilder<Consent> consent)
    {
        consent.Property(c => c.Covers).HasMaxLength(Consent.CoversLength);
        consent.Property(c => c.WithdrawnWhy).HasMaxLength(Consent.ReasonLength);
        // Two who withdraw it at once do not both leave their reason.
        consent.Property(c => c.WithdrawnAt).IsConcurrencyToken();
        consent.HasIndex(c => c.PlanId);
        consent.HasOne<Plan>().WithMany().HasForeignKey(c => c.PlanId);
        consent.HasOne<Participant>().WithMany().HasForeignKey(c => c.GiverId);
        consent.HasOne<Participant>().WithMany().HasForeignKey(c => c.RecordedById);
        consent.HasOne<Participant>().WithMany().HasForeignKey(c => c.WithdrawnById);
    }

    public void Configure(EntityTypeBuilder<Disclosure> disclosure)
    {
        disclosure.Property(d => d.To).HasMaxLength(Disclosure.ToLength);
        disclosure.Property(d => d.What).HasMaxLength(Disclosure.WhatLength);
        disclosure.Property(d => d.Purpose).HasMaxLength(Disclosure.PurposeLength);
        disclosure.Property(d => d.Agreement).HasMaxLength(Grounds.AgreementLength);
        disclosure.HasIndex(d => d.PlanId);
        disclosure.HasOne<Plan>().WithMany().HasForeignKey(d => d.PlanId);
        disclosure.HasOne<Consent>().WithMany().HasForeignKey(d => d.ConsentId);
        disclosure.HasOne<Participant>().WithMany().HasForeignKey(d => d.ConsentGiverId);
        disclosure.HasOne<EmergencyAccess>().WithMany().HasForeignKey(d => d.EmergencyAccessId);
        disclosure.HasOne<Participant>().WithMany().HasForeignKey(d => d.ById);
    }

    public void Configure(EntityTypeBuilder<WithheldDecision> decision)
    {
        decision.Property(d => d.From).HasMaxLength(WithheldDecision.FromLength);
        decision.Property(d => d.What).HasMaxLength(WithheldDecision.WhatLength);
        decision.Property(d => d.Why).HasMaxLength(WithheldDecision.WhyLength);
        decision.HasIndex(d => d.PlanId);
        decision.HasOne<Plan>().WithMany().HasForeignKey(d => d.PlanId);
        decision.HasOne<Participant>().WithMany().HasForeignKey(d => d.ById);
    }
}
