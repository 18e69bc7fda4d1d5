using CasePlanning.Application.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server;

/// <summary>
/// <c>client create</c>, <c>client list</c>, <c>client disable</c>: the systems of agencies. There is none to begin with, and a
/// secret is shown once.
/// </summary>
internal static class ClientVerbs
{
    public static readonly ConsoleVerb[] All =
    [
        new("client create", "--agency NAME|ID --name NAME --scopes SCOPES [--public-key FILE] [--until DAY]", Create),
        new("client list", "", List),
        new("client disable", "--client ID", Disable),
    ];

    private static async Task<ConsoleAct> Create(ConsoleCall call)
    {
        var agency = await ConsoleText.Agency(call.Database, call["agency"], call.Cancellation);
        var wanted = new NewClientValidator().Valid(new NewClient(
            agency.Id, call["name"], call["scopes"].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            call.Optional("until") is { } day ? ConsoleText.Day("until", day) : null));
        var credential = CredentialOf(call.Optional("public-key"));
        var client = await call.Services.GetRequiredService<ClientRegistration>().Register(wanted, credential, call.Cancellation);
        List<string[]> told = [["client", client.ClientId], ["agency", agency.Name], ["scopes", string.Join(' ', client.Scopes)]];
        if (client.Until is { } until)
            told.Add(["until", ConsoleText.Day(until)]);
        // Nobody can look it up later: only its hash is kept.
        if (credential is ClientCredential.Secret { Value: var secret })
            told.Add(["secret", $"{secret}  (shown this once)"]);
        return new ConsoleAct(ConsoleText.Columns(told), "RegisterClient", client.Id, agency.Id);
    }

    private static ClientCredential CredentialOf(string? publicKey)
    {
        if (publicKey is null)
            return ClientCredential.Secret.New();
        try
        {
            return ClientCredential.PublicKey.OfPem(File.ReadAllText(publicKey));
        }
        catch (FormatException unfit)
        {
            throw new ConsoleRefusal(unfit.Message);
        }
    }

    private static async Task<ConsoleAct> List(ConsoleCall call)
    {
        var clients = await (
            from client in call.Database.Clients
            join agency in call.Database.Agencies on client.AgencyId equals agency.Id
            orderby agency.Name, client.Name, client.Id
            select new { Client = client, Agency = agency.Name }).AsNoTracking().ToListAsync(call.Cancellation);
        return new ConsoleAct(clients.Count == 0 ? "There is no client." : ConsoleText.Columns(clients.Select(c => (string[])
        [
            c.Client.ClientId, c.Client.Name, c.Agency, string.Join(' ', c.Client.Scopes), $"since {ConsoleText.Day(c.Client.From)}",
            c.Client.Until is not { } until ? "" : $"{(c.Client.IsLive(call.Now) ? "until" : "ended")} {ConsoleText.Day(until)}",
        ])));
    }

    private static async Task<ConsoleAct> Disable(ConsoleCall call)
    {
        var client = await call.Services.GetRequiredService<ClientRegistration>().End(call["client"], call.Cancellation)
            ?? throw new ConsoleRefusal("There is no such client. 'client list' shows those that there are.");
        return new ConsoleAct("Its tokens are refused from now on, and it gets no others.", "EndClient", client.Id, client.AgencyId);
    }
}
