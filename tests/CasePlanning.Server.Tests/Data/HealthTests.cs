using System.Net;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Anybody_may_ask_and_learns_one_word(string path)
    {
        await using var host = new PlanningHost();
        using var client = host.CreateClient();

        using var answer = await client.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Asking_writes_nothing()
    {
        await using var host = new PlanningHost();
        using var client = host.CreateClient();
        var before = await client.GetStringAsync("/health/ready");
        await client.GetStringAsync("/health/ready");

        var stored = await StoredPlan.In(host);
        var names = await stored.With(store => Task.FromResult(store.Frameworks.Select(f => f.Name).ToList()));

        Assert.Equal("Healthy", before);
        Assert.DoesNotContain(names, name => name.EndsWith('.'));
    }

    [Fact]
    public async Task While_it_cannot_write_it_is_alive_and_not_ready()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        await using var host = new PlanningHost();
        using var client = host.CreateClient();
        await client.GetStringAsync("/health/ready");
        await using var other = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "caseplanning.db")};Pooling=false");
        await other.OpenAsync();

        using (other.BeginTransaction(deferred: false))
        {
            using var ready = await client.GetAsync("/health/ready");
            using var live = await client.GetAsync("/health/live");

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready"));
    }

    [Theory]
    [InlineData("DELETE FROM \"Frameworks\"")]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\"")]
    public async Task Unless_migrated_and_seeded_it_is_not_ready(string undo)
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        await using var host = new PlanningHost();
        using var client = host.CreateClient();
        await client.GetStringAsync("/health/ready");
        await using var other = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "caseplanning.db")};Pooling=false");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = $"PRAGMA foreign_keys=OFF; {undo};";
        await command.ExecuteNonQueryAsync();

        using var ready = await client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }
}
