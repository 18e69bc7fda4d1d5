using System.Globalization;
using CasePlanning.Application.Ports;

namespace CasePlanning.Server;

/// <summary>
/// <c>backup create</c>, <c>backup verify</c> and <c>backup restore</c>: the copy from which an installation on SQLite can be whole
/// again. The first is taken beside a running server; the second needs nothing but the copy; the third needs that nothing runs.
/// </summary>
internal static class BackupVerb
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private const string Usage = """
        Usage:
          backup create DIRECTORY
          backup verify DIRECTORY [--key FILE]
          backup restore DIRECTORY [--key FILE] [--replace]
            DIRECTORY  the backup: for create one that is not there yet, on another disk
            --key      the public key that /.well-known/journal-key gave, kept elsewhere; otherwise the one in the backup is believed
            --replace  what is there now is set aside; otherwise a backup is restored only where nothing is
        """;

    public static bool IsAsked(string[] args) => args is ["backup", ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, IBackups backups)
    {
        var (words, options, _) = ConsoleVerb.Split(args);
        var (key, replaces) = (options.GetValueOrDefault("key"), options.ContainsKey("replace"));
        var asked = (words, options.Keys.Except(["key", "replace"]).Any()) is ([_, var verb, var place], false) && key is not "" && options.GetValueOrDefault("replace", "") is ""
            ? (verb, key, replaces) switch
            {
                ("create", null, false) => backups.Create(place, CancellationToken.None),
                ("verify", _, false) => backups.Verify(place, key, CancellationToken.None),
                ("restore", _, _) => backups.Restore(place, key, replaces, CancellationToken.None),
                _ => null,
            }
            : null;
        if (asked is null)
        {
            await Console.Error.WriteLineAsync(Usage);
            return WrongUsage;
        }

        try
        {
            Console.WriteLine(Told(words[1], await asked, key is not null));
            return 0;
        }
        catch (Exception refused) when (refused is BackupRefused or Application.Pipeline.StoreUnavailable or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Failed;
        }
    }

    private static string Told(string verb, BackupReport report, bool knewKey)
    {
        List<string[]> lines =
        [
            ["backup", report.Place],
            ["of", $"{Instant(report.At)}, by release {report.Release}"],
            ["schema", report.Schema],
            ["journal", report.SignedAt is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"{report.Entries} entries, the first {report.Signed} under the checkpoint of {Instant(at)}")
                : string.Create(CultureInfo.InvariantCulture, $"{report.Entries} entries, under no checkpoint yet")],
            ["files", string.Create(CultureInfo.InvariantCulture, $"{report.Parts}, of {report.Bytes} bytes")],
            ["key", report.KeyPrint],
        ];
        if (report.SetAside is { } aside)
            lines.Add(["set aside", $"{aside}  (remove it when you need it no more)"]);
        return $"{ConsoleText.Columns(lines)}\n{Verdict(verb, knewKey)}";
    }

    private static string Verdict(string verb, bool knewKey) => verb switch
    {
        "create" => "It was opened and is whole. Keep the certificate that its keys are under elsewhere: they open with nothing else.",
        "restore" => "It is restored. Before you let anybody in, read in deploy/backup.md what has to be done anew.",
        _ when knewKey => "Nothing in this backup was altered.",
        _ => "Nothing in this backup was altered, if the key in it is the right one: compare it with the one that you kept, or give that with --key.",
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
