using CasePlanning.Application.Accounts;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class SignInMapping :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<ProviderSubject>, IEntityTypeConfiguration<Invitation>,
    IEntityTypeConfiguration<Client>, IEntityTypeConfiguration<UsedAssertion>
{
    private const int HashLength = 200;
    private const int StampLength = 36;

    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("Accounts");
        account.Property(a => a.PasswordHash).HasMaxLength(HashLength).IsUnicode(false);
        account.Property(a => a.SecurityStamp).HasMaxLength(StampLength).IsUnicode(false);
        account.Property(a => a.ConcurrencyStamp).HasMaxLength(StampLength).IsUnicode(false).IsConcurrencyToken();
        account.Property(a => a.TotpSecret).HasMaxLength(Account.TotpSecretLength).IsUnicode(false);
        account.Property(a => a.LinkCode).HasMaxLength(Invitation.SealedCodeLength).IsUnicode(false);
        account.Property(a => a.RecoveryCodes).HasMaxLength(Account.RecoveryCodesLength).IsUnicode(false);
        account.HasOne<Person>().WithOne().HasForeignKey<Account>(a => a.Id);

        // Name and address are those of the person; there is no telephone, and every account can be locked.
        account.Ignore(a => a.UserName).Ignore(a => a.NormalizedUserName).Ignore(a => a.Email).Ignore(a => a.NormalizedEmail)
            .Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.LockoutEnabled);
    }

    public void Configure(EntityTypeBuilder<ProviderSubject> subject)
    {
        subject.HasKey(s => new { s.Issuer, s.Subject });
        subject.Property(s => s.Issuer).HasMaxLength(ProviderSubject.IssuerLength).IsUnicode(false);
        subject.Property(s => s.Subject).HasMaxLength(ProviderSubject.SubjectLength).IsUnicode(false);
        subject.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
    }

    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.Property(i => i.TokenHash).HasMaxLength(Invitation.TokenHashLength).IsUnicode(false);
        invitation.Property(i => i.SealedCode).HasMaxLength(Invitation.SealedCodeLength).IsUnicode(false);
        invitation.Property(i => i.WrongCodes).IsConcurrencyToken();
        invitation.Property(i => i.AcceptedAt).IsConcurrencyToken();
        invitation.Property(i => i.RevokedAt).IsConcurrencyToken();
        invitation.HasIndex(i => i.TokenHash).IsUnique();
        // Whoever sends one again while it is being used must notice.
        invitation.Property(i => i.ExpiresAt).IsConcurrencyToken();
        invitation.HasIndex(i => i.ParticipantId);
        invitation.HasIndex(i => i.PersonId);
        invitation.HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId);
        invitation.HasOne<Participant>().WithMany().HasForeignKey(i => i.ParticipantId);
        invitation.HasOne<Participant>().WithMany().HasForeignKey(i => i.InvitedById);
    }

    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.Property(c => c.ClientId).HasMaxLength(Client.ClientIdLength).IsUnicode(false);
        client.Property(c => c.Name).HasMaxLength(Client.NameLength);
        client.HasIndex(c => c.ClientId).IsUnique();
        client.HasIndex(c => c.AgencyId);
        client.HasOne<Agency>().WithMany().HasForeignKey(c => c.AgencyId);
    }

    public void Configure(EntityTypeBuilder<UsedAssertion> assertion)
    {
        assertion.HasKey(a => new { a.ClientId, a.IdHash });
        assertion.Property(a => a.ClientId).HasMaxLength(Client.ClientIdLength).IsUnicode(false);
        assertion.Property(a => a.IdHash).HasMaxLength(UsedAssertion.HashLength).IsUnicode(false);
    }
}
