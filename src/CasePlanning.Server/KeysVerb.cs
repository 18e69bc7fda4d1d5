using CasePlanning.Server.Identity;

namespace CasePlanning.Server;

/// <summary>
/// <c>keys create</c>: makes the keys of a new installation, once. A server that serves real people makes none by itself, because
/// one that finds none has more likely been pointed at the wrong directory.
/// </summary>
internal static class KeysVerb
{
    private const int WrongUsage = 2;

    public static bool IsAsked(string[] args) => args is ["keys", ..];

    /// <returns>The exit code.</returns>
    public static int Run(string[] args, WebApplicationBuilder builder, Func<string> dataDirectory)
    {
        if (args is not ["keys", "create", .. var options] || CommandLine.StrayWord(options) is not null)
        {
            Console.Error.WriteLine("Usage: keys create [--Data:Directory=…] [--Keys:Certificate=…]");
            return WrongUsage;
        }

        var place = KeyFiles.PlaceIn(dataDirectory());
        new KeyFiles(place, KeyCertificate.Of(builder.Configuration, isNeeded: !builder.Environment.IsDevelopment())).ReadAll();
        Console.WriteLine($"The keys are in {place}. Guard them like the plans, and keep a copy of them and of their certificate.");
        return 0;
    }
}
