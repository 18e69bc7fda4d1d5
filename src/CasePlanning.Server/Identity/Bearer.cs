using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Who calls with an access token. OpenIddict says so; what it found out about a token is not found out again for a minute, because
/// checking a signature costs more than many answers do. Whether what is behind the token still stands is asked each time.
/// </summary>
internal sealed class Bearer(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, SoundTokens sound, TokenStanding standing)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "bearer";

    private const string OpenIddict = OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme;
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers.Authorization is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : null;
        if (token is not null && sound.Find(token) is { } known && await standing.Fault(known, Context.RequestAborted) is null)
            return AuthenticateResult.Success(new AuthenticationTicket(known, Scheme.Name));
        await LetOpenIddictLook();
        var found = await Context.AuthenticateAsync(OpenIddict);
        if (token is not null && found.Succeeded)
            sound.Keep(token, found.Principal);
        return found;
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await LetOpenIddictLook();
        await Context.ChallengeAsync(OpenIddict, properties);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await LetOpenIddictLook();
        await Context.ForbidAsync(OpenIddict, properties);
    }

    /// <summary>It says nothing of a request that it has not looked at; and in the API it looks at none unless it is asked (<see cref="Schemes"/>).</summary>
    private async Task LetOpenIddictLook()
    {
        if (Context.Features.Get<OpenIddictValidationAspNetCoreFeature>() is null
            && await Context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(Context, OpenIddict) is IAuthenticationRequestHandler handler)
            await handler.HandleRequestAsync();
    }
}

/// <summary>Tokens that were found sound in the last minute, by their hash, and what they say.</summary>
internal sealed class SoundTokens(TimeProvider time) : IDisposable
{
    private const int Most = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly MemoryCache tokens = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <returns>Null when it is not known, or has expired.</returns>
    public ClaimsPrincipal? Find(string token)
    {
        var now = time.GetUtcNow();
        return tokens.TryGetValue(NameOf(token), out Found? found) && found!.At <= now && now < found.Until ? found.Principal : null;
    }

    /// <summary>Never beyond its own end; one that has none is not kept.</summary>
    public void Keep(string token, ClaimsPrincipal principal)
    {
        var now = time.GetUtcNow();
        if (principal.GetExpirationDate() is not { } end)
            return;
        var until = end < now + Longest ? end : now + Longest;
        tokens.Set(NameOf(token), new Found(principal, now, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Longest });
    }

    public void Dispose() => tokens.Dispose();

    private static string NameOf(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Found(ClaimsPrincipal Principal, DateTimeOffset At, DateTimeOffset Until);
}
