using CasePlanning.Infrastructure;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server;
using CasePlanning.Server.Identity;
#if DEBUG
using CasePlanning.Server.Development;

args = LaunchDefaults.Before(args);
#endif

var builder = WebApplication.CreateBuilder(args);
builder.AddInfrastructure();
builder.AddIdentity();
#if DEBUG
builder.AddDevelopment();
#endif

var app = builder.Build();
app.UseIdentity();
app.MapHealth();
await app.Services.PrepareDatabase();
await app.RunAsync();
