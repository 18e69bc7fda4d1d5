using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure;

/// <summary>The one directory in which this process writes, from the setting <c>Data:Directory</c>.</summary>
public static class DataDirectory
{
    /// <summary>Its full path; <c>data</c> unless the setting says otherwise. A relative one starts from the content root.</summary>
    public static string Of(IConfiguration configuration, IHostEnvironment environment) =>
        Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } chosen ? chosen : "data", environment.ContentRootPath);
}
