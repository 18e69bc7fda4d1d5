using System.Net;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>Many people at once, over real sockets: nobody waits for anybody, and nothing that was acknowledged is lost.</summary>
public sealed class ParallelTests : IAsyncLifetime
{
    private const int People = 200;
    private const string Enjoy = "enjoy-and-achieve";
    private static readonly string[] Roles = ["teacher", "nurse", "parent", "carer", "senco", "mentor", "educationalPsychologist", "socialWorker"];

    private readonly PlanningHost host = new() { LimitsAsShipped = true };
    private readonly List<ApiCaller> people = [];
    private ApiCaller tresk = null!;
    private string plan = "";
    private string review = "";

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

    private Task<Answer> Contribute(ApiCaller person, int i) =>
        person.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = Enjoy, words = $"Words of person {i}." }, key: $"view-of-{i}");
}
