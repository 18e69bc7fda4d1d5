using System.Globalization;
using System.Text.Json.Nodes;
using CasePlanning.Server.Api.V1;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Authorisation;

/// <summary>
/// Every operation is called by everybody there is, with a request that is right in all but the caller: the answers are those of
/// <c>matrix.csv</c>, and whoever is refused has changed nothing.
/// </summary>
public sealed class AuthorisationMatrixTests(ITestOutputHelper output)
{
    /// <summary>A version that nobody ever read: whoever may change the thing is told so, and it stays as it is.</summary>
    private const string Stale = "\"0.x\"";

    private static readonly bool Rewrites = Environment.GetEnvironmentVariable("WRITE_MATRIX") == "1";

    private readonly List<string> faults = [];
    private int calls;
    private int equal;

    [Fact]
    public async Task Every_operation_answers_everybody_as_agreed()
    {
        await using var host = new PlanningHost { Environment = "Production" };
        host.UseKestrel(0);
        host.StartServer();
        var document = await ApiDocument.Of(host.Anonymous().Http);
        var cast = await OneOfEverything.Gather(host);
        var subjects = new Subjects(host, cast);
        await subjects.Employ();

        var (agreed, found) = (Matrix.Read(), new Matrix());
        foreach (var operation in document.Operations)
            await Try(operation, host, cast, subjects, agreed, found);
        if (Rewrites)
            found.Write();

        faults.AddRange(agreed.Operations.Except(found.Operations).Select(gone => $"{gone} is agreed and does not exist"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"T7: {found.Operations.Count()} operations × {Subjects.All.Length} subjects, {calls} calls, {100.0 * equal / calls:0.##} % equal."));
        Found.Nothing(faults);
    }

    private async Task Try(ApiOperation operation, PlanningHost host, OneOfEverything.Cast cast, Subjects subjects, Matrix agreed, Matrix found)
    {
        var one = await Begin();
        var before = await StoredState.Of(host);
        foreach (var subject in Subjects.All.Where(IsRefused))
            await CallAs(subject);
        if (await StoredState.Of(host) != before)
            faults.Add($"{operation.Id} changed something for somebody who was refused");

        foreach (var subject in Subjects.All.Where(s => !IsRefused(s)))
        {
            var status = await CallAs(subject);
            // Removed for one, it would be gone for all who come after.
            if (operation.Method == HttpMethod.Delete && status < 300)
                one = await Begin();
        }

        bool IsRefused(string subject) => agreed[operation.Id, subject] is 401 or 403 or 404;

        async Task<int> CallAs(string subject)
        {
            var status = await Call(operation, one, subjects, subject);
            found[operation.Id, subject] = status;
            equal += agreed[operation.Id, subject] == status ? 1 : 0;
            if (agreed[operation.Id, subject] != status)
                faults.Add($"{operation.Id} answers {subject} with {status}, agreed is {agreed[operation.Id, subject]?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}");
            return status;
        }

        async Task<OneOfEverything> Begin()
        {
            var plan = await OneOfEverything.For(cast);
            await subjects.Gather(plan.Plan);
            return plan;
        }
    }

    private async Task<int> Call(ApiOperation operation, OneOfEverything one, Subjects subjects, string subject)
    {
        calls++;
        var caller = subjects[subject];
        var request = await new ExampleRequest(operation, Address: 0, Caller: 0).Of(one);
        if (operation.Takes("If-Match"))
            request = request.With("If-Match", Stale);
        if (subjects.IsSystem(subject) && operation.Body?.Kind is ValueKind.Object && operation.Body.Members.Any(m => m.Name == "authoredBy"))
            request = request.With(Authored(request.Body!, one.Localise(Examples.Dominic.ToString())));
        using var message = request.Message(caller.Http.BaseAddress!);
        using var response = await caller.Http.SendAsync(message);
        return (int)response.StatusCode;
    }

    private static string Authored(byte[] body, string by)
    {
        var authored = JsonNode.Parse(body)!.AsObject();
        authored["authoredBy"] = by;
        return authored.ToJsonString();
    }
}
