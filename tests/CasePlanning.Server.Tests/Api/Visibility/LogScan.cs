using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using CasePlanning.Server.Development;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// Looks at every line that is logged, with all values and scopes that belong to it, for what no log may hold: what people
/// wrote, their names, addresses and numbers, and tokens.
/// </summary>
internal sealed class LogScan : ILoggerProvider
{
    /// <summary>Canaries, numbers of other systems, tokens, e-mail addresses, and each name of everybody in the scene.</summary>
    private static readonly Regex Personal = new(
        $@"zq[0-9a-f]{{32}}|UPN[0-9a-f]{{32}}|\beyJ[\w-]{{10,}}|@demo\.example|\b({string.Join('|', WholeTeam.Names.SelectMany(name => name.Split(' ')).Distinct())})\b",
        RegexOptions.IgnoreCase | RegexOptions.Compiled | RegexOptions.CultureInvariant);

    private readonly ConcurrentQueue<string> offending = [];
    private readonly ConcurrentDictionary<LogLevel, int> lines = new();

    public int Lines => lines.Values.Sum();

    public int LinesAtDebug => lines.GetValueOrDefault(LogLevel.Debug);

    /// <summary>The lines that hold something that they may not.</summary>
    public IEnumerable<string> Offending => offending;

    /// <summary>The welcome tells developers whom they can be; it is in no build that serves real people, which a test of its own holds.</summary>
    public ILogger CreateLogger(string categoryName) =>
        categoryName == typeof(Welcome).FullName ? NullLogger.Instance : new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Look(string text)
    {
        if (Personal.IsMatch(text))
            offending.Enqueue(text);
    }

    private sealed class Logger(LogScan scan, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            scan.Look($"{category}, scope: {ValuesOf(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            scan.lines.AddOrUpdate(logLevel, 1, (_, count) => count + 1);
            scan.Look($"{category}: {formatter(state, exception)} {ValuesOf(state)} {exception}");
        }

        /// <summary>A log that keeps its values apart keeps also those which the sentence leaves out.</summary>
        private static string ValuesOf<TState>(TState state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> values)
                return state?.ToString() ?? "";
            var text = new StringBuilder();
            foreach (var (name, value) in values)
                text.Append(name).Append('=').Append(value).Append(' ');
            return text.ToString();
        }
    }
}
