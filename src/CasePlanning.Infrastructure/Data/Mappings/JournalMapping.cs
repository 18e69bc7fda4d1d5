using CasePlanning.Application.Plans;
using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class JournalMapping :
    IEntityTypeConfiguration<JournalEntry>, IEntityTypeConfiguration<JournalTile>, IEntityTypeConfiguration<JournalLength>,
    IEntityTypeConfiguration<Checkpoint>
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
        entry.Property(e => e.LeafHash).HasMaxLength(JournalEntry.HashBytes);
        entry.HasIndex(e => new { e.PlanId, e.At });
        entry.HasIndex(e => e.At, "IX_Journal_Newest");
        entry.HasIndex(e => new { e.PersonId, e.At }).HasFilter($"\"Act\" = '{nameof(SearchInEmergency)}'");
        // By its receipt, which a write has and a look has not: most entries are looks, and hashes lie as far apart as they can.
        entry.HasIndex(e => e.LeafHash).HasFilter("\"ResultId\" IS NOT NULL");
        entry.HasIndex(e => e.Sequence).IsUnique().HasFilter("\"Sequence\" IS NOT NULL");
        // Writes alone, in the order of their numbers: the feed of changes looks along it, past all looks, without seeing the rows.
        // All of them were allowed; that this is asked for too makes SQLite take this index and no other.
        entry.HasIndex(e => new { e.Verdict, e.Sequence, e.PlanId, e.ResultId }).HasFilter("\"Sequence\" IS NOT NULL AND \"ResultId\" IS NOT NULL");
        // Holds no more than what waits for a number.
        entry.HasIndex(e => e.At).HasFilter("\"Sequence\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<JournalTile> tile)
    {
        tile.HasKey(t => t.Place);
        tile.Property(t => t.Hash).HasMaxLength(MerkleTree.HashBytes);
    }

    public void Configure(EntityTypeBuilder<JournalLength> length)
    {
    }

    public void Configure(EntityTypeBuilder<Checkpoint> checkpoint)
    {
        checkpoint.HasKey(c => c.Size);
        checkpoint.Property(c => c.Origin).HasMaxLength(Checkpoint.OriginLength);
        checkpoint.Property(c => c.Root).HasMaxLength(MerkleTree.HashBytes);
        checkpoint.Property(c => c.Signature).HasMaxLength(Checkpoint.SignatureLength).IsUnicode(false);
        checkpoint.Ignore(c => c.Text);
    }
}
