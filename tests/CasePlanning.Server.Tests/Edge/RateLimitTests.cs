using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>Whoever asks too much is told to wait, and for how long; nobody else notices.</summary>
public sealed partial class RateLimitTests(RateLimitTests.Few few, ITestOutputHelper output) : IClassFixture<RateLimitTests.Few>
{
    private readonly PlanningHost host = few.Host;

    [Fact]
    public async Task One_person_who_floods_uses_up_what_is_theirs_and_not_what_is_their_agencys()
    {
        using var imke = host.SignInAs("imke.sandover");
        using var cal = host.SignInAs("cal.wexley");

        var answers = await Flood(imke, 60);

        Assert.InRange(answers.Count(a => a.Status is HttpStatusCode.OK), 20, 35);
        var refused = answers.Last(a => a.Status is not HttpStatusCode.OK).ExpectProblem(429, "request.too-many");
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 3);
        // They work for the same agency.
        (await cal.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task One_agency_that_floods_uses_up_what_is_its_own()
    {
        using var dominic = host.SignInAs("dominic.ferraby");
        using var hamo = host.SignInAs("hamo.tresk");
        using var roz = host.SignInAs("roz.applegarth");
        using var ngaire = host.SignInAs("ngaire.holloway-bose");
        using var sunniva = host.SignInAs("sunniva.raike");
        using var kezia = host.SignInAs("kezia.amari-holt");

        foreach (var caller in new[] { dominic, hamo, roz })
            await Flood(caller, 19);

        Assert.Contains(await Flood(ngaire, 15), a => a.Status is HttpStatusCode.TooManyRequests);
        (await sunniva.Get("/me")).Expect(200);
        (await kezia.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task Systems_of_one_agency_use_up_what_is_its_own()
    {
        using var cases = host.Integrators.As(await host.Integrators.Register("Harbour Voice Advocacy", name: "Case system"));
        using var diary = host.Integrators.As(await host.Integrators.Register("Harbour Voice Advocacy", name: "Diary"));
        using var elsewhere = host.Integrators.As(await host.Integrators.Register("Thornmere Community Health"));

        Assert.DoesNotContain(await Flood(cases, 25), a => a.Status is HttpStatusCode.TooManyRequests);
        Assert.Contains(await Flood(diary, 25), a => a.Status is HttpStatusCode.TooManyRequests);
        (await elsewhere.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task What_is_left_is_told_except_to_an_agency()
    {
        using var gwilym = host.SignInAs("gwilym.sarn");

        var first = await gwilym.Get("/me");
        var second = await gwilym.Get("/me");

        Assert.Equal("\"person\";q=20;w=60, \"agency\";q=40;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Matches("^\"person\";r=19;t=\\d+$", first.Headers.GetValues("RateLimit").Single());
        Assert.Matches("^\"person\";r=18;t=\\d+$", second.Headers.GetValues("RateLimit").Single());
    }

    [Fact]
    public async Task Looking_for_somebody_has_a_limit_of_its_own()
    {
        using var xanthe = host.SignInAs("xanthe.moorcroft");
        var search = new { identifiers = new[] { new { system = "upn", value = "A123456789012" } } };

        for (var i = 0; i < 3; i++)
            (await xanthe.Send(HttpMethod.Post, "/children/search", search)).Expect(200);
        (await xanthe.Send(HttpMethod.Post, "/children/search", search)).ExpectProblem(429, "request.too-many");
        (await xanthe.Get("/directory")).ExpectProblem(429, "request.too-many");
        (await xanthe.Get("/me")).Expect(200);
    }

    [Fact]
    public async Task Emergencies_are_rare()
    {
        using var sunniva = host.SignInAs("sunniva.raike");
        var why = new { purpose = "treatment", justification = "She is here and cannot say what she takes." };
        var nowhere = $"/plans/{Guid.NewGuid()}/emergency-access";

        (await sunniva.Post(nowhere, why)).Expect(404);
        (await sunniva.Post(nowhere, why)).ExpectProblem(429, "request.too-many");
    }

    [Fact]
    public async Task Strangers_are_counted_by_address_and_keep_nobody_else_out()
    {
        using var stranger = From("198.51.100.1");
        using var another = From("198.51.100.2");
        using var kezia = host.SignInAs("kezia.amari-holt");

        var answers = await Flood(stranger, 12);

        Assert.Equal(HttpStatusCode.Unauthorized, answers[0].Status);
        answers[^1].ExpectProblem(429, "request.too-many");
        (await another.Get("/me")).Expect(401);
        (await kezia.Get("/me")).Expect(200);
        for (var i = 0; i < 20; i++)
            Assert.Equal("Healthy", await stranger.Http.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task Whoever_has_half_a_network_of_addresses_has_one()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 1; i <= 8; i++)
        {
            using var stranger = From($"2001:db8:1:2:{i}::{i}");
            answers.Add((await stranger.Get("/me")).Status);
        }

        using var neighbour = From("2001:db8:1:3::1");
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        (await neighbour.Get("/me")).Expect(401);
    }

    [Theory]
    [InlineData("198.51.100.3", "/connect/token")]
    [InlineData("198.51.100.4", "/sign-in")]
    [InlineData("198.51.100.5", "/sign-in/second-factor")]
    public async Task What_is_tried_at_the_door_is_counted_before_it_is_looked_at(string from, string address)
    {
        using var stranger = From(from);
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
        using var kwabena = host.SignInAs("kwabena.lisle");
        var known = (await kwabena.Get("/me")).Expect(200).ETag;

        for (var i = 0; i < 60; i++)
            (await kwabena.Get("/me", ifNoneMatch: known)).Expect(304);
        Assert.Matches("^\"person\";r=1[2-9];", (await kwabena.Get("/me", ifNoneMatch: known)).Headers.GetValues("RateLimit").Single());

        // What is new is a whole answer.
        var answers = new List<Answer>();
        for (var i = 0; i < 50; i++)
            answers.Add(await kwabena.Get("/me", ifNoneMatch: "\"old\""));
        Assert.Contains(answers, a => a.Status is HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task On_pages_a_person_is_known_by_their_cookie()
    {
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
        await using var shipped = new PlanningHost { LimitsAsShipped = true };
        shipped.UseKestrel(0);
        await shipped.InitializeAsync();
        using var flooder = shipped.SignInAs("dominic.ferraby");
        using var neighbour = shipped.SignInAs("sunniva.raike");
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
        var document = await File.ReadAllTextAsync(SourceFiles.At("api-spec/openapi.v1.json"));
        Assert.Equal(OperationIds().Count(document), TooMany().Count(document));
    }

    private ApiCaller From(string address)
    {
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Add(ComingFrom.Header, address);
        return new ApiCaller(http);
    }

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

    /// <summary>A host that allows little. Each test has people, agencies and addresses of its own, who share nothing.</summary>
    public sealed class Few : IAsyncLifetime
    {
        private static readonly Dictionary<Limit, int> Limits = new()
        {
            [Limit.Anonymous] = 5,
            [Limit.SignIn] = 3,
            [Limit.Token] = 3,
            [Limit.Person] = 20,
            [Limit.Agency] = 40,
            [Limit.Search] = 3,
            [Limit.Emergency] = 1,
        };

        public PlanningHost Host { get; } = new()
        {
            Settings = Limits.ToDictionary(l => $"RateLimits:{l.Key}:Requests", l => l.Value.ToString(CultureInfo.InvariantCulture)),
            Replace = services => services.AddSingleton<IStartupFilter>(new ComingFrom()),
        };

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
