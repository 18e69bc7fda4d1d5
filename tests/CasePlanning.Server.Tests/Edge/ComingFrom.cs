using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>In process there are no sockets, so a header of the test stands for the address of one.</summary>
internal sealed class ComingFrom : IStartupFilter
{
    public const string Header = "Test-Coming-From";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (context.Request.Headers[Header].SingleOrDefault() is { } address)
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            return rest(context);
        });
        next(app);
    };
}
