using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>What is shared outside the team, by what right; what is not; and what the family agreed to.</summary>
public sealed class SharingTests : IAsyncLifetime
{
    private WholeTeam team = null!;

    public async ValueTask InitializeAsync() => team = await WholeTeam.Gather();

    public ValueTask DisposeAsync() => team.DisposeAsync();

    [Fact]
    public async Task A_consent_that_is_withdrawn_bears_no_sharing_from_that_moment_and_what_was_shared_stays_on_record()
    {
        var consent = await Agree("parent", "parent");
        var shared = (await Disclose("socialWorker", new { basis = "consent", consent })).Expect(201);
        Assert.Equal(team.Id("socialWorker"), shared["by"].GetProperty("participantId").GetString());
        team.Wait();
        var withdrawn = (await team.As("parent").Post($"/plans/{team.Plan}/consents/{consent}/withdraw", new { })).Expect(200);
        Assert.False(withdrawn["stands"].GetBoolean());
        Assert.False(withdrawn.Json.TryGetProperty("withdrawnWhy", out _));

        (await Disclose("socialWorker", new { basis = "consent", consent })).ExpectProblem(409, "disclosure.consent-did-not-stand");
        (await Disclose("socialWorker", new { basis = "legalObligation" })).Expect(201);
        (await team.As("lead").Post($"/plans/{team.Plan}/consents/{consent}/withdraw", new { why = "Again" })).ExpectProblem(409, "consent.is-withdrawn");

        // What it once bore is still told, to her as to those who recorded it; and what rests on no consent of hers is not.
        foreach (var reader in new[] { "parent", "nurse" })
            Assert.Contains((await team.As(reader).Get($"/plans/{team.Plan}/disclosures")).Items, d => d.GetProperty("id").GetString() == shared.Id);
        Assert.Single((await team.As("parent").Get($"/plans/{team.Plan}/disclosures")).Items);

        // Shared before it was withdrawn, and recorded only now.
        (await Disclose("socialWorker", new { basis = "consent", consent, sharedAt = team.Host.Clock.Now.AddSeconds(-30) })).Expect(201);
    }

    [Fact]
    public async Task A_basis_fits_what_is_named_beside_it()
    {
        var consent = await Agree("socialWorker", "child");
        (await Disclose("socialWorker", new { basis = "consent" })).ExpectProblem(409, "disclosure.consent-needed");
        (await Disclose("socialWorker", new { basis = "publicTask", consent })).ExpectProblem(409, "disclosure.consent-needed");
        (await Disclose("socialWorker", new { basis = "consent", consent = Guid.NewGuid() })).ExpectProblem(422, "request.invalid");
        (await Disclose("socialWorker", new { basis = "publicTask", sharedAt = team.Host.Clock.Now.AddSeconds(1) })).ExpectProblem(422, "request.invalid");
        (await Disclose("teacher", new { basis = "publicTask" })).Expect(403);
        (await Disclose("parent", new { basis = "publicTask" })).Expect(403);
    }

    [Fact]
    public async Task Consent_is_given_by_the_family_for_itself_and_recorded_by_the_circle_for_it()
    {
        (await Give("parent", "child")).Expect(403);
        (await Give("mentor", "child")).Expect(403);
        (await Give("parent", "parent", "workTogether")).ExpectProblem(409, "consent.plan-needs-none");
        (await Give("socialWorker", "advocate")).ExpectProblem(409, "consent.not-theirs-to-give");
        (await Give("socialWorker", "parent", givenAt: team.Host.Clock.Now.AddDays(1))).ExpectProblem(422, "request.invalid");

        // One parent's word is not the other's affair, and is answered like one that there is not.
        var consent = await Agree("socialWorker", "parent");
        foreach (var other in new[] { "carer", "child", "teacher", "mentor" })
        {
            (await team.As(other).Get($"/plans/{team.Plan}/consents/{consent}")).Expect(404);
            (await team.As(other).Post($"/plans/{team.Plan}/consents/{consent}/withdraw", new { })).Expect(404);
        }

        (await team.As("senco").Post($"/plans/{team.Plan}/consents/{consent}/withdraw", new { why = "She rang" })).Expect(200);
    }

