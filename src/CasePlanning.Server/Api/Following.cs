using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using CasePlanning.Application.Feed;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>Where to begin to follow.</summary>
public enum FeedStart
{
    Beginning,
    Now,
}

/// <param name="Cursor">Where to go on: the <c>next</c> of the answer before.</param>
/// <param name="From">Without a cursor: whether to begin with the first change there was, or with what happens from now on.</param>
/// <param name="Limit">How many items to give at most, from 1 to 200.</param>
public sealed record FollowParameters(string? Cursor = null, FeedStart From = FeedStart.Beginning, int Limit = Paging.MostItems);

/// <summary>On a route whose answer can wait until there is something to tell.</summary>
public sealed record CanWait;

/// <summary>
/// Somebody who follows the feed, as a parameter of its route. They may ask it to wait for news (<c>Prefer: wait</c>, RFC 7240); while
/// they wait they hold nothing but their connection, and are asked about again twice a second, as if they had just come: whoever may not
/// follow any more hears it then.
/// </summary>
public sealed class Following : IBindableFromHttpContext<Following>, IEndpointParameterMetadataProvider
{
    private const int LongestWait = 25;
    private const string Preference = "wait";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HttpContext context;
    private readonly FollowParameters asked;
    private readonly string? place;
    private readonly int? wait;
    private AsyncServiceScope? scope;

    private Following(HttpContext context, FollowParameters asked)
    {
        (this.context, this.asked) = (context, asked);
        place = asked.Cursor is null ? null : Cursors.Open(context, asked.Cursor, byFilters: false);
        wait = WaitIn(context.Request.Headers["Prefer"]);
    }

    public static ValueTask<Following?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var asked = QueryString.Read<FollowParameters>(context.Request);
        if (asked.Limit is < 1 or > Paging.MostItems)
        {
            throw RequestRefused.At(ProblemTypes.BadParameter, "limit", "out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"This must be between 1 and {Paging.MostItems}."));
        }

        if (asked.Cursor is not null && context.Request.Query.ContainsKey("from"))
            throw RequestRefused.At(ProblemTypes.BadParameter, "from", "not-with-cursor", "A cursor says already where to go on.");
        return new(new Following(context, asked));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var members = JsonShape.Of(typeof(FollowParameters)).Members;
        builder.Metadata.Add(new QueryParameter(members["cursor"]));
        builder.Metadata.Add(new QueryParameter(members["from"]));
        builder.Metadata.Add(new QueryParameter(members["limit"]) { Least = 1, Most = Paging.MostItems });
        builder.Metadata.Add(new CanWait());
    }

    /// <summary>200 with what is new since the cursor, or with nothing once the wait is over; 304 when the caller has that already.</summary>
    /// <param name="shown">The feed as it goes over the wire, with the cursor to go on with.</param>
    public async Task<IResult> Answer<T>(Func<EventFeed, string, T> shown)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        if (wait is not null)
            context.Response.Headers["Preference-Applied"] = $"{Preference}={wait}";

        var began = time.GetTimestamp();
        for (var at = place; ;)
        {
            var request = new FollowChanges(at, at is null && asked.From is FeedStart.Now, asked.Limit);
            var feed = await context.RequestServices.GetRequiredService<IMediator>().Send(request, context.RequestAborted);
            var isOver = wait is null || stopping.IsCancellationRequested || time.GetElapsedTime(began) >= TimeSpan.FromSeconds(wait.Value);
            if (feed.Items.Count > 0 || !feed.CaughtUp || isOver)
                return await Shown(feed, shown, context.RequestServices.GetRequiredService<Looks>());
            at = feed.Next;
            await LetGo();
            await Rest(stopping);
        }
    }

    /// <summary>
    /// What the request has looked up is as old as the request, and the connection that it read with is for others meanwhile. Whatever is
    /// asked next begins in a scope of its own.
    /// </summary>
    private async Task LetGo()
    {
        var next = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        if (scope is { } last)
            await last.DisposeAsync();
        else if (context.Features.Get<IServiceProvidersFeature>() is IAsyncDisposable first)
            await first.DisposeAsync();
        scope = next;
        context.Response.RegisterForDisposeAsync(next);
        context.RequestServices = next.ServiceProvider;
    }

    private async Task<IResult> Shown<T>(EventFeed feed, Func<EventFeed, string, T> shown, Looks looks)
    {
        var tag = TagOf(feed);
        if (feed.Items.Count == 0)
            context.Features.Set(new NoNews());
        if (ETags.IsKnownTo(context.Request, tag))
            return new Representation([], [], tag).NotModified();
        var next = Cursors.Seal(context, feed.Next, byFilters: false);
        var body = Json.Bytes(shown(feed, next));
        var digest = SHA256.HashData(body);
        context.RequestServices.GetService<IReadConnection>()?.GiveBack();
        // Whoever was told of nothing has looked at nobody.
        if (feed.Items.Count > 0)
            await looks.Record(digest, context.RequestAborted);
        return new Representation(body, digest, tag) { Link = $"<{AddressOf(next)}>; rel=\"next\"" };
    }

    /// <summary>Of what it tells of, and not of its cursor, which differs each time though nothing has happened.</summary>
    private static EntityTagHeaderValue TagOf(EventFeed feed)
    {
        var told = new byte[(feed.Items.Count * 17) + 1];
        told[^1] = feed.CaughtUp ? (byte)1 : (byte)0;
        for (var i = 0; i < feed.Items.Count; i++)
        {
            feed.Items[i].Id.TryWriteBytes(told.AsSpan(i * 17));
            told[(i * 17) + 16] = (byte)feed.Items[i].Type;
        }

        return new EntityTagHeaderValue(ETags.Of(told).Tag, isWeak: true);
    }

    private string AddressOf(string next) => QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path, new Dictionary<string, string?>
    {
        ["cursor"] = next,
        ["limit"] = asked.Limit.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Until it is worth asking again, or the host stops; whoever hangs up is not answered.</summary>
    private async Task Rest(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        try
        {
            await Task.Delay(Pause, either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is answered with what there is.
        }
    }

    /// <returns>How many seconds; null where the caller wants no wait, or does not say it so that it can be understood, which is no fault.</returns>
    private static int? WaitIn(IEnumerable<string?> preferences)
    {
        foreach (var preference in preferences.SelectMany(p => (p ?? "").Split(',')))
        {
            if (preference.Split(';')[0].Split('=') is [var name, var value] && name.Trim().Equals(Preference, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
                return Math.Min(seconds, LongestWait);
        }

        return null;
    }
}
