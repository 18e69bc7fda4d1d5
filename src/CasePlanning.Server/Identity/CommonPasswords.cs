using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Refuses passwords that others guess first. Built in are the words that the commonest passwords are made of, in any spelling
/// that people use to satisfy a rule (a capital, digits at an end, 0 for o), runs of keys, repetitions, and one's own name or
/// address. The list of passwords known from breaches is not part of the product: the setting <c>Identity:BreachedPasswords</c>
/// names a file of SHA-1 hashes in order, one a line, as Have I Been Pwned gives it for download.
/// </summary>
internal sealed partial class CommonPasswords(IPlanningDatabase database, IConfiguration configuration) : IPasswordValidator<Account>
{
    public const string FileSetting = "Identity:BreachedPasswords";
    private const int LeastLeft = 6;
    private const int LeastDistinct = 5;
    private const int MostCharacters = 200;

    private const string Sentence =
        "Choose a password that is harder to guess. Three or four words that have nothing to do with each other are good.";

    /// <summary>Whatever is left when these are taken away must be long enough by itself.</summary>
    private static readonly string[] Words =
    [
        "password", "passwort", "passwd", "passphrase", "welcome", "letmein", "iloveyou", "loveyou", "princess", "sunshine", "football",
        "baseball", "superman", "batman", "dragon", "monkey", "master", "shadow", "michael", "jordan", "charlie", "liverpool", "arsenal",
        "chelsea", "rangers", "celtic", "everton", "newcastle", "tottenham", "united", "manchester", "london", "england", "scotland", "wales",
        "summer", "winter", "spring", "autumn", "january", "february", "march", "april", "june", "july", "august", "september", "october",
        "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "qwerty", "qwertyuiop",
        "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "1q2w3e4r", "1qaz2wsx", "qazwsx", "abcdefghijklmnopqrstuvwxyz", "abcdef", "abc123",
        "0123456789", "1234567890", "123456", "12345", "1234", "987654321", "admin", "administrator", "login", "secret", "changeme",
        "default", "guest", "computer", "internet", "school", "teacher", "social", "worker", "council", "caseplanning", "trustno1", "starwars",
        "pokemon", "whatever", "hello", "freedom", "angel", "babygirl", "lovely", "cheese", "chocolate", "banana", "pepper", "ginger", "tigger",
        "buster", "killer", "hunter", "ranger", "access", "flower", "jennifer", "jessica", "daniel", "thomas", "matthew", "ashley", "nicole",
    ];

    public async Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var given = password ?? "";
        // Identity's own rule of twelve characters speaks first; more than this is an attempt to keep the host busy.
        var isRefused = given.Length > MostCharacters || IsGuessable(given, await OwnWords(user.Id)) || IsBreached(given);
        return isRefused ? IdentityResult.Failed(new IdentityError { Code = "common", Description = Sentence }) : IdentityResult.Success;
    }

    /// <summary>Whether too little is left of a password, in either spelling, when the words that everybody knows are taken away.</summary>
    internal static bool IsGuessable(string password, IEnumerable<string> ownWords)
    {
        string[] known = [.. Words.Concat(ownWords).Select(w => w.ToLowerInvariant()).Where(w => w.Length > 3).OrderByDescending(w => w.Length)];
        return new[] { password.ToLowerInvariant(), Letters(password) }.Any(spelling =>
        {
            var left = known.Aggregate(spelling, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
            left = Repeated().Replace(left, "$1");
            return left.Length < LeastLeft || left.Distinct().Count() < LeastDistinct;
        });
    }

    private async Task<IEnumerable<string>> OwnWords(Guid personId)
    {
        var own = await database.Persons.Where(p => p.Id == personId).Select(p => new { p.Name, p.Email }).SingleOrDefaultAsync();
        return $"{own?.Name} {own?.Email}".Split([' ', '.', '@', '-'], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Looks the hash up by halving the file, which is some forty gigabytes and in order.</summary>
    private bool IsBreached(string password)
    {
        if (configuration[FileSetting] is not { Length: > 0 } path)
            return false;
        // The list is made of SHA-1 hashes; nothing is protected by them.
#pragma warning disable CA5350
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var file = File.OpenRead(path);
        var (low, high) = (0L, file.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (line, next) = LineAfter(file, middle);
            var order = line is null ? 1 : string.Compare(line.Split(':')[0], hash, StringComparison.OrdinalIgnoreCase);
            if (order == 0)
                return true;
            if (order < 0)
                low = next;
            else
                high = middle;
        }

        return false;
    }

    /// <summary>The first line that begins at or after a place, and where the one after it begins.</summary>
    private static (string? Line, long Next) LineAfter(FileStream file, long place)
    {
        file.Position = Math.Max(place - 1, 0);
        if (place > 0)
            SkipLine(file);
        var line = new StringBuilder();
        for (var c = file.ReadByte(); c is not (-1 or '\n'); c = file.ReadByte())
            line.Append((char)c);
        return (line.Length == 0 ? null : line.ToString().Trim(), file.Position);
    }

    private static void SkipLine(FileStream file)
    {
        for (var c = file.ReadByte(); c is not (-1 or '\n'); c = file.ReadByte())
        {
        }
    }

    private static string Letters(string text) => text.ToLowerInvariant()
        .Replace('0', 'o').Replace('3', 'e').Replace('@', 'a').Replace('$', 's').Replace('!', 'i').Replace('5', 's').Replace('1', 'i').Replace('4', 'a');

    [GeneratedRegex(@"(.{1,6}?)\1+")]
    private static partial Regex Repeated();
}
