using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Identity;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>Whoever asks too much is told to wait, and for how long; nobody else notices.</summary>
public sealed partial class RateLimitTests(ITestOutputHelper output)
{
    [Fact]
    public async Task One_person_who_floods_uses_up_what_is_theirs_and_not_what_is_their_agencys()
    {
        await using var host = Host((Limit.Person, 20), (Limit.Agency, 30));
        using var dominic = host.SignInAs("dominic.ferraby");
        using var hamo = host.SignInAs("hamo.tresk");

        var answers = await Flood(dominic, 60);

        Assert.InRange(answers.Count(a => a.Status is HttpStatusCode.OK), 20, 24);
        var refused = answers[^1].ExpectProblem(429, "request.too-many");
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 3);
        // They work for the same agency.
        (await hamo.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task One_agency_that_floods_uses_up_what_is_its_own()
    {
        await using var host = Host((Limit.Agency, 20));
        using var dominic = host.SignInAs("dominic.ferraby");
        using var hamo = host.SignInAs("hamo.tresk");
        using var imke = host.SignInAs("imke.sandover");
        using var kezia = host.SignInAs("kezia.amari-holt");

        var answers = (await Flood(dominic, 15)).Concat(await Flood(hamo, 30)).ToList();

        answers[^1].ExpectProblem(429, "request.too-many");
        (await imke.Get("/me")).Expect(200);
        (await kezia.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task What_is_left_is_told_except_to_an_agency()
    {
        await using var host = Host((Limit.Person, 20), (Limit.Agency, 50));
        using var imke = host.SignInAs("imke.sandover");

        var first = await imke.Get("/me");
        var second = await imke.Get("/me");

        Assert.Equal("\"person\";q=20;w=60, \"agency\";q=50;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Matches("^\"person\";r=19;t=\\d+$", first.Headers.GetValues("RateLimit").Single());
        Assert.Matches("^\"person\";r=18;t=\\d+$", second.Headers.GetValues("RateLimit").Single());
    }

    [Fact]
    public async Task Looking_for_somebody_has_a_limit_of_its_own()
    {
        await using var host = Host((Limit.Search, 3));
        using var imke = host.SignInAs("imke.sandover");
        var search = new { identifiers = new[] { new { system = "upn", value = "A123456789012" } } };

        for (var i = 0; i < 3; i++)
            (await imke.Send(HttpMethod.Post, "/children/search", search)).Expect(200);
        (await imke.Send(HttpMethod.Post, "/children/search", search)).ExpectProblem(429, "request.too-many");
        (await imke.Get("/directory")).ExpectProblem(429, "request.too-many");
        (await imke.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task Emergencies_are_rare()
    {
        await using var host = Host((Limit.Emergency, 1));
        using var sunniva = host.SignInAs("sunniva.raike");
        var why = new { purpose = "treatment", justification = "She is here and cannot say what she takes." };
        var nowhere = $"/plans/{Guid.NewGuid()}/emergency-access";

        (await sunniva.Post(nowhere, why)).Expect(404);
        (await sunniva.Post(nowhere, why)).ExpectProblem(429, "request.too-many");
    }

    [Fact]
    public async Task Strangers_are_counted_by_address_and_keep_nobody_else_out()
    {
        await using var host = Host((Limit.Anonymous, 5));
        using var stranger = host.Anonymous();
        using var kezia = host.SignInAs("kezia.amari-holt");

        var answers = await Flood(stranger, 12);

        Assert.Equal(HttpStatusCode.Unauthorized, answers[0].Status);
        answers[^1].ExpectProblem(429, "request.too-many");
        (await kezia.Get("/me")).Expect(200);
        for (var i = 0; i < 20; i++)
            Assert.Equal("Healthy", await stranger.Http.GetStringAsync("/health/live"));
    }

    [Theory]
    [InlineData(Limit.Token, "/connect/token")]
    [InlineData(Limit.SignIn, "/sign-in")]
    [InlineData(Limit.SignIn, "/sign-in/second-factor")]
    public async Task What_is_tried_at_the_door_is_counted_before_it_is_looked_at(Limit limit, string address)
    {
        await using var host = Host((limit, 3));
        using var stranger = host.Anonymous();
        var tried = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await stranger.Http.PostAsync(address, new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "guess")]));
            tried.Add(answer.StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, tried.Take(3));
        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], tried.Skip(3));
    }

