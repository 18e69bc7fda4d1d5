using System.Net;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Server.Tests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>Many people at once, over real sockets: nobody waits for anybody, and nothing that was acknowledged is lost.</summary>
public sealed class ParallelTests : IAsyncLifetime
{
    private const int People = 200;
    private const string Enjoy = "enjoy-and-achieve";
    private static readonly string[] Roles = ["teacher", "nurse", "parent", "carer", "senco", "mentor", "educationalPsychologist", "socialWorker"];

    private readonly PlanningHost host;
    private readonly Between between = new();
    private readonly List<ApiCaller> people = [];
    private ApiCaller tresk = null!;
    private string plan = "";
    private string review = "";

    public ParallelTests() => host = new PlanningHost
    {
        LimitsAsShipped = true,
        Replace = services => services.AddSingleton<IPipelineBehavior<ReadReview, ReviewView>>(between),
    };

    public async ValueTask InitializeAsync()
    {
        host.UseKestrel(0);
        await host.InitializeAsync();
        tresk = host.SignInAs("hamo.tresk");
        plan = (await tresk.Post("/plans", new { child = new { givenName = "Tamsin", familyName = "Orrell", dateOfBirth = "2014-05-01" }, kind = "pep" })).Expect(201).Id;
        for (var i = 0; i < People; i++)
        {
            (await tresk.Post($"/plans/{plan}/participants",
                new { person = new { name = $"Person {i}", email = $"person{i}@demo.example" }, role = Roles[i % Roles.Length] })).Expect(201);
            people.Add(host.SignInAs($"person{i}"));
        }

        review = (await tresk.Post($"/plans/{plan}/reviews",
            new { title = "Everybody at once", opensOn = "2026-10-01", closesOn = "2026-10-30", invite = "everyone" })).Expect(201).Id;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Two_hundred_people_contribute_at_once_and_every_view_is_there_once_also_when_all_is_sent_again()
    {
        var first = await Task.WhenAll(people.Select((person, i) => Contribute(person, i)));
        Assert.All(first, answer => answer.Expect(201));
        Assert.Equal(People, first.Select(a => a.Id).Distinct().Count());
        var reading = (await tresk.Get($"/plans/{plan}/reading")).Expect(200);
        for (var i = 0; i < People; i++)
            Assert.Equal(2, reading.Text.Split($"Words of person {i}.").Length);
        Assert.Equal(People, reading["voices"].GetProperty("heard").GetInt32());

        var again = await Task.WhenAll(people.Select((person, i) => Contribute(person, i)));
        Assert.All(again, answer => answer.Expect(201));
        Assert.All(again, answer => Assert.Equal("true", Assert.Single(answer.Headers.GetValues("Idempotency-Replayed"))));
        Assert.Equal(first.Select(a => a.Text), again.Select(a => a.Text));
        Assert.Equal(reading.Text, (await tresk.Get($"/plans/{plan}/reading")).Text);

        (await people[0].Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Enjoy, words = "Other words." }, key: "view-of-0"))
            .ExpectProblem(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task One_key_sent_many_times_at_once_has_one_effect()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Contribute(people[7], 7)));
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.Created || a.Code == "idempotency.in-progress", a.Text));
        Assert.Single(answers.Where(a => a.Status is HttpStatusCode.Created).Select(a => a.Id).Distinct());
        Assert.Equal(2, (await tresk.Get($"/plans/{plan}/reading")).Text.Split("Words of person 7.").Length);
    }

    [Fact]
    public async Task Of_many_who_change_one_version_one_wins_and_the_others_are_told_what_is_there_now()
    {
        const int rounds = 5;
        var path = $"/reviews/{review}";
        for (var round = 0; round < rounds; round++)
        {
            var etag = (await tresk.Get(path)).ETag;
            var titles = Enumerable.Range(0, 12).Select(i => $"Round {round}, title {i}").ToList();
            var answers = await Task.WhenAll(titles.Select(title => tresk.Patch(path, new { title }, etag)));
            var won = Assert.Single(answers, a => a.Status is HttpStatusCode.OK);
            var now = await tresk.Get(path);
            Assert.Equal(won["title"].GetString(), now["title"].GetString());
            Assert.Equal(round + 2, now["version"].GetInt32());
            Assert.All(answers.Where(a => a != won), lost =>
            {
                Assert.Equal(now.ETag, lost.Expect(412).ETag);
                Assert.Equal(now.ETag, lost["currentETag"].GetString());
            });
        }

        (await tresk.Send(HttpMethod.Patch, path, new { title = "No version" })).Expect(428);
    }

    [Fact]
    public async Task Whoever_is_answered_after_somebody_elses_next_change_has_the_tag_of_their_own_and_is_told_with_it()
    {
        var path = $"/reviews/{review}";
        var first = (await tresk.Get(path)).ETag;
        between.Comes = async () => (await tresk.Patch(path, new { title = "Theirs" }, (await tresk.Get(path)).ETag)).Expect(200);
        var mine = (await tresk.Patch(path, new { title = "Mine" }, first)).Expect(200);
        Assert.StartsWith("\"2.", mine.ETag, StringComparison.Ordinal);
        Assert.Equal((3, "Theirs"), (mine["version"].GetInt32(), mine["title"].GetString()));
        (await tresk.Patch(path, new { title = "Mine again" }, mine.ETag)).Expect(412);

        var third = (await tresk.Get(path)).ETag;
        between.Comes = async () => (await tresk.Patch(path, new { title = "Theirs again" }, third)).Expect(200);
        var nothingNew = (await tresk.Patch(path, new { title = "Theirs" }, third)).Expect(200);
        Assert.StartsWith("\"3.", nothingNew.ETag, StringComparison.Ordinal);
        (await tresk.Patch(path, new { title = "Mine again" }, nothingNew.ETag)).Expect(412);
        Assert.Equal("Theirs again", (await tresk.Get(path))["title"].GetString());

        between.Comes = async () =>
        {
            var found = (await tresk.Get($"/plans/{plan}/reviews"))["items"].EnumerateArray().Single(r => r.GetProperty("title").GetString() == "New");
            (await tresk.Patch($"/reviews/{found.GetProperty("id")}", new { title = "Renamed" }, $"\"{found.GetProperty("version")}.x\"")).Expect(200);
        };
        var opened = (await tresk.Post($"/plans/{plan}/reviews",
            new { title = "New", opensOn = "2027-01-10", closesOn = "2027-01-30", invite = "everyone" })).Expect(201);
        Assert.Equal("Renamed", opened["title"].GetString());
        (await tresk.Patch($"/reviews/{opened.Id}", new { title = "Newer" }, opened.ETag)).Expect(412);
    }

    private Task<Answer> Contribute(ApiCaller person, int i) =>
        person.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Enjoy, words = $"Words of person {i}." }, key: $"view-of-{i}");

    /// <summary>What happens once, after a change and before it is read to be answered.</summary>
    private sealed class Between : IPipelineBehavior<ReadReview, ReviewView>
    {
        private Func<Task>? comes;

        public Func<Task> Comes { set => comes = value; }

        public async Task<ReviewView> Handle(ReadReview request, CancellationToken cancellationToken, RequestHandlerDelegate<ReviewView> next)
        {
            if (Interlocked.Exchange(ref comes, null) is { } somebody)
                await somebody();
            return await next();
        }
    }
}
