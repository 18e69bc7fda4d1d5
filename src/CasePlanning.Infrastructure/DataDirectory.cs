using Microsoft.Extensions.Configuration;

namespace CasePlanning.Infrastructure;

/// <summary>The one directory in which this process writes, from the setting <c>Data:Directory</c>.</summary>
public static class DataDirectory
{
    public const string Setting = "Data:Directory";

    /// <summary>Its full path; <c>data</c> below the working directory unless the setting says otherwise.</summary>
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration[Setting] is { Length: > 0 } chosen ? chosen : "data");
}
