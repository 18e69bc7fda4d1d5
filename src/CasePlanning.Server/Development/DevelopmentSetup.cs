namespace CasePlanning.Server.Development;

/// <summary>What makes the product easy to try on a developer's machine. This folder is in no Release build.</summary>
internal static class DevelopmentSetup
{
    public static void AddDevelopment(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DevelopmentTokens>();
        if (!builder.Environment.IsDevelopment())
            return;
        builder.Services.AddScoped<BeSomebody>();
        builder.Services.AddHostedService<DemoClient>();
        builder.Services.AddHostedService<Welcome>();
    }

    public static void MapDevelopment(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            BeSomebody.Map(app);
    }
}
