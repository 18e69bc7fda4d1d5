using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Identity;

/// <summary>Counts every request against whoever sent it.</summary>
internal static class CountedCallers
{
    private static readonly PathString TokenPath = $"/{TokenEndpoint.Path}";
    private static readonly PathString SignInPath = SignInAddresses.Start;

    /// <summary>Before anybody is looked up: what is tried in order to be let in, by the address it comes from.</summary>
    public static Task AtTheDoor(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            if (context.Request.Path == TokenPath)
                Limits(context).Count(context, [(Limit.Token, AddressOf(context))]);
            else if (context.Request.Path.StartsWithSegments(SignInPath))
                Limits(context).Count(context, [(Limit.SignIn, AddressOf(context))]);
        }

        return next(context);
    }

    /// <summary>Once it is known who calls: by person or system and by agency, or by address when nobody is signed in.</summary>
    public static async Task Inside(HttpContext context, RequestDelegate next)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (route?.GetMetadata<NotLimited>() is null && route?.GetMetadata<StaticAssetDescriptor>() is null)
            Limits(context).Count(context, [.. Counted(context, await Who(context), route?.GetMetadata<LimitedAs>()?.Limit)]);
        await next(context);
    }

    private static IEnumerable<(Limit, string)> Counted(HttpContext context, ClaimsPrincipal? who, Limit? besides)
    {
        if (who?.GetClaim(Claims.Subject) is not { Length: > 0 } subject)
        {
            yield return (Limit.Anonymous, AddressOf(context));
            yield break;
        }

        if (besides is { } limit)
            yield return (limit, subject);
        yield return (subject == who.GetClaim(Claims.ClientId) ? Limit.Client : Limit.Person, subject);
        if (context.RequestServices.GetRequiredService<CallersAgency>().Id is { } agency)
            yield return (Limit.Agency, agency.ToString());
    }

    /// <summary>By token, or by the cookie of the pages; it is the same person.</summary>
    private static async Task<ClaimsPrincipal?> Who(HttpContext context) =>
        context.User.Identity?.IsAuthenticated is true ? context.User
        : context.Request.Headers.Cookie.Count == 0 ? null
        : (await context.AuthenticateAsync(SignInCookies.SignedIn)).Principal;

    /// <summary>Of the newer addresses everybody has billions; the first half is whose they are.</summary>
    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "this machine";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString()
            : address.ToString();
    }

    private static RateLimits Limits(HttpContext context) => context.RequestServices.GetRequiredService<RateLimits>();
}
