using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>What stories about signing in are made of: an app that asks for sign-ins, accounts, and visitors.</summary>
internal sealed class SignInStory(PlanningHost host)
{
    public const string App = "thornmere-app";
    public const string Redirect = "https://app.demo.example/signed-in";
    public const string Password = "plover kettle umbrella sofa";

    private const string Verifier = "a-verifier-that-only-the-app-knows-0123456789-abcdef";

    private static readonly string Challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))
        .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static readonly string Authorize = AuthorizeWith();

    public static string AuthorizeWith(params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = App,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["state"] = "af0ifjsldkj",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            query[name] = value;
        return $"/connect/authorize?{string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value!)}"))}";
    }

    public async Task RegisterApp()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await clients.FindByClientIdAsync(App) is not null)
            return;
        await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = App,
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri(Redirect) },
            PostLogoutRedirectUris = { new Uri("https://app.demo.example/signed-out") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        });
    }

    public Visitor Visitor(string root = "http://localhost") => host.Visit(root);

    public async Task<Guid> HasPassword(string name)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var person = await PersonOf(name);
        var faults = await scope.ServiceProvider.GetRequiredService<LocalAccounts>().SetPassword(person, Password, CancellationToken.None);
        return faults.Count == 0 ? person : throw new InvalidOperationException(string.Join(' ', faults));
    }

    public Task<Guid> PersonOf(string name) =>
        With(database => database.Persons.Where(p => p.Email == $"{name}@demo.example").Select(p => p.Id).SingleAsync());

    public async Task<Guid> Change(string name, Action<Account> change)
    {
        var person = await PersonOf(name);
        await host.Write(database => change(database.Accounts.Single(a => a.Id == person)));
        return person;
    }

    public Task<T> With<T>(Func<IPlanningDatabase, Task<T>> use) => host.With(use);

    /// <summary>What the app gets for a code.</summary>
    public async Task<JsonElement> Redeem(string? code, string verifier = Verifier, string redirect = Redirect)
    {
        using var app = host.CreateClient();
        using var answer = await app.PostAsync("/connect/token", new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"), new("client_id", App), new("code", code ?? ""),
            new("redirect_uri", redirect), new("code_verifier", verifier),
        ]));
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public ApiCaller CallerWith(JsonElement granted)
    {
        var http = host.Watched();
        http.DefaultRequestHeaders.Authorization = new("Bearer", granted.GetProperty("access_token").GetString());
        return new ApiCaller(http);
    }

    /// <summary>The code that the app of whoever reads this page shows now.</summary>
    public string CodeFor(Visitor visitor) =>
        Totp.CodeAt(visitor.Document.QuerySelector("code")!.TextContent, Totp.StepAt(host.Clock.Now));
}
