using System.Diagnostics;
using OpenTelemetry;

namespace CasePlanning.Infrastructure.Telemetry;

/// <summary>
/// Takes from each span, before it goes to the exporter, all that is not on a short list: addresses hold ids of plans and
/// people, and a caller's headers hold whatever the caller likes.
/// </summary>
internal sealed class BareSpans : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Allowed =
        ["http.request.method", "http.route", "http.response.status_code", "url.scheme", "network.protocol.version", "error.type", "commands"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Allowed.Contains(tag.Key)).ToList())
            data.SetTag(tag.Key, null);
        if (data.Kind is ActivityKind.Server)
            data.DisplayName = data.GetTagItem("http.route") is string route ? $"{data.GetTagItem("http.request.method")} {route}" : $"{data.GetTagItem("http.request.method")}";
        // Of a failure, its kind is among the tags; its description may repeat a value.
        data.SetStatus(data.Status);
        data.TraceStateString = null;
        // Events and links cannot be taken away again. None is expected, and a span that has one is not sent.
        if (data.Events.Any() || data.Links.Any())
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
