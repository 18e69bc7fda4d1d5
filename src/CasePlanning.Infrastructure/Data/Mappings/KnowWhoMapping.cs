using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class KnowWhoMapping :
    IEntityTypeConfiguration<Agency>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<ExpertiseEntry>,
    IEntityTypeConfiguration<ExpertiseWord>
{
    public void Configure(EntityTypeBuilder<Agency> agency)
    {
        agency.Property(a => a.Name).HasMaxLength(Agency.NameLength);
        agency.Property(a => a.Authority).HasMaxLength(Agency.AuthorityLength);
        agency.HasIndex(a => a.Name);
    }

    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.Property(p => p.Name).HasMaxLength(Person.NameLength);
        person.Property(p => p.Email).HasMaxLength(Person.EmailLength);
        person.HasIndex(p => p.Email).IsUnique();
        person.HasIndex(p => new { p.AgencyId, p.Name });
        person.HasOne<Agency>().WithMany().HasForeignKey(p => p.AgencyId);
    }

    public void Configure(EntityTypeBuilder<ExpertiseEntry> entry)
    {
        entry.HasKey(e => e.PersonId);
        entry.Property(e => e.CanDo).HasMaxLength(ExpertiseEntry.TextLength);
        entry.Property(e => e.CannotDo).HasMaxLength(ExpertiseEntry.TextLength);
        entry.Property(e => e.HowToReach).HasMaxLength(ExpertiseEntry.TextLength);
        entry.Property(e => e.Area).HasMaxLength(ExpertiseEntry.AreaLength);
        entry.HasOne<Person>().WithOne().HasForeignKey<ExpertiseEntry>(e => e.PersonId);
    }

    public void Configure(EntityTypeBuilder<ExpertiseWord> word)
    {
        // Looked for by its beginning; and all of one entry, when they are written anew.
        word.HasKey(w => new { w.Word, w.PersonId });
        word.HasIndex(w => w.PersonId);
        word.Property(w => w.Word).HasMaxLength(ExpertiseWord.Length);
        word.HasOne<ExpertiseEntry>().WithMany().HasForeignKey(w => w.PersonId);
    }
}
