using System.Text;
using System.Text.Json.Nodes;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>The fuzzer finds nothing; so it must show that it would. Here one operation misbehaves in every way that it looks for.</summary>
public sealed class OpenApiFuzzerTests
{
    [Fact]
    public async Task It_finds_whatever_an_operation_does_wrong()
    {
        await using var host = new PlanningHost { ComparesJournal = false, Replace = services => services.AddSingleton<IStartupFilter>(new Misbehaviour()) };
        using var fuzzer = new OpenApiFuzzer(host, patience: TimeSpan.FromSeconds(3));

        await fuzzer.Run(requests: 0, seed: 1, only: "stateFocus");

        foreach (var fault in new[]
        {
            "200 instead of 415", "500 is a fault of the server", "/focus is not named", "400 repeats what was sent", "406 is no problem", "418 is not documented",
            "404 with a code that is not documented", "something was written although all was refused", "no answer within 3 s",
        })
            Assert.Contains(fault, fuzzer.Traffic.Defects, StringComparison.Ordinal);
    }

    private sealed class Misbehaviour : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(Misbehave);
            next(app);
        };

        private static async Task Misbehave(HttpContext context, RequestDelegate next)
        {
            if (!context.Request.Path.Value!.EndsWith("/focus", StringComparison.Ordinal))
            {
                await next(context);
                return;
            }

            var (request, response) = (context.Request, context.Response);
            request.EnableBuffering();
            var sent = response.Body;
            response.Body = new MemoryStream();
            await next(context);
            var answer = Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());
            response.Body = sent;
            await response.WriteAsync(response.StatusCode < 400 ? answer : await Worse(context, JsonNode.Parse(answer)!.AsObject()));
        }

        private static async Task<string> Worse(HttpContext context, JsonObject problem)
        {
            var response = context.Response;
            switch (response.StatusCode)
            {
                case 400:
                    context.Request.Body.Position = 0;
                    problem["detail"] = await new StreamReader(context.Request.Body).ReadToEndAsync();
                    break;
                case 401:
                    response.StatusCode = 418;
                    break;
                case 404:
                    problem["code"] = "nobody.knows";
                    await Write(context.RequestServices.GetRequiredService<IWriteLane>());
                    break;
                case 405:
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    break;
                case 406:
                    response.ContentType = "text/plain";
                    break;
                case 413:
                    response.StatusCode = 500;
                    break;
                case 415:
                    response.StatusCode = 200;
                    break;
                case 422:
                    problem.Remove("errors");
                    break;
            }

            return problem.ToJsonString();
        }

        private static Task<int> Write(IWriteLane lane) => lane.Run((services, cancellation) =>
        {
            var database = services.GetRequiredService<IPlanningDatabase>();
            database.Agencies.Add(new Agency("Nobody's", AgencyKind.Other, "nowhere", services.GetRequiredService<TimeProvider>().GetUtcNow()));
            return database.SaveChangesAsync(cancellation);
        }, CancellationToken.None);
    }
}
