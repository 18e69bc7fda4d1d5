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
/// Tells <see cref="KeptAccess"/> of what the write lane writes. SQLite itself names the table of each row that it changes, so that no way of
/// writing is overlooked; and whatever is not known to bear on nobody's access counts.
/// </summary>
internal sealed class AccessWrites(KeptAccess kept, WritesBeside beside)
{
    /// <summary>Written often, and nobody's sign-in, client or participation rests on it.</summary>
    private static readonly Type[] OfNoAccess =
    [
        typeof(JournalEntry), typeof(JournalTile), typeof(JournalLength), typeof(Checkpoint), typeof(IdempotencyRecord), typeof(OutgoingMail),
        typeof(MailedUpTo), typeof(UsedAssertion), typeof(Contribution), typeof(ContributionVersion), typeof(Draft),
        typeof(OpenIddictEntityFrameworkCoreToken<Guid>), typeof(OpenIddictEntityFrameworkCoreAuthorization<Guid>),
    ];

    public void Watch(PlanningContext context)
    {
        var ofNoAccess = OfNoAccess.Select(type => context.Model.FindEntityType(type)!.GetTableName()!).ToHashSet();
        raw.sqlite3_update_hook(
            ((SqliteConnection)context.Database.GetDbConnection()).Handle,
            (_, _, _, table, _) =>
            {
                if (!ofNoAccess.Contains(table.utf8_to_string()))
                    kept.Writing();
            },
            v: null);
    }

    public void Committed()
    {
        kept.Written();
        beside.Tell();
    }
}
