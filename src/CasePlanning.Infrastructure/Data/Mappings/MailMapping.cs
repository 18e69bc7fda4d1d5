using CasePlanning.Application.Mail;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class MailMapping :
    IEntityTypeConfiguration<OutgoingMail>, IEntityTypeConfiguration<UnsafeAddress>, IEntityTypeConfiguration<MailChoice>,
    IEntityTypeConfiguration<MailedUpTo>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.Property(m => m.SealedText).HasMaxLength(OutgoingMail.SealedTextLength).IsUnicode(false);
        mail.Property(m => m.LastFailure).HasMaxLength(OutgoingMail.FailureLength).IsUnicode(false);
        mail.Property(m => m.Attempts).IsConcurrencyToken();
        mail.HasIndex(m => m.NextAttemptAt).HasFilter("\"NextAttemptAt\" IS NOT NULL");
        mail.HasIndex(m => new { m.ToPersonId, m.WrittenAt });
        mail.HasIndex(m => m.AboutId);
        mail.HasOne<Person>().WithMany().HasForeignKey(m => m.ToPersonId);
    }

    public void Configure(EntityTypeBuilder<UnsafeAddress> address)
    {
        address.HasKey(a => a.ParticipantId);
        address.HasOne<Participant>().WithOne().HasForeignKey<UnsafeAddress>(a => a.ParticipantId);
        address.HasOne<Participant>().WithMany().HasForeignKey(a => a.MarkedById);
    }

    public void Configure(EntityTypeBuilder<MailChoice> choice)
    {
        choice.HasKey(c => c.PersonId);
        choice.Property(c => c.ToldUpTo).IsConcurrencyToken();
        choice.Ignore(c => c.WantsDaily);
        choice.HasOne<Person>().WithOne().HasForeignKey<MailChoice>(c => c.PersonId);
    }

    public void Configure(EntityTypeBuilder<MailedUpTo> place) =>
        // By itself SQL Server would number a whole number's column, and refuse ours.
        place.Property(p => p.Id).ValueGeneratedNever();
}