    [Fact]
    public async Task Asking_for_news_costs_a_tenth_while_there_is_none()
    {
        await using var host = Host((Limit.Person, 10));
        using var kezia = host.SignInAs("kezia.amari-holt");
        var known = (await kezia.Get("/me")).Expect(200).ETag;

        for (var i = 0; i < 60; i++)
            (await kezia.Get("/me", ifNoneMatch: known)).Expect(304);
        Assert.Matches("^\"person\";r=[34];", (await kezia.Get("/me", ifNoneMatch: known)).Headers.GetValues("RateLimit").Single());

        // What is new is a whole answer.
        var answers = new List<Answer>();
        for (var i = 0; i < 12; i++)
            answers.Add(await kezia.Get("/me", ifNoneMatch: "\"old\""));
        Assert.InRange(answers.Count(a => a.Status is HttpStatusCode.OK), 3, 6);
        answers[^1].ExpectProblem(429, "request.too-many");
    }

    [Fact]
    public async Task On_pages_a_person_is_known_by_their_cookie()
    {
        await using var host = Host((Limit.Person, 20));
        var story = new SignInStory(host);
        await story.HasPassword("delphine.holt");
        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));

        using var http = host.CreateClient();
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", visitor.SetCookies.Select(c => c.Split(';')[0])));
        using var page = await http.GetAsync("/sign-in/done");
        Assert.StartsWith("\"person\";r=", page.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }

    /// <summary>Over real sockets, with limits as shipped: while one floods with all it has, each of the neighbour's requests is answered.</summary>
    [Fact]
    public async Task A_neighbour_of_somebody_who_floods_is_answered_as_ever()
    {
        await using var host = new PlanningHost { LimitsAsShipped = true };
        host.UseKestrel(0);
        await host.InitializeAsync();
        using var flooder = host.SignInAs("dominic.ferraby");
        using var neighbour = host.SignInAs("sunniva.raike");
        await Times(neighbour, 20);
        var alone = await Times(neighbour, 100);

        using var over = new CancellationTokenSource();
        var refused = 0;
        var floods = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                if ((await flooder.Get("/me")).Status is HttpStatusCode.TooManyRequests)
                    Interlocked.Increment(ref refused);
            }
        })).ToList();
        while (Volatile.Read(ref refused) == 0)
            await Task.Delay(10);
        var beside = await Times(neighbour, 100);
        await over.CancelAsync();
        await Task.WhenAll(floods);

        output.WriteLine($"Neighbour: {beside.Count} of 100 answered with 200 while {refused} requests of a flood were refused; 95 % within {P95(beside):F1} ms, alone within {P95(alone):F1} ms (client, server and flood on the same cores).");
        Assert.Equal(100, beside.Count);
    }

    [Fact]
    public async Task Every_operation_says_that_it_can_be_asked_too_often()
    {
        await using var host = new PlanningHost();
        var document = await host.Anonymous().Http.GetStringAsync("/swagger/v1/swagger.json");
        Assert.Equal(OperationIds().Count(document), TooMany().Count(document));
    }

    private static PlanningHost Host(params (Limit Limit, int Requests)[] limits) => new()
    {
        Settings = limits.ToDictionary(l => $"RateLimits:{l.Limit}:Requests", l => l.Requests.ToString(CultureInfo.InvariantCulture)),
    };

    private static async Task<List<Answer>> Flood(ApiCaller caller, int requests)
    {
        var answers = new List<Answer>();
        for (var i = 0; i < requests; i++)
            answers.Add(await caller.Get("/me"));
        return answers;
    }

    private static async Task<List<double>> Times(ApiCaller caller, int requests)
    {
        var times = new List<double>();
        for (var i = 0; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            if ((await caller.Get("/me")).Status is HttpStatusCode.OK)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    private static double P95(List<double> times) => times.Order().ElementAt(times.Count * 95 / 100);

    [GeneratedRegex("\"operationId\"")]
    private static partial Regex OperationIds();

    [GeneratedRegex("\"429\": \\{")]
    private static partial Regex TooMany();
}
