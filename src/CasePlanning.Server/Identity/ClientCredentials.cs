using System.Security.Cryptography;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Identity;

/// <summary>What clients show, kept by OpenIddict: a hash of their secret, or the public half of their key.</summary>
internal sealed class ClientCredentials(IOpenIddictApplicationManager clients) : IClientCredentials
{
    public async Task Add(string clientId, string name, ClientCredential credential, CancellationToken cancellation)
    {
        var application = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientType = ClientTypes.Confidential,
            DisplayName = name,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        };
        // It may ask for anything; what it gets is what its registration says.
        application.Permissions.UnionWith(ClientScopes.All.Select(scope => Permissions.Prefixes.Scope + scope));
        if (credential is ClientCredential.Secret { Value: var secret })
            application.ClientSecret = secret;
        else if (credential is ClientCredential.PublicKey { Pem: var pem })
            application.JsonWebKeySet = new JsonWebKeySet { Keys = { KeyOf(pem) } };
        await clients.CreateAsync(application, cancellation);
    }

    private static JsonWebKey KeyOf(string pem)
    {
        var key = IsRsa(pem, out var rsa)
            ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa))
            : JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(EllipticCurve(pem)));
        key.Use = JsonWebKeyUseNames.Sig;
        return key;
    }

    private static bool IsRsa(string pem, out RSAParameters parameters)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            parameters = rsa.ExportParameters(includePrivateParameters: false);
            return true;
        }
        catch (Exception other) when (other is ArgumentException or CryptographicException)
        {
            parameters = default;
            return false;
        }
    }

    private static ECDsa EllipticCurve(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }
}
