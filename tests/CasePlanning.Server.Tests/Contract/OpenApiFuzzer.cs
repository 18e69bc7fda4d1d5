using System.Text.Json.Nodes;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>
/// Sends bad input to every operation that the API's document names, over real sockets: first every single fault that there
/// can be, then random bodies that are certainly wrong, then random walks of requests that may be right.
/// </summary>
internal sealed class OpenApiFuzzer : IDisposable
{
    private const int AtOnce = 8;
    private const int StepsOfAWalk = 100;

    private readonly PlanningHost host;
    private readonly ApiCaller anonymous;

    public OpenApiFuzzer(PlanningHost host, TimeSpan? patience = null)
    {
        this.host = host;
        host.UseKestrel(0);
        host.StartServer();
        anonymous = host.Anonymous();
        Traffic = patience is { } longest ? new ApiTraffic(anonymous) { Patience = longest } : new ApiTraffic(anonymous);
    }

    public ApiTraffic Traffic { get; }

    /// <param name="requests">How many to send at least. There are as many single faults as there are; half of what is left are scrambled bodies.</param>
    /// <param name="only">The id of one operation; null for all.</param>
    public async Task Run(int requests, int seed, string? only = null)
    {
        var document = await ApiDocument.Of(anonymous.Http);
        var cast = await OneOfEverything.Gather(host);
        var examples = await FindExamples([.. document.Operations.Where(o => only is null || o.Id == only)], cast);

        var one = await OneOfEverything.For(cast);
        var before = await StoredState.Of(host);
        foreach (var example in examples)
        {
            await Refuse(example, one, await FaultsOf(example, document, one));
            await MustBe(before, example.Operation);
        }

        var withBody = examples.Where(e => e.Operation.Body is not null).ToList();
        var each = Math.Max(0, requests - Traffic.Sent) / 2 / Math.Max(1, withBody.Count);
        foreach (var example in withBody)
        {
            await Refuse(example, one, await Scrambled(example, one, each, RandomOf(example.Operation.Id, seed)));
            await MustBe(before, example.Operation);
        }

        for (var walk = 0; Traffic.Sent < requests; walk++)
            await Walk(examples, await OneOfEverything.For(cast), RandomOf($"walk {walk}", seed));
    }

    public void Dispose() => anonymous.Dispose();

    /// <summary>
    /// Who sends the example of an operation about what, for it to be accepted: found by trying, so that every refusal that
    /// follows is known to be due to the one fault in it.
    /// </summary>
    private async Task<List<ExampleRequest>> FindExamples(IReadOnlyList<ApiOperation> operations, OneOfEverything.Cast cast)
    {
        var found = new List<ExampleRequest>();
        var one = await OneOfEverything.For(cast);
        foreach (var operation in operations)
        {
            var example = await FindExample(operation, one);
            if (example is null)
            {
                // What was accepted before may have changed too much.
                one = await OneOfEverything.For(cast);
                example = await FindExample(operation, one);
            }

            if (example is null)
                Traffic.Keep(operation, "its example is accepted from nobody");
            else
                found.Add(example);
        }

        return found;
    }

    private async Task<ExampleRequest?> FindExample(ApiOperation operation, OneOfEverything one)
    {
        foreach (var example in ExampleRequest.All(operation, one))
        {
            if (await Traffic.Send(operation, one.Callers[example.Caller], await example.Of(one)) is { IsSuccess: true })
                return example;
        }

        return null;
    }

    private static async Task<IEnumerable<BadRequest>> FaultsOf(ExampleRequest example, ApiDocument document, OneOfEverything one)
    {
        var operation = example.Operation;
        var valid = await example.Of(one);
        var methods = document.Operations.Where(o => o.Path == operation.Path).Select(o => o.Method).ToList();
        IEnumerable<BadRequest> ofBody = operation switch
        {
            { Body: { } schema } => new BodyFaults(valid, JsonNode.Parse(valid.Body)!, schema).All(),
            { FileTypes.Count: > 0 } => new FileFaults(valid, operation.FileTypes).All(),
            _ => [],
        };
        return new RequestFaults(operation, valid).All(methods).Concat(ofBody);
    }

    private static async Task<IEnumerable<BadRequest>> Scrambled(ExampleRequest example, OneOfEverything one, int count, Random random)
    {
        var valid = await example.Of(one);
        var bodies = new RandomBodies(random, one.Ids);
        return [.. Enumerable.Range(0, count).Select(_ => new BadRequest("scrambled", valid.WithNewKey().With(bodies.Scrambled(JsonNode.Parse(valid.Body)!)), 400))];
    }

    private Task Refuse(ExampleRequest example, OneOfEverything one, IEnumerable<BadRequest> bad) =>
        Parallel.ForEachAsync(bad, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (request, _) => await Traffic.Refuse(example.Operation, one.Callers[example.Caller], request));

    private async Task MustBe(string before, ApiOperation operation)
    {
        var after = await StoredState.Of(host);
        if (after != before)
            Traffic.Keep(operation, $"something was written although all was refused:\n{before}\n{after}");
    }

    /// <summary>Anything in any order on one plan. Much of it is accepted; then it must be readable, by professionals and by family.</summary>
    private async Task Walk(IReadOnlyList<ExampleRequest> examples, OneOfEverything one, Random random)
    {
        var bodies = new RandomBodies(random, one.Ids);
        for (var step = 0; step < StepsOfAWalk; step++)
        {
            var example = bodies.OneOf(examples);
            var caller = bodies.OneIn(5) ? bodies.OneOf(one.Callers) : one.Callers[example.Caller];
            await Traffic.Send(example.Operation, caller, Varied(example.Operation, await example.Of(one), bodies, one));
        }

        foreach (var reading in examples.Select(e => e.Operation).Where(o => o.Reads))
        {
            foreach (var address in one.AddressesFor(reading.Path))
            {
                foreach (var reader in one.Readers)
                    await Traffic.Send(reading, reader, new ApiRequest(HttpMethod.Get, address));
            }
        }
    }

    private static ApiRequest Varied(ApiOperation operation, ApiRequest request, RandomBodies bodies, OneOfEverything one)
    {
        if (bodies.OneIn(10))
            request = request with { Path = OneOfEverything.WithLastId(request.Path, bodies.OneOf(one.Ids)) };
        if (operation.Body is { } schema)
            return request.With(bodies.Plausible(schema.Given, JsonNode.Parse(request.Body))!.ToJsonString());
        if (operation.FileTypes.Count > 0)
            return FileFaults.Damaged(request, bodies.OneOf(operation.FileTypes), bodies);
        var query = operation.Parameters.Where(p => p.In == "query" && p.Name != "cursor" && bodies.OneIn(2)).Select(p => $"{p.Name}={bodies.Plausible(p.Schema)}").ToList();
        return query.Count == 0 ? request : request with { Query = $"?{string.Join('&', query)}" };
    }

    private static Random RandomOf(string name, int seed) => new(name.Aggregate(seed, (hash, c) => unchecked((hash * 31) + c)));
}
