namespace CasePlanning.Server.Development;

/// <summary>
/// <c>token --as somebody@demo.example</c>: prints an access token for that person on standard output, and nothing else, so that
/// a shell can put it into a variable. Runs beside a running server or before there ever was one.
/// </summary>
internal static class TokenVerb
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static bool IsAsked(string[] args) => args.Contains("token");

    /// <param name="prepareDatabase">What the server does at its start, so that it need not have started before.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, WebApplicationBuilder builder, Func<IServiceProvider, Task> prepareDatabase)
    {
        if (args is not [.., "token", "--as", var email])
            return await Complain("Usage: token --as somebody@demo.example", WrongUsage);
        if (!builder.Environment.IsDevelopment())
            return await Complain("Tokens are given out in Development only.", Failed);

        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        await prepareDatabase(app.Services);

        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For(email) is not { } token)
            return await Complain($"Nobody here has the address {email}.", Failed);

        Console.WriteLine(token);
        return 0;
    }

    private static async Task<int> Complain(string sentence, int exitCode)
    {
        await Console.Error.WriteLineAsync(sentence);
        return exitCode;
    }
}
