using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using SQLitePCL;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// Tells <see cref="KeptFacts"/> of what the write lane writes. SQLite itself names the table of each row that it changes, so that no way of
/// writing is overlooked; and whatever is not known to be of no fact counts.
/// </summary>
internal sealed class FactWrites(KeptFacts facts, WritesBeside beside)
{
    /// <summary>Written often, and no fact that is kept rests on it.</summary>
    private static readonly Type[] OfNoFact =
    [
        typeof(JournalEntry), typeof(JournalTile), typeof(JournalLength), typeof(Checkpoint), typeof(IdempotencyRecord), typeof(OutgoingMail),
        typeof(MailedUpTo), typeof(UsedAssertion), typeof(Contribution), typeof(ContributionVersion), typeof(Draft),
        typeof(OpenIddictEntityFrameworkCoreToken<Guid>), typeof(OpenIddictEntityFrameworkCoreAuthorization<Guid>),
    ];

    public void Watch(PlanningContext context)
    {
        context.Facts = facts;
        var ofNoFact = OfNoFact.Select(type => context.Model.FindEntityType(type)!.GetTableName()!).ToHashSet();
        raw.sqlite3_update_hook(
            ((SqliteConnection)context.Database.GetDbConnection()).Handle,
            (_, _, _, table, _) =>
            {
                if (!ofNoFact.Contains(table.utf8_to_string()))
                    facts.Writing();
            },
            v: null);
    }

    /// <summary>To be told when a commit has happened or failed.</summary>
    public void Committed()
    {
        facts.Written();
        beside.Tell();
    }
}
