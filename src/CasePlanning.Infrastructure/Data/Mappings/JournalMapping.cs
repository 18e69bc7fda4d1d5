using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class JournalMapping : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> entry)
    {
        entry.ToTable("Journal");
        entry.Property(e => e.ClientId).HasMaxLength(JournalEntry.ClientLength);
        entry.Property(e => e.RequestId).HasMaxLength(JournalEntry.RequestIdLength).IsUnicode(false);
        entry.Property(e => e.Act).HasMaxLength(JournalEntry.ActLength).IsUnicode(false);
        entry.Property(e => e.Part).HasMaxLength(JournalEntry.PartLength).IsUnicode(false);
        entry.Property(e => e.Purpose).HasMaxLength(JournalEntry.PurposeLength);
        entry.Property(e => e.Salt).HasMaxLength(JournalEntry.SaltBytes);
        entry.Property(e => e.ContentHash).HasMaxLength(JournalEntry.HashBytes);
        entry.HasIndex(e => new { e.PlanId, e.At });
    }
}
