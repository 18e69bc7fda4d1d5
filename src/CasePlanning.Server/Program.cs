using CasePlanning.Application;
using CasePlanning.Infrastructure;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server;
using CasePlanning.Server.Api;
using CasePlanning.Server.Api.V1;
using CasePlanning.Server.Identity;
#if DEBUG
using CasePlanning.Infrastructure.Seeding;
using CasePlanning.Server.Development;

args = LaunchDefaults.Before(args);
#endif

var builder = WebApplication.CreateBuilder(args);
// A command's text names tables and never values, but one line for each would bury everything else.
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
builder.Services.AddApplication();
builder.AddInfrastructure();
builder.AddIdentity(DataDirectory.Of(builder.Configuration, builder.Environment));
builder.AddApi();
#if DEBUG
builder.AddDevelopment();
if (TokenVerb.IsAsked(args))
    return await TokenVerb.Run(args, builder, Prepare);
#endif

var app = builder.Build();
app.UseApi();
app.UseIdentity();
app.MapHealth();
app.MapApi().MapV1();

await Prepare(app.Services);
await app.RunAsync();
return 0;

static async Task Prepare(IServiceProvider services)
{
    await services.PrepareDatabase();
#if DEBUG
    await services.SeedDemo();
#endif
}
