using System.Security.Cryptography;
using System.Text;
using CasePlanning.Domain.Journal;

namespace CasePlanning.Server;

/// <summary>
/// <c>audit verify FILE --key FILE</c>: checks an exported journal with nothing but the file and the public key. It opens no
/// database, so it can be run by whoever does not trust the one it came from.
/// </summary>
internal static class AuditVerb
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private const string Usage = """
        Usage: audit verify FILE --key FILE [--checkpoints FILE] [--receipt HASH]...
          FILE           the lines of GET /api/v1/audit/export
          --key          the public key, from /.well-known/journal-key
          --checkpoints  checkpoints that were kept elsewhere, a line each: shows whether the end was cut off
          --receipt      the Journal-Receipt of a write that must be in it
        """;

    public static bool IsAsked(string[] args) => args is ["audit", ..];

    /// <returns>The exit code: 0 when nothing is wrong.</returns>
    public static int Run(string[] args)
    {
        if (args is not ["audit", "verify", var file, .. var options] || Options(options) is not var (key, checkpoints, receipts) || key is null)
        {
            Console.Error.WriteLine(Usage);
            return WrongUsage;
        }

        try
        {
            using var publicKey = ECDsa.Create();
            publicKey.ImportFromPem(File.ReadAllText(key));
            var kept = checkpoints is null ? [] : File.ReadLines(checkpoints);
            var fault = JournalFile.Verify(File.ReadLines(file),
                (text, signature) => publicKey.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256), kept, receipts);
            Console.WriteLine(fault ?? "Nothing in this journal was altered.");
            return fault is null ? 0 : Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            Console.Error.WriteLine($"It cannot be verified: {failure.Message}");
            return WrongUsage;
        }
    }

    private static (string? Key, string? Checkpoints, List<string> Receipts)? Options(string[] options)
    {
        var (key, checkpoints, receipts) = ((string?)null, (string?)null, new List<string>());
        for (var i = 0; i < options.Length; i += 2)
        {
            switch (options[i..])
            {
                case ["--key", var path, ..]:
                    key = path;
                    break;
                case ["--checkpoints", var path, ..]:
                    checkpoints = path;
                    break;
                case ["--receipt", var hash, ..]:
                    receipts.Add(hash);
                    break;
                default:
                    return null;
            }
        }

        return (key, checkpoints, receipts);
    }
}
