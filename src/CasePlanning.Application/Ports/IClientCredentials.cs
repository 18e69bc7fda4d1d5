using CasePlanning.Application.Accounts;

namespace CasePlanning.Application.Ports;

/// <summary>Where the issuer of tokens keeps what clients show it.</summary>
public interface IClientCredentials
{
    /// <summary>Within the transaction of the scope it is called in.</summary>
    Task Add(string clientId, string name, ClientCredential credential, CancellationToken cancellation);
}
