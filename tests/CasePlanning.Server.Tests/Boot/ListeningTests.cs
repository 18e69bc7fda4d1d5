using CasePlanning.Application;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CasePlanning.Server.Tests.Boot;

/// <summary>Which addresses are open to others, and which are not. The boot matrix shows what comes of it.</summary>
public sealed class ListeningTests
{
    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("http://127.9.9.9:80", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://unix:/run/caseplanning.sock", true)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://10.0.0.7:80", false)]
    [InlineData("http://localhost.example:80", false)]
    public void An_address_is_on_this_machine_or_open_to_others(string url, bool isOnThisMachine)
    {
        var listens = Assert.Single(By(("urls", url)));
        Assert.Equal(("urls", false, isOnThisMachine), (listens.Setting, listens.HasTls, listens.IsOnThisMachine));
    }

    [Fact]
    public void Endpoints_win_over_addresses_and_addresses_over_ports()
    {
        (string, string)[] all = [("http_ports", "8080;8081"), ("urls", "http://localhost:1"), ("Kestrel:Endpoints:A:Url", "http://localhost:2")];
        Assert.Equal("Kestrel:Endpoints:A:Url", Assert.Single(By(all)).Setting);
        Assert.Equal("urls", Assert.Single(By(all[..2])).Setting);
        Assert.Equal(2, By(all[..1]).Count);
        Assert.Empty(By());
    }

    [Fact]
    public void An_endpoint_with_TLS_may_have_a_certificate_of_its_own()
    {
        Assert.True(Assert.Single(By(("Kestrel:Endpoints:A:Url", "https://*:443"), ("Kestrel:Endpoints:A:Certificate:Path", "a.pfx"))).HasTls);
        Assert.Throws<StartRefused>(() => By(("Kestrel:Endpoints:A:Url", "https://*:443")));
    }

    [Fact]
    public void What_is_no_address_is_named() =>
        Assert.Contains("urls", Assert.Throws<StartRefused>(() => By(("urls", "8080"))).Message, StringComparison.Ordinal);

    private static IReadOnlyList<ListensOn> By(params (string Name, string Value)[] settings) => Listening.By(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build(), needsCertificate: true);
}
