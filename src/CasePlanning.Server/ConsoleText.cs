using System.Globalization;
using System.Text.Json;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server;

/// <summary>What is read from and written to a console.</summary>
internal static class ConsoleText
{
    /// <summary>Lines of columns, each as wide as its widest.</summary>
    public static string Columns(IEnumerable<string[]> lines)
    {
        var all = lines.ToList();
        var widths = all.Count == 0 ? [] : Enumerable.Range(0, all[0].Length).Select(column => all.Max(line => line[column].Length)).ToArray();
        return string.Join('\n', all.Select(line => string.Join("  ", line.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd()));
    }

    /// <summary><c>LocalAuthority</c> is said <c>local-authority</c>.</summary>
    public static string Of(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static T Choice<T>(string option, string said) where T : struct, Enum =>
        Enum.GetValues<T>().Select(v => (T?)v).FirstOrDefault(v => Of(v!.Value) == said)
        ?? throw new ConsoleRefusal($"--{option} is one of: {string.Join(", ", Enum.GetValues<T>().Select(v => Of(v)))}.");

    public static DateTimeOffset Day(string option, string said) =>
        DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : throw new ConsoleRefusal($"--{option} takes a day, like 2027-07-31.");

    public static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>By its id, or by its name when only one has that.</summary>
    public static async Task<Agency> Agency(IPlanningDatabase database, string said, CancellationToken cancellation)
    {
        var isId = Guid.TryParse(said, out var id);
        return await database.Agencies.Where(a => isId ? a.Id == id : a.Name == said).Take(2).ToListAsync(cancellation) switch
        {
            [var one] => one,
            [] => throw new ConsoleRefusal("There is no such agency. 'agency list' shows those that there are."),
            _ => throw new ConsoleRefusal("Several agencies have this name. Give the id of one, which 'agency list' shows."),
        };
    }

    /// <summary>The same rules as for what comes over HTTP.</summary>
    public static T Valid<T>(this IValidator<T> validator, T value)
    {
        var result = validator.Validate(value);
        return result.IsValid ? value : throw new InvalidRequest(
            [.. result.Errors.Select(e => new InvalidMember(e.PropertyName, e.ErrorCode, $"{e.PropertyName}: {e.ErrorMessage}"))]);
    }
}
