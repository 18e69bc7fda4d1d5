using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>What can be known of SQL Server's lane without a server: how it fails when there is none.</summary>
public sealed class SqlServerWriteLaneTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("caseplanning-no-server").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_store_that_is_unavailable()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = directory,
            ["Database:Provider"] = "SqlServer",
            ["Database:ConnectionString"] = "Server=tcp:127.0.0.1,1;User Id=nobody;Password=nothing;Connect Timeout=1;ConnectRetryCount=0;TrustServerCertificate=true",
        });
        builder.AddInfrastructure();
        using var host = builder.Build();
        var ran = false;

        var lane = host.Services.GetRequiredService<IWriteLane>();
        var refused = await Assert.ThrowsAsync<StoreUnavailable>(() => lane.Run((_, _) => Task.FromResult(ran = true), CancellationToken.None));

        Assert.Equal("store.unavailable", refused.Code);
        Assert.False(ran);
    }
}
