using CasePlanning.Server.Identity;
#if DEBUG
using CasePlanning.Server.Development;

args = LaunchDefaults.Before(args);
#endif

var builder = WebApplication.CreateBuilder(args);
builder.AddIdentity();
#if DEBUG
builder.AddDevelopment();
#endif

var app = builder.Build();
app.UseIdentity();
await app.RunAsync();
