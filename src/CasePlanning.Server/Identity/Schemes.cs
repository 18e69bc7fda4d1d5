using CasePlanning.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Validation.AspNetCore;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The ways in which callers are known. Some (the issuer, agencies' providers) answer addresses of their own, and look at each request
/// in case it is for one. None of these is in the API, where nobody looks but whoever checks its tokens.
/// </summary>
internal sealed class Schemes(IOptions<AuthenticationOptions> options, IHttpContextAccessor http) : AuthenticationSchemeProvider(options)
{
    private IEnumerable<AuthenticationScheme>? inApi;

    public override async Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync()
    {
        if (http.HttpContext?.Request.Path.StartsWithSegments(ApiSetup.Root) is not true)
            return await base.GetRequestHandlerSchemesAsync();
        return inApi ??= [(await GetSchemeAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme))!];
    }
}
