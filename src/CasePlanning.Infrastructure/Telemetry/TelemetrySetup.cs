using System.Reflection;
using CasePlanning.Application;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CasePlanning.Infrastructure.Telemetry;

/// <summary>
/// Traces and metrics, sent by OTLP to whoever the operator names, and to nobody otherwise: then nothing of this is even there.
/// What is sent is chosen by a list of what may be, so that nothing which a package adds one day can tell of anybody.
/// </summary>
internal static class TelemetrySetup
{
    private const string Setting = "Telemetry:Otlp:Endpoint";

    /// <summary>What every OTLP exporter goes by, with its protocol, headers and sampler beside it.</summary>
    private const string StandardSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A collector that does not answer must not hold up the end of the host.</summary>
    private const int LongestExport = 2000;

    private static readonly string[] MetricTags =
        ["http.route", "http.request.method", "http.response.status_code", "url.scheme", "network.protocol.version", "error.type", "outcome"];

    /// <exception cref="StartRefused">The endpoint is no address.</exception>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StoreMeasures>();
        var (setting, endpoint) = builder.Configuration[Setting] is { Length: > 0 } own ? (Setting, own) : (StandardSetting, builder.Configuration[StandardSetting]);
        if (string.IsNullOrEmpty(endpoint))
            return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw StartRefused.Setting(setting, "must be an http or https address");
        builder.Configuration[StandardSetting] = endpoint;
        if (builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"] is null)
            builder.Services.Configure<OtlpExporterOptions>(options => options.TimeoutMilliseconds = LongestExport);

        builder.Services.AddHostedService<WaitingCounts>();
        var release = typeof(TelemetrySetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("CasePlanning", serviceVersion: release))
            .WithTracing(traces => traces
                .AddSource(StoreMeasures.Name)
                .AddAspNetCoreInstrumentation()
                .AddProcessor(new BareSpans())
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(StoreMeasures.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime")
                .AddView(instrument => instrument.Meter.Name == "System.Runtime" ? null : new MetricStreamConfiguration { TagKeys = MetricTags })
                .AddOtlpExporter());
    }
}
