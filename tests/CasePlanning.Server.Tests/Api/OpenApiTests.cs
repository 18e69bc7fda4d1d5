using Xunit;

namespace CasePlanning.Server.Tests.Api;

public sealed class OpenApiTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    private const string Document = "/swagger/v1/swagger.json";

    [Fact]
    public async Task Redocly_finds_no_fault_in_the_document()
    {
        var log = new KeptLog(); await using var h = await SampleHost.Start("Production", log); var r = await h.As(null).GetAsync(Document); File.WriteAllText("/tmp/edge-scratch/log.txt", log.Text);
        File.WriteAllText("/tmp/edge-scratch/doc.json", await hosts.In("Production").As(null).GetStringAsync(Document));
    }
}
