using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// Numbers many entries in one statement, which LINQ has no words for. It is said as both databases understand it, so that there is
/// no second one to keep like the first.
/// </summary>
internal static class JournalNumbers
{
    /// <summary>An entry keeps the number it has; those that wait get the next ones, in the order in which they came in.</summary>
    public const string Statement =
        """
        UPDATE "Journal" SET "Sequence" = {0} + waiting."Place" - 1
        FROM (SELECT "Id", ROW_NUMBER() OVER (ORDER BY "At", "Id") AS "Place" FROM "Journal" WHERE "Sequence" IS NULL) AS waiting
        WHERE "Journal"."Id" = waiting."Id" AND "Journal"."Sequence" IS NULL AND waiting."Place" <= {1};
        """;

    /// <param name="first">The first number that nothing has.</param>
    /// <returns>How many got a number.</returns>
    public static Task<int> Give(PlanningContext database, long first, int atMost, CancellationToken cancellation) =>
        database.Database.ExecuteSqlRawAsync(Statement, [first, atMost], cancellation);
}
