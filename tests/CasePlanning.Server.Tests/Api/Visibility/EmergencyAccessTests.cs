using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>A professional on duty at night opens the plan of a child who is not hers.</summary>
public sealed class EmergencyAccessTests : IAsyncLifetime
{
    private const string Justification = "She is in the emergency department and cannot speak.";

    private readonly PlanningHost host = new();
    private ApiCaller quill = null!;
    private ApiCaller hamo = null!;
    private ApiCaller petra = null!;
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        (quill, hamo, petra) = (host.SignInAs("tobias.quill"), host.SignInAs("hamo.tresk"), host.SignInAs("petra.lanyon"));
        plan = (await hamo.Get("/plans")).Items.Single(p => p.GetProperty("childName").GetString() == "Kezia").GetProperty("id").GetString()!;
        review = (await hamo.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_reads_for_an_hour_what_is_not_said_in_confidence_and_changes_nothing()
    {
        using var kezia = host.SignInAs("kezia.amari-holt");
        using var sunniva = host.SignInAs("sunniva.raike");
        var toHealth = await Say(sunniva, "For health colleagues.", new { kind = "health" });
        var atHome = await Say(host.SignInAs("maud.ellerthwaite"), "Where she lives.", new { kind = "home" });
        var toOne = await Say(kezia, "Only for him.", new { kind = "named", participants = new[] { await IdOf("Dominic Ferraby") } });
        var sealedAway = await Say(sunniva, "For nobody.", new { kind = "sealed" });
        var draft = (await sunniva.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words = "Not yet.", draft = true })).Expect(201).Id;

