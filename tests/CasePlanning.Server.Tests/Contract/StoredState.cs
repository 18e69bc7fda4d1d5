using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>A fingerprint of every row of every table, by which a test sees that nothing was written.</summary>
internal static class StoredState
{
    /// <summary>Tables that tell what was asked, which a refusal is too.</summary>
    private static readonly string[] OfTheJournal = ["Journal", "JournalTiles", "JournalLengths", "Checkpoints"];

    public static async Task<string> Of(PlanningHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<PlanningContext>();
        await context.Database.OpenConnectionAsync();
        var prints = new StringBuilder();
        foreach (var table in context.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct().Except(OfTheJournal).Order(StringComparer.Ordinal))
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The name is of our own model.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            var values = new List<string>();
            while (await rows.ReadAsync())
                values.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => ValueOf(rows.GetValue(column)))));
            var all = string.Join('\n', values.Order(StringComparer.Ordinal));
            prints.Append(CultureInfo.InvariantCulture, $"{table}: {values.Count} rows {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))}\n");
        }

        return prints.ToString();
    }

    private static string? ValueOf(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
