using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CasePlanning.Infrastructure.Telemetry;

/// <summary>What an operator wants to know of the way into the database, in numbers. Where nobody listens it costs nothing.</summary>
internal sealed class StoreMeasures
{
    /// <summary>Of the meter, and of the source of spans.</summary>
    public const string Name = "CasePlanning";

    private static readonly ActivitySource Spans = new(Name);

    private readonly Histogram<int> commands;
    private readonly Histogram<double> duration;

    public StoreMeasures(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        commands = meter.CreateHistogram("caseplanning.commit.commands", "{command}", "How many commands shared a commit.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });
        duration = meter.CreateHistogram("caseplanning.commit.duration", "s", "How long it took to carry them out and commit them.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
    }

    /// <summary>Says that a commit begins, of so many commands; it ends when what is returned is disposed of.</summary>
    public Commit Begin(int ofCommands) => new(this, ofCommands);

    internal sealed class Commit(StoreMeasures measures, int ofCommands) : IDisposable
    {
        private readonly Activity? span = Spans.StartActivity("commit");
        private readonly long since = Stopwatch.GetTimestamp();

        /// <summary>Until this is said, it failed.</summary>
        public bool WasKept { get; set; }

        public void Dispose()
        {
            var outcome = new KeyValuePair<string, object?>("outcome", WasKept ? "kept" : "failed");
            measures.commands.Record(ofCommands, outcome);
            measures.duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, outcome);
            span?.SetTag("commands", ofCommands).SetStatus(WasKept ? ActivityStatusCode.Ok : ActivityStatusCode.Error).Dispose();
        }
    }
}