        (await quill.Get($"/plans/{plan}")).Expect(404);
        var access = await Open();
        var read = (await quill.Get($"/plans/{plan}/reading")).Expect(200);
        Assert.Equal(access.Id, read.Headers.GetValues("Emergency-Access").Single());
        Assert.Contains("For health colleagues.", read.Text, StringComparison.Ordinal);
        Assert.Contains("Where she lives.", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Only for him.", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("For nobody.", read.Text, StringComparison.Ordinal);
        (await quill.Get($"/contributions/{toHealth}")).Expect(200);
        (await quill.Get($"/contributions/{atHome}")).Expect(200);
        foreach (var closed in new[] { toOne, sealedAway, draft })
            (await quill.Get($"/contributions/{closed}")).Expect(404);

        (await quill.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words = "I was here." })).Expect(403);
        (await quill.Post($"/contributions/{toHealth}/responses", new { stance = "agree" })).Expect(403);
        (await quill.Put($"/plans/{plan}/participants/me/focus", new { focus = "Tonight" })).Expect(403);

        host.Clock.Now += EmergencyAccess.Lasts - TimeSpan.FromTicks(1);
        (await quill.Get($"/plans/{plan}")).Expect(200);
        host.Clock.Now += TimeSpan.FromTicks(1);
        (await quill.Get($"/plans/{plan}")).Expect(404);
    }

    [Fact]
    public async Task It_ends_when_it_is_given_back()
    {
        var access = await Open();
        (await hamo.Delete($"/me/emergency-accesses/{access.Id}")).Expect(404);
        (await quill.Delete($"/me/emergency-accesses/{access.Id}")).Expect(204);
        (await quill.Get($"/plans/{plan}")).Expect(404);
        Assert.False((await quill.Get($"/me/emergency-accesses/{access.Id}")).Expect(200)["live"].GetBoolean());
    }

    [Fact]
    public async Task It_is_told_at_once_reviewed_by_somebody_else_and_climbs_when_it_is_not()
    {
        using var edmund = host.SignInAs("edmund.skerry");
        var access = await Open();
        Assert.Contains("lookAtEmergencyAccess", (await hamo.Get("/me/work?limit=200")).Text, StringComparison.Ordinal);
        var asked = (await petra.Get("/me/work")).Expect(200);
        Assert.Contains("reviewEmergencyAccess", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reviewEmergencyAccess", (await edmund.Get("/me/work")).Text, StringComparison.Ordinal);
        var log = (await hamo.Get($"/plans/{plan}/access-log")).Text;
        (await quill.Get($"/plans/{plan}")).Expect(200);
        Assert.Contains("\"emergency\":true", (await hamo.Get($"/plans/{plan}/access-log")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"emergency\":true", log, StringComparison.Ordinal);

        // Wednesday; two working days later is Friday, and Saturday is too late.
        host.Clock.Now = host.Clock.Now.AddDays(2);
        Assert.DoesNotContain("reviewEmergencyAccess", (await edmund.Get("/me/work")).Text, StringComparison.Ordinal);
        host.Clock.Now = host.Clock.Now.AddDays(1);
        Assert.Contains("\"overdue\":true", (await edmund.Get("/me/work")).Text, StringComparison.Ordinal);

        var waiting = (await petra.Get($"/emergency-accesses/{access.Id}")).Expect(200);
        Assert.Equal(Justification, waiting["justification"].GetString());
        var done = (await petra.Post($"/emergency-accesses/{access.Id}/review", new { justified = true, finding = "The ward confirmed it." }, ifMatch: waiting.ETag)).Expect(200);
        (await petra.Post($"/emergency-accesses/{access.Id}/review", new { justified = false, finding = "Again." }, ifMatch: done.ETag))
            .ExpectProblem(409, "emergency-access.is-reviewed");
        Assert.DoesNotContain("EmergencyAccess", (await edmund.Get("/me/work")).Text, StringComparison.Ordinal);
        Assert.True((await quill.Get($"/me/emergency-accesses/{access.Id}"))["justified"].GetBoolean());
        (await quill.Get($"/emergency-accesses/{access.Id}")).Expect(403);
    }

    [Fact]
    public async Task It_needs_two_factors_shown_a_moment_ago_a_reason_and_a_profession()
    {
        var address = $"/plans/{plan}/emergency-access";
        (await quill.Post(address, new { purpose = "treatment", justification = "Too short" })).ExpectProblem(422, "request.invalid");
        (await hamo.Post(address, new { purpose = "treatment", justification = Justification })).ExpectProblem(409, "emergency-access.takes-part");
        (await quill.Post($"/plans/{Guid.NewGuid()}/emergency-access", new { purpose = "treatment", justification = Justification })).Expect(404);
        foreach (var other in new[] { "petra.lanyon", "edmund.skerry", "winifred.tolland", "femi.thorley", "xanthe.moorcroft", "perrin.stallworthy" })
            (await host.SignInAs(other).Post(address, new { purpose = "treatment", justification = Justification })).Expect(403);

        var token = await host.TokenOf("tobias.quill");
        host.Clock.Now += StepUpNeeded.Lasts + TimeSpan.FromSeconds(1);
        using var stale = host.Anonymous();
        stale.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var refused = (await stale.Post(address, new { purpose = "treatment", justification = Justification })).ExpectProblem(401, "access.step-up-needed");
        Assert.Contains("insufficient_user_authentication", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        (await stale.Get("/plans")).Expect(200);
        host.Calls.Clear();
    }

    [Fact]
    public async Task A_plan_is_found_by_an_exact_number_ten_times_an_hour_and_never_by_a_name()
    {
        var found = (await quill.Post("/emergency-access/search", Number("upn", "z 000000000001"))).Expect(200);
        Assert.Equal(plan, found.Items.Single().GetProperty("planId").GetString());
        Assert.DoesNotContain("Kezia", found.Text, StringComparison.Ordinal);
        Assert.Empty((await quill.Post("/emergency-access/search", Number("upn", "Z00000000000"))).Expect(200).Items);
        Assert.Empty((await quill.Post("/emergency-access/search", Number("name", "Kezia"))).Expect(200).Items);
        for (var i = 3; i < 10; i++)
            (await quill.Post("/emergency-access/search", Number("upn", $"Z{i}"))).Expect(200);
        var enough = (await quill.Post("/emergency-access/search", Number("upn", "Z000000000001"))).ExpectProblem(429, "request.too-many");
        Assert.Equal(3600, enough.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        (await host.SignInAs("roz.applegarth").Post("/emergency-access/search", Number("upn", "Z000000000001"))).Expect(200);
        host.Clock.Now = host.Clock.Now.AddHours(1);
        (await quill.Post("/emergency-access/search", Number("upn", "Z000000000001"))).Expect(200);
    }

    [Fact]
    public async Task A_childs_number_finds_the_plans_of_professionals_who_take_part_and_nobody_elses()
    {
        var found = (await hamo.Post("/children/search", Number("UPN", "Z000000000001"))).Expect(200);
        Assert.Equal(plan, found.Items.Single().GetProperty("id").GetString());
        foreach (var other in new[] { "gwilym.sarn", "delphine.holt", "petra.lanyon", "tobias.quill" })
            Assert.Empty((await host.SignInAs(other).Post("/children/search", Number("upn", "Z000000000001"))).Expect(200).Items);
    }

    private async Task<Answer> Open() =>
        (await quill.Post($"/plans/{plan}/emergency-access", new { purpose = "treatment", justification = Justification, caseReference = "ED-1" })).Expect(201);

    private static object Number(string system, string value) => new { identifiers = new[] { new { system, value } } };

    private async Task<string> IdOf(string name) => (await hamo.Get($"/plans/{plan}/participants?limit=200")).Items
        .Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    private async Task<string> Say(ApiCaller who, string words, object audience) =>
        (await who.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words, audience })).Expect(201).Id;
}
