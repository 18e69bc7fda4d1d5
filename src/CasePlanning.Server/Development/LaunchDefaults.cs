namespace CasePlanning.Server.Development;

/// <summary>
/// What a launch profile would say. There is none, because <c>dotnet run</c> announces the profile on standard output, where
/// the token verb must print a token and nothing else.
/// </summary>
internal static class LaunchDefaults
{
    /// <summary>The arguments with the defaults in front, so that whatever is given, also as an environment variable, wins.</summary>
    public static string[] Before(string[] args)
    {
        var defaults = new List<string>();
        if (!IsSet("ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"))
            defaults.Add("--environment=Development");
        if (!IsSet("ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS"))
            defaults.Add("--urls=http://localhost:5080");
        return [.. defaults, .. args];
    }

    private static bool IsSet(params string[] variables) =>
        variables.Any(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 });
}
