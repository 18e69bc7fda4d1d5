using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Domain.Sharing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OpenIddict.EntityFrameworkCore.Models;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// The stored things of both databases: one model, mapped in <c>Mappings/</c> by the rules of <see cref="Conventions"/>.
/// OpenIddict keeps its clients and tokens beside them.
/// </summary>
public sealed class PlanningContext(DbContextOptions<PlanningContext> options) : DbContext(options), IPlanningDatabase
{
    public DbSet<Agency> Agencies => Set<Agency>();

    public DbSet<Person> Persons => Set<Person>();

    public DbSet<ExpertiseEntry> Expertise => Set<ExpertiseEntry>();

    public DbSet<ExpertiseWord> ExpertiseWords => Set<ExpertiseWord>();

    public DbSet<Framework> Frameworks => Set<Framework>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<PlanMove> PlanMoves => Set<PlanMove>();

    public DbSet<PlanCopy> PlanCopies => Set<PlanCopy>();

    public DbSet<Participant> Participants => Set<Participant>();

    public DbSet<PlanAction> Actions => Set<PlanAction>();

    public DbSet<ActionHolder> ActionHolders => Set<ActionHolder>();

    public DbSet<Handover> Handovers => Set<Handover>();

    public DbSet<Target> Targets => Set<Target>();

    public DbSet<Rewording> Rewordings => Set<Rewording>();

    public DbSet<ProgressNote> ProgressNotes => Set<ProgressNote>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Voice> Voices => Set<Voice>();

    public DbSet<Decision> Decisions => Set<Decision>();

    public DbSet<DecisionWording> DecisionWordings => Set<DecisionWording>();

    public DbSet<DecisionResponse> DecisionResponses => Set<DecisionResponse>();

    public DbSet<Recheck> Rechecks => Set<Recheck>();

    public DbSet<CarriedForward> CarriedForward => Set<CarriedForward>();

    public DbSet<Addendum> Addenda => Set<Addendum>();

    public DbSet<Contribution> Contributions => Set<Contribution>();

    public DbSet<ContributionVersion> ContributionVersions => Set<ContributionVersion>();

    public DbSet<Response> Responses => Set<Response>();

    public DbSet<Question> Questions => Set<Question>();

    public DbSet<Answer> Answers => Set<Answer>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<AttachmentContent> AttachmentContents => Set<AttachmentContent>();

    public DbSet<IdentifierDigest> IdentifierDigests => Set<IdentifierDigest>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ProviderSubject> ProviderSubjects => Set<ProviderSubject>();

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<UsedAssertion> UsedAssertions => Set<UsedAssertion>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<UnsafeAddress> UnsafeAddresses => Set<UnsafeAddress>();

    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    public DbSet<MailChoice> MailChoices => Set<MailChoice>();

    public DbSet<MailedUpTo> MailedUpTo => Set<MailedUpTo>();

    public DbSet<Restriction> Restrictions => Set<Restriction>();

    public DbSet<EmergencyAccess> EmergencyAccesses => Set<EmergencyAccess>();

    public DbSet<Appointment> Appointments => Set<Appointment>();

    public DbSet<AuthorityClocks> AuthorityClocks => Set<AuthorityClocks>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<Disclosure> Disclosures => Set<Disclosure>();

    public DbSet<WithheldDecision> WithheldDecisions => Set<WithheldDecision>();

    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    public DbSet<JournalTile> JournalTiles => Set<JournalTile>();

    public DbSet<JournalLength> JournalLengths => Set<JournalLength>();

    public DbSet<Checkpoint> Checkpoints => Set<Checkpoint>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    /// <summary>It is taken by one scope after another, and none of them ends it.</summary>
    internal bool OutlivesScopes { get; set; }

    internal bool HasFailed { get; set; }

    /// <summary>What is kept ready on its connection, when that stays open; null otherwise, and on SQL Server, which keeps plans itself.</summary>
    internal KeptStatements? Statements { get; set; }

    /// <summary>Set where all that is written is seen: in the write lane and beside it, on SQLite.</summary>
    public KeptFacts Facts { get; internal set; } = KeptFacts.None;

    /// <summary>Of one that outlived its scopes.</summary>
    internal void End()
    {
        OutlivesScopes = false;
        Statements?.Dispose();
        Dispose();
    }

    public override void Dispose()
    {
        if (!OutlivesScopes)
            base.Dispose();
    }

    public override ValueTask DisposeAsync() => OutlivesScopes ? ValueTask.CompletedTask : base.DisposeAsync();

    public void Append<T>(params IReadOnlyCollection<T> records)
        where T : class
    {
        if (Statements is { } kept && Database.CurrentTransaction?.GetDbTransaction() is SqliteTransaction transaction)
            kept.Append(Model.FindEntityType(typeof(T))!, records, transaction);
        else
            AddRange(records);
    }

    /// <summary>Saves, and adds one to the version of every shared thing that changed.</summary>
    /// <exception cref="StaleVersion">Somebody else saved a newer version since this context read it.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Looked for once; whoever asks for entries would look again each time.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var changed in ChangeTracker.Entries<IVersioned>().Where(e => e.State is EntityState.Modified))
        {
            var version = changed.Property(v => v.Version);
            version.CurrentValue = version.OriginalValue + 1;
        }

        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateConcurrencyException conflict) when (conflict.Entries is [{ Entity: IVersioned }, ..])
        {
            var stored = await conflict.Entries[0].GetDatabaseValuesAsync(cancellationToken);
            if (stored is null)
                throw new NotVisible();
            throw new StaleVersion(stored.GetValue<int>(nameof(IVersioned.Version)));
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Everything is saved asynchronously; a second way in would be a second place to bump versions.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Declare(configurationBuilder, Database.IsSqlite());

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict<Guid>();
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().HasIndex("AuthorizationId");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlanningContext).Assembly);
    }
}