    [Fact]
    public async Task From_whom_something_is_withheld_is_answered_like_about_something_unknown()
    {
        var decision = (await team.As("socialWorker").Post($"/plans/{team.Plan}/withheld-decisions",
            new { from = "School", participants = new[] { team.Id("designatedTeacher") }, what = "The last school", why = "She begins anew" })).Expect(201);
        (await team.As("senco").Get($"/plans/{team.Plan}/withheld-decisions/{decision.Id}")).Expect(200);
        Assert.Empty((await team.As("designatedTeacher").Get($"/plans/{team.Plan}/withheld-decisions")).Expect(200).Items);

        var hidden = await team.As("designatedTeacher").Get($"/plans/{team.Plan}/withheld-decisions/{decision.Id}");
        var unknown = await team.As("designatedTeacher").Get($"/plans/{team.Plan}/withheld-decisions/{Guid.NewGuid()}");
        Assert.Equal(Without(unknown), Without(hidden.Expect(404)));
        foreach (var other in Readers.NeverTold.Append("teacher"))
        {
            foreach (var address in new[] { "", $"/{decision.Id}", $"/{Guid.NewGuid()}" })
                (await team.As(other).Get($"/plans/{team.Plan}/withheld-decisions{address}")).Expect(403);
        }

        (await team.As("socialWorker").Post($"/plans/{team.Plan}/withheld-decisions",
            new { from = "Me", participants = new[] { team.Id("socialWorker") }, what = "What", why = "Why" })).ExpectProblem(409, "withheld-decision.not-from-oneself");
        (await team.As("socialWorker").Post($"/plans/{team.Plan}/withheld-decisions",
            new { from = "Nobody", participants = new[] { Guid.NewGuid() }, what = "What", why = "Why" })).ExpectProblem(422, "request.invalid");

        static string Without(Answer answer) =>
            $"{answer.Status}{answer.Text}".Replace(answer.Headers.GetValues("X-Request-Id").Single(), "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emergency_access_is_a_disclosure_that_the_circle_sees_and_the_family_does_not()
    {
        using var quill = team.Host.SignInAs("tobias.quill");
        (await quill.Post($"/plans/{team.Plan}/emergency-access", new { purpose = "treatment", justification = "She is in the emergency department." })).Expect(201);
        var told = Assert.Single((await team.As("nurse").Get($"/plans/{team.Plan}/disclosures")).Items);
        Assert.Equal(("emergencyAccess", "vitalInterests", "Tobias Quill, Thornmere Borough Council"),
            (told.GetProperty("origin").GetString(), told.GetProperty("basis").GetString(), told.GetProperty("to").GetString()));
        Assert.False(told.TryGetProperty("by", out _));
        foreach (var reader in Readers.NeverTold)
            Assert.Empty((await team.As(reader).Get($"/plans/{team.Plan}/disclosures")).Items);

        // And whoever came in that way is told of no decision not to share: it may be from them.
        (await quill.Get($"/plans/{team.Plan}/withheld-decisions")).Expect(403);
        (await quill.Get($"/plans/{team.Plan}/disclosures")).Expect(200);
    }

    [Fact]
    public async Task The_journal_keeps_the_basis_and_no_word_of_what_was_shared()
    {
        (await Disclose("socialWorker", new { basis = "legalObligation" })).Expect(201);
        using var petra = team.Host.SignInAs("petra.lanyon");
        var entry = (await petra.Get($"/audit/entries?plan={team.Plan}")).Expect(200).Items.First(e => e.GetProperty("act").GetString() == "RecordDisclosure");
        Assert.Equal("LegalObligation", entry.GetProperty("purpose").GetString());
        Assert.DoesNotContain("holiday club", entry.GetRawText(), StringComparison.Ordinal);
    }

    private async Task<string> Agree(string by, string giver) => (await Give(by, giver)).Expect(201).Id;

    private Task<Answer> Give(string by, string giver, string scope = "shareOutside", DateTimeOffset? givenAt = null) =>
        team.As(by).Post($"/plans/{team.Plan}/consents", new { giver = team.Id(giver), scope, covers = "The holiday club may know who collects her.", givenAt });

    private Task<Answer> Disclose(string by, object on)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(on)!.AsObject();
        body["to"] = "The holiday club";
        body["what"] = "Who collects her";
        body["purpose"] = "Nobody else may";
        return team.As(by).Post($"/plans/{team.Plan}/disclosures", body);
    }
}
