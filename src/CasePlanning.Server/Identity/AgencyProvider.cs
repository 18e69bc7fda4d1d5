using System.Security.Claims;
using System.Text.RegularExpressions;
using CasePlanning.Application;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Identity;

/// <summary>An agency's own OpenID Connect provider, as <c>Identity:Providers:{name}</c> describes it.</summary>
/// <param name="TwoFactorAmr">Values of <c>amr</c> by which its tokens say that somebody showed two factors there.</param>
/// <param name="TwoFactorAcr">The same for <c>acr</c>.</param>
internal sealed partial record AgencyProvider(
    string Name, string DisplayName, string Authority, string ClientId, string ClientSecret, IReadOnlyList<string> TwoFactorAmr, IReadOnlyList<string> TwoFactorAcr)
{
    private static readonly string[] Known =
        ["Authority", "ClientId", "ClientSecret", "DisplayName", nameof(TwoFactorAmr), nameof(TwoFactorAcr)];

    public string Scheme => $"provider-{Name}";

    public string CallbackPath => $"/sign-in/providers/{Name}/callback";

    /// <summary>Whether a token of its says that somebody showed two factors, in a way that the agency vouched for.</summary>
    public bool SaysTwoFactors(ClaimsPrincipal token) =>
        token.GetClaims(Claims.AuthenticationMethodReference).Any(TwoFactorAmr.Contains)
        || (token.GetClaim(Claims.AuthenticationContextReference) is { } acr && TwoFactorAcr.Contains(acr));

    /// <exception cref="StartRefused">A setting cannot be used; the message names it.</exception>
    public static AgencyProvider Of(IConfigurationSection settings, IHostEnvironment environment)
    {
        if (!NameForm().IsMatch(settings.Key))
            throw Fault(settings, "must be named in lower case letters, digits and hyphens, because the name is part of an address");
        foreach (var child in settings.GetChildren().Where(c => !Known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
            throw Fault(child, $"is not known here; known are {string.Join(", ", Known)}");
        var authority = Required(settings.GetSection("Authority"));
        // In Development a provider may run on this machine without a certificate.
        var isAddress = Uri.TryCreate(authority, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment()));
        if (!isAddress)
            throw Fault(settings.GetSection("Authority"), "must be an absolute https address");
        return new AgencyProvider(
            settings.Key, settings["DisplayName"] ?? settings.Key, authority, Required(settings.GetSection("ClientId")), Required(settings.GetSection("ClientSecret")),
            Values(settings.GetSection(nameof(TwoFactorAmr))), Values(settings.GetSection(nameof(TwoFactorAcr))));
    }

    /// <summary>A record prints its members, and one of these is a secret.</summary>
    public override string ToString() => Name;

    private static string Required(IConfigurationSection setting) =>
        setting.Value is { Length: > 0 } value ? value : throw Fault(setting, "is missing");

    private static IReadOnlyList<string> Values(IConfigurationSection setting) =>
        setting.Value is { Length: > 0 } single ? [single] : [.. setting.GetChildren().Select(c => c.Value).OfType<string>()];

    private static StartRefused Fault(IConfigurationSection setting, string fault) => StartRefused.Setting(setting.Path, fault);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex NameForm();
}

/// <summary>All of them, in the order in which people are offered them.</summary>
internal sealed class AgencyProviders(IEnumerable<AgencyProvider> providers)
{
    public IReadOnlyList<AgencyProvider> All { get; } = [.. providers.OrderBy(p => p.DisplayName, StringComparer.Ordinal)];

    public AgencyProvider? Find(string? name) => All.FirstOrDefault(p => p.Name == name);
}
