using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using OpenIddict.EntityFrameworkCore.Models;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// Which plans read differently after a commit. Whatever is not known to be shown in no reading counts as shown, and what cannot
/// be traced to a plan counts for all of them. A draft counts for its author alone, to whom it is work: of others it must not be known
/// that they write one.
/// </summary>
internal sealed class ShownChanges
{
    private const string PlanId = nameof(PlanId);

    /// <summary>Written often, and shown in no reading.</summary>
    private static readonly HashSet<Type> NotShown =
    [
        typeof(JournalEntry), typeof(JournalTile), typeof(JournalLength), typeof(Checkpoint), typeof(IdempotencyRecord), typeof(OutgoingMail),
        typeof(MailedUpTo), typeof(Account), typeof(UsedAssertion),
        typeof(OpenIddictEntityFrameworkCoreToken<Guid>), typeof(OpenIddictEntityFrameworkCoreAuthorization<Guid>),
    ];

    /// <summary>Plans, and participants of whom only what is their own has changed.</summary>
    private readonly HashSet<Guid> changed = [];

    /// <summary>What was appended with the plan it is of, by its id, so that its parts are known to be of that plan too.</summary>
    private readonly Dictionary<Guid, Guid> appended = [];

    private bool ofAll;

    /// <summary>To be asked before changes are saved, while it is known which they are.</summary>
    public void Note(DbContext context)
    {
        foreach (var entry in context.ChangeTracker.Entries().Where(e => e.State is not EntityState.Unchanged && !NotShown.Contains(e.Metadata.ClrType)))
        {
            if (ConcernedBy(entry, context) is { } concerned)
                changed.Add(concerned);
            else
                ofAll = true;
        }
    }

    /// <summary>Of a record that is appended, which no change tracker knows.</summary>
    public void Note(IEntityType type, object record)
    {
        if (NotShown.Contains(type.ClrType))
            return;
        if (ConcernedBy(type, record) is { } concerned)
            changed.Add(concerned);
        else
            ofAll = true;
    }

    public void TellTo(PlanChanges changes)
    {
        foreach (var id in changed)
            changes.Changed(id);
        if (ofAll)
            changes.EverythingChanged();
    }

    private Guid? ConcernedBy(IEntityType type, object record)
    {
        if (record is Draft draft)
            return draft.AuthorId;
        if (type.FindProperty(PlanId) is { } property)
        {
            var plan = Value(property) as Guid?;
            if (plan is { } known && type.FindPrimaryKey()?.Properties is [var key] && Value(key) is Guid id)
                appended[id] = known;
            return plan;
        }

        foreach (var toWhole in type.GetForeignKeys())
        {
            if (Value(toWhole.Properties[0]) is Guid whole && appended.TryGetValue(whole, out var plan))
                return plan;
        }

        return null;

        object? Value(IProperty of) => of.GetGetter().GetClrValue(record);
    }

    private static Guid? ConcernedBy(EntityEntry entry, DbContext context)
    {
        if (entry.Entity is Draft draft)
            return draft.AuthorId;
        if (entry.Entity is Plan plan)
            return plan.Id;
        if (entry.Metadata.FindProperty(PlanId) is { } property)
            return entry.Property(property).CurrentValue as Guid?;
        // A part of something, as a version is of a contribution: the whole is at hand whenever a part is written.
        foreach (var toWhole in entry.Metadata.GetForeignKeys().Where(key => key.PrincipalEntityType.FindProperty(PlanId) is not null))
        {
            var id = entry.Property(toWhole.Properties[0]).CurrentValue;
            var whole = context.ChangeTracker.Entries().FirstOrDefault(e =>
                e.Metadata == toWhole.PrincipalEntityType && Equals(e.Property(toWhole.PrincipalKey.Properties[0]).CurrentValue, id));
            if (whole is not null)
                return whole.Property(PlanId).CurrentValue as Guid?;
        }

        return null;
    }
}
