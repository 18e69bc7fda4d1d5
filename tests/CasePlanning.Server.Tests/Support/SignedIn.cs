using CasePlanning.Server.Development;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Support;

public static class SignedIn
{
    /// <summary>A client that carries a token of this person: <c>dominic.ferraby</c> of the demo, or anybody by their whole address.</summary>
    public static async Task<HttpClient> SignInAs(this WebApplicationFactory<Program> host, string person)
    {
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await host.TokenOf(person));
        return client;
    }

    /// <summary>The token that the token verb would print.</summary>
    public static async Task<string> TokenOf(this WebApplicationFactory<Program> host, string person)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var token = await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For(person.Contains('@') ? person : $"{person}@demo.example");
        Assert.True(token is not null, $"Nobody here is {person}.");
        return token;
    }
}
