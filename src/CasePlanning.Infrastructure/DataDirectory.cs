using CasePlanning.Application;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure;

/// <summary>The one directory in which this process writes, from the setting <c>Data:Directory</c>.</summary>
public static class DataDirectory
{
    private const string Setting = "Data:Directory";

    /// <summary>
    /// Its full path; a relative one starts from the content root. In Development it is <c>data</c> unless the setting says
    /// otherwise; elsewhere a forgotten setting must not begin a second, empty set of plans and keys.
    /// </summary>
    /// <exception cref="StartRefused">It must be set, and is not.</exception>
    public static string Of(IConfiguration configuration, IHostEnvironment environment) => configuration[Setting] switch
    {
        { Length: > 0 } chosen => Path.GetFullPath(chosen, environment.ContentRootPath),
        _ when environment.IsDevelopment() => Path.GetFullPath("data", environment.ContentRootPath),
        _ => throw StartRefused.Setting(Setting, "is missing: it says where the keys and, on SQLite, the plans are kept"),
    };
}
