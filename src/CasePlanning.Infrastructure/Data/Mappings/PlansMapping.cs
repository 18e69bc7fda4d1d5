using System.Text.Json;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CasePlanning.Infrastructure.Data.Mappings;

internal sealed class PlansMapping :
    IEntityTypeConfiguration<Framework>, IEntityTypeConfiguration<Plan>, IEntityTypeConfiguration<PlanMove>, IEntityTypeConfiguration<PlanCopy>,
    IEntityTypeConfiguration<Participant>,
    IEntityTypeConfiguration<PlanAction>, IEntityTypeConfiguration<ActionHolder>, IEntityTypeConfiguration<Handover>,
    IEntityTypeConfiguration<Target>, IEntityTypeConfiguration<Rewording>, IEntityTypeConfiguration<ProgressNote>
{
    // EF Core cannot yet put a JSON collection inside a type that is spread over columns (dotnet/efcore#36558), hence by hand.
    private static readonly ValueConverter<List<ChildIdentifier>, string> IdentifiersAsJson = new(
        identifiers => JsonSerializer.Serialize(identifiers, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<List<ChildIdentifier>>(json, JsonSerializerOptions.Default)!);

    private static readonly ValueComparer<List<ChildIdentifier>> SameIdentifiers = new(
        (one, other) => one!.SequenceEqual(other!), identifiers => identifiers.Count, identifiers => identifiers.ToList());

    public void Configure(EntityTypeBuilder<Framework> framework)
    {
        framework.HasKey(f => f.Code);
        framework.Property(f => f.Code).HasMaxLength(Framework.CodeLength);
        framework.Property(f => f.Name).HasMaxLength(Framework.NameLength);
        framework.Property(f => f.Authority).HasMaxLength(Agency.AuthorityLength);
        framework.ComplexCollection(f => f.Outcomes, outcome => outcome.ToJson());
    }

    public void Configure(EntityTypeBuilder<Plan> plan)
    {
        plan.Property(p => p.Framework).HasMaxLength(Framework.CodeLength);
        plan.Property(p => p.Authority).HasMaxLength(Agency.AuthorityLength);
        plan.ComplexProperty(p => p.Child, child =>
        {
            child.Property(c => c.GivenName).HasMaxLength(Child.NameLength);
            child.Property(c => c.FamilyName).HasMaxLength(Child.NameLength);
            child.Property(c => c.KnownAs).HasMaxLength(Child.NameLength);
            child.Property(c => c.Identifiers).HasConversion(IdentifiersAsJson, SameIdentifiers);
        });
        plan.HasOne<Framework>().WithMany().HasForeignKey(p => p.Framework);
        // The lead takes part in the plan and the plan names its lead: one of the two references must go without a constraint.
    }

    public void Configure(EntityTypeBuilder<PlanMove> move)
    {
        move.Property(m => m.From).HasMaxLength(Agency.AuthorityLength);
        move.Property(m => m.To).HasMaxLength(Agency.AuthorityLength);
        move.HasIndex(m => m.PlanId);
        move.HasOne<Plan>().WithMany().HasForeignKey(m => m.PlanId);
        move.HasOne<Participant>().WithMany().HasForeignKey(m => m.ById);
    }

    public void Configure(EntityTypeBuilder<PlanCopy> copy)
    {
        copy.Property(c => c.ChildName).HasMaxLength(Child.NameLength);
        copy.HasIndex(c => c.KeeperId);
        copy.HasOne<Plan>().WithMany().HasForeignKey(c => c.PlanId);
        copy.HasOne<PlanMove>().WithMany().HasForeignKey(c => c.MoveId);
        copy.HasOne<Person>().WithMany().HasForeignKey(c => c.KeeperId);
    }

    public void Configure(EntityTypeBuilder<Participant> participant)
    {
        participant.Property(p => p.Focus).HasMaxLength(Participant.FocusLength);
        participant.Property(p => p.BasisWhy).HasMaxLength(Participant.BasisWhyLength);
        participant.HasIndex(p => new { p.PlanId, p.PersonId });
        participant.HasIndex(p => p.PersonId);
        // For the feed of an agency's systems: whether it takes part in a plan, of which all that is asked is here, and what began or ended by itself.
        participant.HasIndex(p => new { p.PlanId, p.AgencyId, p.From, p.Until, p.Role });
        participant.HasIndex(p => new { p.AgencyId, p.From });
        participant.HasIndex(p => new { p.AgencyId, p.Until }).HasFilter("\"Until\" IS NOT NULL");
        participant.HasOne<Plan>().WithMany().HasForeignKey(p => p.PlanId);
        participant.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
        participant.HasOne<Agency>().WithMany().HasForeignKey(p => p.AgencyId);
        participant.HasOne<Participant>().WithMany().HasForeignKey(p => p.SpeaksForId);
        participant.HasOne<Participant>().WithMany().HasForeignKey(p => p.CoverId);
    }

    public void Configure(EntityTypeBuilder<PlanAction> action)
    {
        action.Property(a => a.Outcome).HasMaxLength(Framework.CodeLength);
        action.Property(a => a.What).HasMaxLength(FourFields.FieldLength);
        action.Property(a => a.How).HasMaxLength(FourFields.FieldLength);
        action.Property(a => a.Why).HasMaxLength(FourFields.FieldLength);
        action.Property(a => a.WhereNext).HasMaxLength(FourFields.FieldLength);
        action.Property(a => a.Result).HasMaxLength(PlanAction.ReasonLength);
        action.HasIndex(a => a.PlanId);
        action.HasOne<Plan>().WithMany().HasForeignKey(a => a.PlanId);
        action.HasOne<Decision>().WithMany().HasForeignKey(a => a.DecisionId);
        action.HasOne<Participant>().WithMany().HasForeignKey(a => a.AgreedById);
        action.HasMany(a => a.Holders).WithOne().HasForeignKey(h => h.ActionId);
        action.HasMany(a => a.Handovers).WithOne().HasForeignKey(h => h.ActionId);
    }

    public void Configure(EntityTypeBuilder<ActionHolder> holder)
    {
        holder.HasIndex(h => h.ActionId);
        holder.HasIndex(h => h.ParticipantId);
        holder.HasOne<Participant>().WithMany().HasForeignKey(h => h.ParticipantId);
    }

    public void Configure(EntityTypeBuilder<Handover> handover)
    {
        handover.Property(h => h.KeepDoing).HasMaxLength(Handover.KeepDoingLength);
        handover.Property(h => h.HandedBackWhy).HasMaxLength(Handover.ReasonLength);
        handover.HasIndex(h => h.ActionId);
        handover.HasIndex(h => h.To);
        // Holds no more than the offers that wait for an answer.
        handover.HasIndex(h => h.From).HasFilter("\"AcceptedAt\" IS NULL AND \"HandedBackAt\" IS NULL");
        handover.HasOne<Participant>().WithMany().HasForeignKey(h => h.From);
        handover.HasOne<Participant>().WithMany().HasForeignKey(h => h.To);
    }

    public void Configure(EntityTypeBuilder<Target> target)
    {
        target.Property(t => t.Outcome).HasMaxLength(Framework.CodeLength);
        target.Property(t => t.What).HasMaxLength(FourFields.FieldLength);
        target.Property(t => t.How).HasMaxLength(FourFields.FieldLength);
        target.Property(t => t.Why).HasMaxLength(FourFields.FieldLength);
        target.Property(t => t.WhereNext).HasMaxLength(FourFields.FieldLength);
        target.Property(t => t.Measure).HasMaxLength(Target.MeasureLength);
        target.HasIndex(t => t.PlanId);
        target.HasOne<Plan>().WithMany().HasForeignKey(t => t.PlanId);
        target.HasOne<Participant>().WithMany().HasForeignKey(t => t.SetById);
        target.HasMany(t => t.Rewordings).WithOne().HasForeignKey(r => r.TargetId);
        target.HasMany(t => t.Progress).WithOne().HasForeignKey(n => n.TargetId);
    }

    public void Configure(EntityTypeBuilder<Rewording> rewording)
    {
        rewording.Property(r => r.Before).HasMaxLength(FourFields.FieldLength);
        rewording.Property(r => r.Words).HasMaxLength(FourFields.FieldLength);
        rewording.HasIndex(r => r.TargetId);
        rewording.HasOne<Participant>().WithMany().HasForeignKey(r => r.ById);
        rewording.HasOne<Participant>().WithMany().HasForeignKey(r => r.ReplyById);
    }

    public void Configure(EntityTypeBuilder<ProgressNote> note)
    {
        note.Property(n => n.Words).HasMaxLength(ProgressNote.WordsLength);
        note.HasIndex(n => n.TargetId);
        note.HasOne<Participant>().WithMany().HasForeignKey(n => n.ById);
    }
}
