using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Boot;

public sealed class SettingsFilesTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    /// <summary>Otherwise all of the directory that a server is started in is watched, and each write to a database below it wakes somebody.</summary>
    [Fact]
    public void No_file_of_settings_is_watched()
    {
        var files = ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).Providers.OfType<FileConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Found.Nothing(files.Where(f => f.Source.ReloadOnChange).Select(f => f.Source.Path!));
    }
}
