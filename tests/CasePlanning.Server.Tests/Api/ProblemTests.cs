using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Http;
using Xunit;
using static CasePlanning.Server.Tests.Api.SampleRequests;

namespace CasePlanning.Server.Tests.Api;

public sealed class ProblemTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    private const string Anything = "/api/v1/notes/01999f3a-5c00-7000-8000-000000000009";

    public static TheoryData<string, string, HttpStatusCode, string> Failures()
    {
        var failures = new TheoryData<string, string, HttpStatusCode, string>();
        foreach (var environment in SampleHosts.Environments)
        {
            failures.Add(environment, nameof(BrokenRule), HttpStatusCode.Conflict, "participant.cover-needed");
            failures.Add(environment, nameof(StaleVersion), HttpStatusCode.PreconditionFailed, "version.stale");
            failures.Add(environment, nameof(NotVisible), HttpStatusCode.NotFound, "request.not-found");
            failures.Add(environment, nameof(NotAllowed), HttpStatusCode.Forbidden, "access.not-allowed");
            failures.Add(environment, nameof(NotSignedIn), HttpStatusCode.Unauthorized, "access.not-signed-in");
            failures.Add(environment, nameof(InvalidRequest), HttpStatusCode.UnprocessableEntity, "request.invalid");
            failures.Add(environment, nameof(KeyUsedForAnotherRequest), HttpStatusCode.UnprocessableEntity, "idempotency.key-reused");
            failures.Add(environment, "store.busy", HttpStatusCode.ServiceUnavailable, "store.busy");
            failures.Add(environment, "store.full", HttpStatusCode.ServiceUnavailable, "store.full");
            failures.Add(environment, "store.unheard-of", HttpStatusCode.ServiceUnavailable, "store.unavailable");
            failures.Add(environment, nameof(BadHttpRequestException), HttpStatusCode.RequestEntityTooLarge, "request.too-large");
            failures.Add(environment, nameof(TimeoutException), HttpStatusCode.InternalServerError, "server.fault");
            failures.Add(environment, nameof(OperationCanceledException), HttpStatusCode.InternalServerError, "server.fault");
        }

        return failures;
    }

    private static Exception FailureNamed(string name) => name switch
    {
        nameof(BrokenRule) => PlanRules.CoverNeeded.Broken(new BrokenRuleDetail(Guid.Parse("01999f3a-5c00-7000-8000-000000000007"), "The view on home is owed.")),
        nameof(StaleVersion) => new StaleVersion(2),
        nameof(NotVisible) => new NotVisible(),
        nameof(NotAllowed) => new NotAllowed(),
        nameof(NotSignedIn) => new NotSignedIn(),
        nameof(InvalidRequest) => InvalidRequest.At("/words", "required", "This must not be empty."),
        nameof(KeyUsedForAnotherRequest) => new KeyUsedForAnotherRequest(),
        nameof(BadHttpRequestException) => new BadHttpRequestException("sesame", 413),
        nameof(TimeoutException) => new TimeoutException("sesame"),
        nameof(OperationCanceledException) => new OperationCanceledException("sesame"),
        _ => new StoreUnavailable(name, new IOException("sesame")),
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_has_its_problem(string environment, string failure, HttpStatusCode status, string code)
    {
        await using var host = await SampleHost.Start(environment);
        host.Failure = FailureNamed(failure);

        var answer = await host.As("ada").GetAsync(Anything);

        var problem = await Problem.Of(answer, status, code);
        Assert.DoesNotContain("sesame", problem.Text, StringComparison.Ordinal);
        Assert.Equal(status is HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        Assert.Equal(status is HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task A_broken_rule_names_what_stands_in_the_way()
    {
        await using var host = await SampleHost.Start();
        host.Failure = FailureNamed(nameof(BrokenRule));
        var problem = await Problem.Of(await host.As("ada").GetAsync(Anything), HttpStatusCode.Conflict, "participant.cover-needed");
        Assert.Equal(PlanRules.CoverNeeded.Sentence, (string?)problem.Json["detail"]);
        var error = Assert.Single(problem.Errors);
        Assert.Equal(("01999f3a-5c00-7000-8000-000000000007", "The view on home is owed."), (error.Subject, error.Message));
    }

    [Fact]
    public async Task A_fault_is_logged_without_its_message()
    {
        var log = new KeptLog();
        await using var host = await SampleHost.Start("Development", log);
        host.Failure = new InvalidOperationException("Kezia", new IOException("Jomi"));
        await host.As("ada").GetAsync(Anything);
        Assert.Contains("System.IO.IOException", log.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(Notebook), log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Jomi", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_may_not_see_looks_like_what_does_not_exist()
    {
        var client = hosts.In("Production").As("ada");
        string[] nothing = [Anything, "/api/v1/notes/not-an-id", "/api/v1/nothing", "/nowhere"];
        var answers = new HashSet<string>();
        foreach (var address in nothing)
        {
            var problem = await Problem.Of(await client.GetAsync(address), HttpStatusCode.NotFound, "request.not-found");
            answers.Add(problem.Text.Replace((string)problem.Json["requestId"]!, "", StringComparison.Ordinal));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task What_the_framework_refuses_is_a_problem_too()
    {
        var client = hosts.In("Development").As("ada");

        var method = await client.DeleteAsync("/api/v1/notes");
        await Problem.Of(method, HttpStatusCode.MethodNotAllowed, "request.method-not-allowed");
        Assert.Equal(["GET", "POST"], method.Content.Headers.Allow.Order());

        var stranger = await hosts.In("Production").As(null).GetAsync("/api/v1/notes");
        await Problem.Of(stranger, HttpStatusCode.Unauthorized, "access.not-signed-in");
        Assert.Equal("Bearer", stranger.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("text/html", false)]
    [InlineData("application/json;q=0, text/html", false)]
    [InlineData("text/html, */*;q=0.1", true)]
    [InlineData("application/*", true)]
    [InlineData("application/json; charset=utf-8", true)]
    public async Task An_answer_is_JSON_or_nothing(string accept, bool isAnswered)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/notes");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var answer = await hosts.In("Production").As("ada").SendAsync(request);
        if (isAnswered)
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else
            await Problem.Of(answer, HttpStatusCode.NotAcceptable, "request.not-acceptable");
    }

    [Fact]
    public async Task Values_that_cannot_be_accepted_are_named_all_at_once()
    {
        var body = JsonNode.Parse(GoodNote)!;
        body["words"] = " ";
        body["aside"] = new string('x', 51);
        body["stars"] = 6;
        body["child"]!["givenName"] = "two\nlines";
        body["child"]!["identifiers"]![0]!["value"] = "bell\u0007";

        var answer = await hosts.In("Production").As("ada").SendAsync(Post("/api/v1/notes", body.ToJsonString()));

        var problem = await Problem.Of(answer, HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(
            [("/aside", "too-long"), ("/child/givenName", "more-than-one-line"), ("/child/identifiers/0/value", "control-character"),
                ("/stars", "out-of-range"), ("/words", "required")],
            problem.Errors.Select(e => (e.Pointer!, e.Code)).Order());
        Assert.DoesNotContain("6", problem.Errors.Single(e => e.Pointer == "/stars").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_named_by_its_member()
    {
        var problem = await Problem.Of(
            await hosts.In("Production").As("ada").SendAsync(Patch(Anything, """{"words":""}""", "\"1.x\"")),
            HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(("/words", "required"), problem.Errors.Select(e => (e.Pointer, e.Code)).Single());
    }

    [Theory]
    [InlineData("/api/v1/notes")]
    [InlineData("/nowhere")]
    [InlineData("/swagger/index.html")]
    public async Task Every_answer_has_a_request_id_and_careful_headers(string address)
    {
        var first = await hosts.In("Production").As("ada").GetAsync(address);
        var second = await hosts.In("Production").As("ada").GetAsync(address);
        Assert.NotEqual(first.Headers.GetValues("X-Request-Id").Single(), second.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", first.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("DENY", first.Headers.GetValues("X-Frame-Options").Single());
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.EndsWith("; frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }
}
