using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>
/// The demo's Kezia before the pages, on the morning after the nurse's late view: her review is open until tomorrow, Bryn is not
/// heard, she waits for a reply, and two decisions are to be looked at again.
/// </summary>
public sealed class KeziasPages : IAsyncLifetime
{
    private readonly Dictionary<string, Visitor> visitors = [];
    private readonly Dictionary<string, ApiCaller> callers = [];
    private Dictionary<string, string> people = [];

    public PlanningHost Host { get; init; } = new();

    public string Plan { get; private set; } = "";

    public string Review { get; private set; } = "";

    public string Decision { get; private set; } = "";

    public string Action { get; private set; } = "";

    public string Target { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        var hamo = Api("hamo.tresk");
        Plan = (await hamo.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        Review = (await hamo.Get($"/plans/{Plan}"))["reviews"][0].GetProperty("id").GetString()!;
        Decision = (await hamo.Get($"/reviews/{Review}/decisions")).Items.First().GetProperty("id").GetString()!;
        Action = (await hamo.Get($"/plans/{Plan}/actions")).Items.Single().GetProperty("id").GetString()!;
        Target = (await hamo.Get($"/plans/{Plan}/targets")).Items.Single().GetProperty("id").GetString()!;
        people = (await hamo.Get($"/plans/{Plan}/participants")).Items
            .ToDictionary(p => p.GetProperty("name").GetString()!.Split(' ')[0], p => p.GetProperty("id").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors.Values)
            visitor.Dispose();
        foreach (var caller in callers.Values)
            caller.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>A participant by their first name.</summary>
    public string Who(string firstName) => people[firstName];

    public ApiCaller Api(string name) => callers.TryGetValue(name, out var known) ? known : callers[name] = Host.SignInAs(name);

    /// <summary>A page as somebody sees it: <c>{plan}</c>, <c>{review}</c> and the like stand for the ids.</summary>
    public async Task<Visitor> As(string name, string address)
    {
        if (!visitors.TryGetValue(name, out var visitor))
            visitor = visitors[name] = await Host.VisitAs(name);
        return await visitor.Get(At(address));
    }

    public string At(string address) => address.Replace("{plan}", Plan, StringComparison.Ordinal).Replace("{review}", Review, StringComparison.Ordinal)
        .Replace("{decision}", Decision, StringComparison.Ordinal).Replace("{action}", Action, StringComparison.Ordinal)
        .Replace("{target}", Target, StringComparison.Ordinal).Replace("{bryn}", Who("Bryn"), StringComparison.Ordinal)
        .Replace("{sunniva}", Who("Sunniva"), StringComparison.Ordinal);

    /// <summary>Closes the review as it is closed in the story: Bryn spoke through Maud, and Kezia has her reply.</summary>
    public async Task Close()
    {
        var hamo = Api("hamo.tresk");
        (await hamo.Put($"/reviews/{Review}/voices/{Who("Bryn")}", new { addressed = new { how = "Spoke through Maud, confirmed" } })).Expect(200);
        var request = (await hamo.Get($"/plans/{Plan}/reading?view=child"))["requests"][0].GetProperty("id").GetString();
        (await Api("imke.sandover").Post($"/questions/{request}/answers", new { words = "You stay in set 1.", kind = "weDid" })).Expect(201);
        (await hamo.Post($"/reviews/{Review}/close", new { }, ifMatch: (await hamo.Get($"/reviews/{Review}")).ETag)).Expect(200);
    }

    /// <summary>And signs it off, once both decisions are looked at again.</summary>
    public async Task CloseAndSignOff()
    {
        await Close();
        foreach (var decision in (await Api("imke.sandover").Get($"/reviews/{Review}/decisions")).Items.Select(d => d.GetProperty("id").GetString()))
            (await Api("imke.sandover").Post($"/decisions/{decision}/rechecks", new { finding = "Tutoring is at 14:10 now.", changed = true })).Expect(201);
        var hamo = Api("hamo.tresk");
        (await hamo.Post($"/reviews/{Review}/sign-off", ifMatch: (await hamo.Get($"/reviews/{Review}")).ETag)).Expect(200);
    }
}
