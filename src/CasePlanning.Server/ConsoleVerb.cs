using System.Diagnostics.CodeAnalysis;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Server;

/// <summary>
/// What whoever runs the server does at its console, on its database, whether or not it runs: one transaction with one journal
/// entry, and no way there over HTTP. Before the first administrator there is nobody to ask who is calling.
/// </summary>
/// <param name="Name">The two words it is asked for by.</param>
/// <param name="Options">What it takes, in the words of its usage: <c>--name NAME</c>, in brackets what it can do without.</param>
internal sealed record ConsoleVerb(string Name, string Options, Func<ConsoleCall, Task<ConsoleAct>> Do)
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private static readonly ConsoleVerb[] All = [.. AdminVerbs.All, .. AgencyVerbs.All, .. ClientVerbs.All];

    /// <summary>The first word said begins one of them.</summary>
    public static bool IsAsked(string[] args) => args is [var first, ..] && All.Any(v => v.IsOf(first));

    /// <summary>What is said to the host and not to the verb: settings have a colon in their name.</summary>
    public static string[] SettingsIn(string[] args) => [.. Split(args).Settings];

    /// <param name="prepareDatabase">What the server does at its start, so that it need not have started before.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, WebApplicationBuilder builder, Func<IServiceProvider, Task> prepareDatabase)
    {
        if (!Asked(args, out var verb, out var given))
        {
            await Console.Error.WriteLineAsync($"Usage:{string.Concat(All.Where(v => v.IsOf(args[0])).Select(v => $"\n  {$"{v.Name} {v.Options}".TrimEnd()}"))}");
            return WrongUsage;
        }

        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        try
        {
            await prepareDatabase(app.Services);
            var act = await app.Services.GetRequiredService<IWriteLane>().Run((services, cancellation) => verb.CarryOut(services, given, cancellation), CancellationToken.None);
            Console.WriteLine(act.Told);
            return 0;
        }
        catch (InvalidRequest invalid)
        {
            return await Complain(string.Join('\n', invalid.Members.Select(m => m.Message)));
        }
        catch (Exception refused) when (refused is ConsoleRefusal or BrokenRule or StoreUnavailable or IOException or UnauthorizedAccessException)
        {
            return await Complain(refused.Message);
        }
    }

    private async Task<ConsoleAct> CarryOut(IServiceProvider services, IReadOnlyDictionary<string, string> given, CancellationToken cancellation)
    {
        var (database, now) = (services.GetRequiredService<IPlanningDatabase>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var act = await Do(new ConsoleCall(services, database, given, now, cancellation));
        if (act.Name is { } name)
        {
            database.Journal.Add(new JournalEntry(
                Actor.AtTheConsole(act.AgencyId, Ids.New(now).ToString()),
                new Deed(name, Writes: true, PlanId: null, Part: null, PartId: null, act.ResultId), Verdict.Allowed, [], now));
            await database.SaveChangesAsync(cancellation);
        }

        return act;
    }

    private bool IsOf(string firstWord) => Name.Split(' ')[0] == firstWord;

    private static bool Asked(string[] args, [NotNullWhen(true)] out ConsoleVerb? verb, out IReadOnlyDictionary<string, string> given)
    {
        var (words, options, _) = Split(args);
        given = options;
        verb = All.FirstOrDefault(v => v.Name == string.Join(' ', words.Take(2)));
        if (verb is null || words.Count > 2)
            return false;
        var (needed, known) = (verb.OptionsNamed(inBrackets: false), verb.OptionsNamed(inBrackets: false).Concat(verb.OptionsNamed(inBrackets: true)).ToList());
        return needed.All(options.ContainsKey) && options.Keys.All(known.Contains);
    }

    /// <summary>The names in <c>--name NAME [--until DAY]</c>.</summary>
    private IEnumerable<string> OptionsNamed(bool inBrackets) => Options.Split(' ')
        .Where(word => word.StartsWith(inBrackets ? "[--" : "--", StringComparison.Ordinal)).Select(word => word.TrimStart('[', '-'));

    /// <summary>An option that is followed by another, or by nothing, says nothing more.</summary>
    public static (List<string> Words, Dictionary<string, string> Options, List<string> Settings) Split(string[] args)
    {
        var (words, options, settings) = (new List<string>(), new Dictionary<string, string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            var standsAlone = i == args.Length - 1 || args[i + 1].StartsWith("--", StringComparison.Ordinal);
            if (args[i] is not ['-', '-', .. var name])
                words.Add(args[i]);
            else if (name.Contains('=', StringComparison.Ordinal))
                settings.Add(args[i]);
            else if (name.Contains(':', StringComparison.Ordinal))
                settings.AddRange(standsAlone ? [args[i]] : [args[i], args[++i]]);
            else
                options[name] = standsAlone ? "" : args[++i];
        }

        return (words, options, settings);
    }

    private static async Task<int> Complain(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return Failed;
    }
}

/// <summary>A verb as it is carried out, within its transaction.</summary>
internal sealed record ConsoleCall(
    IServiceProvider Services, IPlanningDatabase Database, IReadOnlyDictionary<string, string> Given, DateTimeOffset Now, CancellationToken Cancellation)
{
    public string this[string option] => Given[option];

    public string? Optional(string option) => Given.GetValueOrDefault(option);
}

/// <summary>What came of a verb.</summary>
/// <param name="Told">What whoever asked is told, once it is committed.</param>
/// <param name="Name">What the journal calls it; null when it only read.</param>
internal sealed record ConsoleAct(string Told, string? Name = null, Guid? ResultId = null, Guid? AgencyId = null);

/// <summary>It cannot be done, for the reason that the message gives.</summary>
internal sealed class ConsoleRefusal(string sentence) : Exception(sentence);
