using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Ports;

/// <summary>
/// The stored things, as sets to query and to add to. No repositories over these: a use case asks exactly what it needs, and the
/// sets are already the port (DECISIONS.md). Use cases never save; the pipeline does, once.
/// </summary>
public interface IPlanningDatabase
{
    DbSet<Agency> Agencies { get; }

    DbSet<Person> Persons { get; }

    DbSet<ExpertiseEntry> Expertise { get; }

    DbSet<ExpertiseWord> ExpertiseWords { get; }

    DbSet<Framework> Frameworks { get; }

    DbSet<Plan> Plans { get; }

    DbSet<PlanMove> PlanMoves { get; }

    DbSet<PlanCopy> PlanCopies { get; }

    DbSet<Participant> Participants { get; }

    DbSet<PlanAction> Actions { get; }

    DbSet<ActionHolder> ActionHolders { get; }

    DbSet<Handover> Handovers { get; }

    DbSet<Target> Targets { get; }

    DbSet<Rewording> Rewordings { get; }

    DbSet<ProgressNote> ProgressNotes { get; }

    DbSet<Review> Reviews { get; }

    DbSet<Voice> Voices { get; }

    DbSet<Decision> Decisions { get; }

    DbSet<DecisionWording> DecisionWordings { get; }

    DbSet<DecisionResponse> DecisionResponses { get; }

    DbSet<Recheck> Rechecks { get; }

    DbSet<CarriedForward> CarriedForward { get; }

    DbSet<Addendum> Addenda { get; }

    /// <summary>Read only through <see cref="ContributionVisibility"/>; a test holds every use case to it.</summary>
    DbSet<Contribution> Contributions { get; }

    DbSet<ContributionVersion> ContributionVersions { get; }

    DbSet<Response> Responses { get; }

    DbSet<Question> Questions { get; }

    DbSet<Answer> Answers { get; }

    DbSet<Draft> Drafts { get; }

    DbSet<Attachment> Attachments { get; }

    /// <summary>Up to 10 MiB a row: never selected but to be sent.</summary>
    DbSet<AttachmentContent> AttachmentContents { get; }

    DbSet<IdentifierDigest> IdentifierDigests { get; }

    DbSet<Account> Accounts { get; }

    DbSet<ProviderSubject> ProviderSubjects { get; }

    DbSet<Client> Clients { get; }

    DbSet<UsedAssertion> UsedAssertions { get; }

    DbSet<Invitation> Invitations { get; }

    DbSet<UnsafeAddress> UnsafeAddresses { get; }

    DbSet<OutgoingMail> OutgoingMails { get; }

    DbSet<MailChoice> MailChoices { get; }

    DbSet<MailedUpTo> MailedUpTo { get; }

    DbSet<Restriction> Restrictions { get; }

    DbSet<EmergencyAccess> EmergencyAccesses { get; }

    DbSet<Appointment> Appointments { get; }

    DbSet<AuthorityClocks> AuthorityClocks { get; }

    /// <summary>Like the two sets after it: read through <see cref="SharingVisibility"/>.</summary>
    DbSet<Consent> Consents { get; }

    DbSet<Disclosure> Disclosures { get; }

    DbSet<WithheldDecision> WithheldDecisions { get; }

    /// <summary>Only ever added to.</summary>
    DbSet<JournalEntry> Journal { get; }

    DbSet<JournalTile> JournalTiles { get; }

    DbSet<JournalLength> JournalLengths { get; }

    DbSet<Checkpoint> Checkpoints { get; }

    DbSet<IdempotencyRecord> IdempotencyRecords { get; }

    /// <summary>What it said last of what hardly ever changes.</summary>
    KeptFacts Facts { get; }

    /// <summary>
    /// Adds what the command changes no more, a whole before its parts, without keeping track of it. It is there at the latest once
    /// everything else is saved.
    /// </summary>
    void Append<T>(params IReadOnlyCollection<T> records)
        where T : class;

    Task<int> SaveChangesAsync(CancellationToken cancellationToken);
}
