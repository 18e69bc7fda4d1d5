using CasePlanning.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The ways in which callers are known. Some (the issuer, agencies' providers) answer addresses of their own, and look at each request
/// in case it is for one. None of these is in the API.
/// </summary>
internal sealed class Schemes(IOptions<AuthenticationOptions> options, IHttpContextAccessor http) : AuthenticationSchemeProvider(options)
{
    public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
        http.HttpContext?.Request.Path.StartsWithSegments(ApiSetup.Root) is true
            ? Task.FromResult<IEnumerable<AuthenticationScheme>>([])
            : base.GetRequestHandlerSchemesAsync();
}
