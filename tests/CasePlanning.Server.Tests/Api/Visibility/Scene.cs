using System.Text;
using System.Text.Json;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Tests.Support;
using static CasePlanning.Server.Tests.Api.Visibility.Readers;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// A review in which somebody speaks to every audience, in words and in summaries, and is responded to, asked and answered; with
/// what else people write, decide and do, until it is signed and the next one is open. Every text is a canary with its readers.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly string[] Outcomes =
        ["be-healthy", "stay-safe", "enjoy-and-achieve", "make-a-positive-contribution", "achieve-economic-wellbeing"];

    private readonly Dictionary<string, HashSet<string>> readersOf = [];
    private readonly Dictionary<(string Reader, string Outcome), int> withheld = [];
    private readonly HashSet<string> drafts = [];
    private int views;

    private Scene(WholeTeam team) => Team = team;

    public WholeTeam Team { get; }

    public Canaries Canaries { get; } = new();

    /// <summary>The review in which all was said.</summary>
    public string Review { get; private set; } = "";

    private const string AttachmentPath = "/contributions/{id}/attachments/{attachmentId}";

    /// <summary>The ids there are, by the segment that comes before them in an address.</summary>
    public Dictionary<string, IReadOnlyCollection<string>> Known { get; } = [];

    public static async Task<Scene> Play(PlanningHost? host = null)
    {
        var scene = new Scene(await WholeTeam.Gather(host));
        await scene.Begin();
        await scene.SpeakToEveryAudience();
        await scene.Hide();
        await scene.TakeBack();
        await scene.WriteDrafts();
        await scene.NoteWhatProfessionalsKnow();
        await scene.Decide();
        await scene.Act();
        await scene.Share();
        await scene.End();
        await scene.Team.OpenInEmergency(OnCall);
        return scene;
    }

    /// <summary>How many views on an outcome somebody may be told that they do not read.</summary>
    public int WithheldFrom(string reader, string outcome) => withheld.GetValueOrDefault((reader, outcome));

    /// <summary>Contributions, drafts and questions that somebody must not know of.</summary>
    public IEnumerable<string> HiddenFrom(string reader, string collection) => Known[collection].Where(id => !readersOf[id].Contains(reader));

    public ValueTask DisposeAsync() => Team.DisposeAsync();

    private async Task Begin()
    {
        Review = Team.Review;
        await Team.ComeIn();
        await Team.OpenInEmergency("wasOnCall");
        Canaries.Watch(Team.Plan, "that there is such a plan", Everybody);
        foreach (var collection in new[] { "contributions", "questions", AttachmentPath })
            Known[collection] = new List<string>();
        Known["plans"] = [Team.Plan];
        Known["participants"] = Known["voices"] = [Team.Id("child"), Team.Id("parent"), Team.Id("carer"), Team.Id("socialWorker")];
        Known["agencies"] = [.. Team.Agencies.Values];
        Known["proofs"] = Known["receipts"] = Known["emergency-accesses"]
            = Known["people"] = Known["appointments"] = Known["frameworks"] = Known["plan-copies"] = [Guid.NewGuid().ToString()];
        Known["consents"] = Known["disclosures"] = Known["withheld-decisions"] = Known["restrictions"] = new List<string>();
        var invitation = (await Team.As("lead").Post($"/plans/{Team.Plan}/participants/{Team.Id("parent")}/invitations")).Expect(201).Id;
        Canaries.Watch(invitation, "that somebody was invited by e-mail", Readers.Coordinators);
        Known["invitations"] = [invitation];
        Canaries.Watch(WholeTeam.NameOf("carer"), "the name of a carer who lives where nobody may know", Everybody.Except(["parent"]));
        Canaries.Watch(WholeTeam.NameOf("releasedCarer"), "the name of a carer that was released, and is hidden from one", Everybody.Except(["mentor"]));
    }

    /// <summary>A name from one, and a view from another. Neither learns of it, nor does anybody else but those who may hide things.</summary>
    private async Task Hide()
    {
        await Restrict(new { kind = "identity", from = Team.Id("mentor"), subject = Team.Id("releasedCarer") });
        // What is hidden from one of an agency is hidden from its system.
        await Say("for everyone, hidden from one", "virtualSchoolHead", new { kind = "everyone" }, [.. Everybody.Except(["teacher", "schoolSystem"])]);
        await Restrict(new { kind = "view", from = Team.Id("teacher"), contribution = Known["contributions"].Last() });
    }

    private async Task Restrict(object what)
    {
        var body = JsonSerializer.SerializeToNode(what)!.AsObject();
        body["reason"] = Canaries.Plant("why something is hidden", Readers.MayRestrict);
        body["reviewOn"] = "2027-01-11";
        var restriction = (await Team.As("lead").Post($"/plans/{Team.Plan}/restrictions", body)).Expect(201).Id;
        Canaries.Watch(restriction, "that something is hidden", Readers.MayRestrict);
        Known["restrictions"] = [.. Known["restrictions"], restriction];
    }

    private async Task SpeakToEveryAudience()
    {
        await Say("for everyone", "teacher", new { kind = "everyone" }, Everybody, attaches: true);
        await Say("for everyone, by somebody who leaves", "leftNurse", new { kind = "everyone" }, Everybody);
        await Say("for everyone, summed up", "virtualSchoolHead", new { kind = "everyone" }, Everybody, summed: true);
        await Say("for everyone, by a carer", "carer", new { kind = "everyone" }, Everybody);
        await Say("for professionals", "socialWorker", new { kind = "professionals" }, Professionals);
        await Say("for professionals, summed up", "educationalPsychologist", new { kind = "professionals" }, Professionals, summed: true);
        await Say("for professionals, of the mother, by another, summed up", "parent", new { kind = "professionals" }, Professionals, "mentor", true);
        await Say("for health", "nurse", new { kind = "health" }, HealthColleagues);
        await Say("for health, summed up", "camhsPractitioner", new { kind = "health" }, HealthColleagues, summed: true, attaches: true);
        await Say("for the home", "carer", new { kind = "home" }, Home);
        await Say("for the home, by somebody not at home", "educationWelfareOfficer", new { kind = "home" }, Home, summed: true);
        await Say("of the child, for two", "child", Named("socialWorker", "advocate"), ["socialWorker", "advocate"]);
        await Say("of the child, by another, for one", "child", Named("teamManager"), ["teamManager"], writer: "advocate", attaches: true);
        await Say("of the mother, for one, summed up", "parent", Named("independentReviewingOfficer"), ["independentReviewingOfficer"], summed: true);
        await Say("of the mother, for the school", "parent", NamedAgency("school"), School);
        await Say("for a health agency, summed up", "youthJusticeWorker", NamedAgency("health"), HealthAgency, summed: true);
        await Say("sealed", "senco", new { kind = "sealed" }, []);
        await Bring("for professionals, by a system", new { kind = "professionals" }, [.. Professionals, "schoolSystem"], Professionals);
        await Bring("for everyone, by a system", new { kind = "everyone" }, Everybody, Everybody);
        await Say("sealed, by another", "releasedCarer", new { kind = "sealed" }, [], writer: "mentor");
    }

    /// <summary>One view with two versions, and everything that can hang on it.</summary>
    /// <param name="audienceReads">Whom the audience lets read the words; whose words they are and who wrote them down do so too.</param>
    private async Task Say(string what, string voice, object audience, string[] audienceReads, string? writer = null, bool summed = false, bool attaches = false)
    {
        Team.Wait();
        string[] inFull = [.. audienceReads, voice, writer ?? voice];
        var outcome = Outcomes[views++ % Outcomes.Length];
        var view = (await Team.As(writer ?? voice).Post($"/plans/{Team.Plan}/contributions", new
        {
            reviewId = Review,
            outcome,
            words = Canaries.Plant($"first words {what}", inFull),
            audience,
            summary = summed ? Canaries.Plant($"first summary {what}", Everybody) : null,
            onBehalfOf = writer is null ? null : Team.Id(voice),
        })).Expect(201).Id;
        Found("contributions", view, $"id of the view {what}", summed ? Everybody : inFull);
        if (!summed && what[..6] is not "sealed")
        {
            foreach (var reader in Told.Except(inFull))
                withheld[(reader, outcome)] = WithheldFrom(reader, outcome) + 1;
        }

        Team.Wait();
        (await Team.As(writer ?? voice).Post($"/contributions/{view}/versions", new
        {
            words = Canaries.Plant($"second words {what}", inFull),
            summary = summed ? Canaries.Plant($"second summary {what}", Everybody) : null,
            whatChanged = Canaries.Plant($"what changed {what}", inFull),
        })).Expect(201);
        if (attaches)
            await Attach(what, view, writer ?? voice, inFull);
        if (writer is not null)
            (await Team.As(voice).Post($"/contributions/{view}/confirm")).Expect(200);

        if (inFull.Intersect(Everybody).Except(Silent).FirstOrDefault(r => r != voice) is { } reader1)
        {
            await Respond(what, view, reader1, inFull);
            await Ask(what, view, reader1, voice, inFull);
            if (summed && !inFull.Contains("teacher"))
                await Ask($"{what} (to somebody who reads the summary)", view, reader1, "teacher", inFull);
        }

        if (summed && Everybody.Except(Silent).FirstOrDefault(r => !inFull.Contains(r)) is { } reader2)
        {
            await Respond($"{what} (to the summary)", view, reader2, Everybody);
            await Ask($"{what} (about the summary)", view, reader2, voice, Everybody);
        }
    }

    /// <summary>
    /// The school's system brings in words of a colleague who has not confirmed them: it reads them back, and of what hangs on them
    /// no more than its agency's audience.
    /// </summary>
    private async Task Bring(string what, object audience, string[] reads, string[] readsAll)
    {
        Team.Wait();
        var outcome = Outcomes[views++ % Outcomes.Length];
        var view = (await Team.As("schoolSystem").Post($"/plans/{Team.Plan}/contributions", new
        {
            reviewId = Review,
            outcome,
            words = Canaries.Plant($"first words {what}", reads),
            audience,
            authoredBy = Team.Id("senco"),
        })).Expect(201).Id;
        Found("contributions", view, $"id of the view {what}", reads);
        foreach (var reader in Told.Except(reads))
            withheld[(reader, outcome)] = WithheldFrom(reader, outcome) + 1;
        Team.Wait();
        (await Team.As("schoolSystem").Post($"/contributions/{view}/versions",
            new { words = Canaries.Plant($"second words {what}", reads), authoredBy = Team.Id("senco") })).Expect(201);
        await Attach(what, view, "senco", readsAll);
        await Respond(what, view, "socialWorker", readsAll);
        await Ask(what, view, "socialWorker", "senco", readsAll);
    }

    /// <summary>A picture in whose pixels something is written.</summary>
    private async Task Attach(string what, string view, string by, IReadOnlyCollection<string> readers)
    {
        byte[] picture =
        [
            .. SampleFiles.Png()[..33],
            .. SampleFiles.PngChunk("IDAT", Encoding.ASCII.GetBytes(Canaries.Plant($"picture with {what}", readers))),
            .. SampleFiles.PngChunk("IEND", []),
        ];
        var attached = (await Team.As(by).Upload($"/contributions/{view}/attachments", "image/png", picture)).Expect(201);
        var id = attached["attachments"][0].GetProperty("id").GetString()!;
        Known[AttachmentPath] = [.. Known[AttachmentPath], $"/contributions/{view}/attachments/{id}"];
        Canaries.Watch(id, $"id of a picture with {what}", readers);
    }

    private async Task Respond(string what, string view, string by, string[] readers)
    {
        Team.Wait();
        (await Team.As(by).Post($"/contributions/{view}/responses", new
        {
            stance = "partly",
            reason = Canaries.Plant($"response of {by} to the view {what}", readers),
        })).Expect(201);
    }

    private async Task Ask(string what, string view, string by, string of, string[] readers)
    {
        Team.Wait();
        string[] asked = [.. readers, by, of];
        var question = (await Team.As(by).Post($"/contributions/{view}/questions", new
        {
            words = Canaries.Plant($"question of {by} to {of}, under the view {what}", asked),
            to = Team.Id(of),
        })).Expect(201).Id;
        Found("questions", question, $"id of a question under the view {what}", asked);
        (await Team.As(of).Post($"/questions/{question}/answers",
            new { words = Canaries.Plant($"answer of {of}, under the view {what}", asked) })).Expect(201);
        (await Team.As(of).Post($"/questions/{question}/answers",
            new { words = Canaries.Plant($"answer of {of} for {by} alone, under the view {what}", by, of), onlyForAsker = true })).Expect(201);
    }

    /// <summary>That a view was there stays, as far as it was known; its words are its author's alone.</summary>
    private async Task TakeBack()
    {
        foreach (var (audience, summed, readers) in new[] { ("everyone", false, Everybody), ("professionals", true, Everybody), ("health", false, HealthColleagues) })
        {
            Team.Wait();
            var what = $"for {audience}, taken back";
            var view = (await Team.As("camhsPractitioner").Post($"/plans/{Team.Plan}/contributions", new
            {
                reviewId = Review,
                outcome = Outcomes[0],
                words = Canaries.Plant($"words {what}", "camhsPractitioner"),
                audience = new { kind = audience },
                summary = summed ? Canaries.Plant($"summary {what}", "camhsPractitioner") : null,
            })).Expect(201).Id;
            Found("contributions", view, $"id of the view {what}", readers);
            await Attach($"the view {what}", view, "camhsPractitioner", ["camhsPractitioner"]);
            (await Team.As("camhsPractitioner").Post($"/contributions/{view}/withdraw")).Expect(200);
        }
    }

    private async Task WriteDrafts()
    {
        await Draft("educationalPsychologist", []);
        await Draft("teacher", ["designatedTeacher"]);
        await Draft("advocate", [], onBehalfOf: "child");
    }

    private async Task Draft(string author, string[] shownTo, string? onBehalfOf = null)
    {
        Team.Wait();
        string[] readers = [author, .. shownTo];
        var draft = (await Team.As(author).Post($"/plans/{Team.Plan}/contributions", new
        {
            reviewId = Review,
            outcome = Outcomes[1],
            words = Canaries.Plant($"words of a draft of {author}", readers),
            summary = Canaries.Plant($"summary of a draft of {author}", readers),
            audience = new { kind = "professionals" },
            onBehalfOf = onBehalfOf is null ? null : Team.Id(onBehalfOf),
            draft = true,
        })).Expect(201).Id;
        Found("contributions", draft, $"id of a draft of {author}", readers);
        drafts.Add(draft);
        await Attach($"a draft of {author}", draft, author, readers);
        foreach (var supervisor in shownTo)
            (await Team.As(author).Put($"/contributions/{draft}/shown-to", new { to = Team.Id(supervisor) })).Expect(200);
    }

    private async Task NoteWhatProfessionalsKnow()
    {
        Canaries.Watch(Team.Identifier, "the child's number in another system", Told);
        (await Team.As("socialWorker").Put($"/reviews/{Review}/voices/{Team.Id("socialWorker")}",
            new { absence = new { reason = "court", note = Canaries.Plant("note on a professional's absence", Told) } })).Expect(200);
        (await Team.As("lead").Put($"/reviews/{Review}/voices/{Team.Id("parent")}", new
        {
            absence = new { reason = "illness", note = Canaries.Plant("note on the mother's absence", [.. Told, "parent"]) },
            attempts = new[] { new { how = "phone", note = Canaries.Plant("note on a try to reach the mother", [.. Told, "parent"]) } },
        })).Expect(200);
    }

    private async Task Decide()
    {
        Team.Wait();
        var decision = (await Team.As("designatedTeacher").Post($"/reviews/{Review}/decisions", new
        {
            outcomes = Outcomes,
            what = Canaries.Plant("decision", Everybody),
            why = "Because of all that was said",
            because = Known["contributions"].Where(id => readersOf[id].Contains("designatedTeacher") && !drafts.Contains(id)),
        })).Expect(201).Id;
        Known["decisions"] = [decision];
        (await Team.As("parent").Post($"/decisions/{decision}/responses",
            new { stance = "disagree", reason = Canaries.Plant("dissent", Everybody), about = "how" })).Expect(201);

        // A late view that few may see, and a recheck that names it.
        await Say("for the home, late", "virtualSchoolHead", new { kind = "home" }, Home);
        (await Team.As("socialWorker").Post($"/decisions/{decision}/rechecks", new
        {
            finding = Canaries.Plant("finding of a recheck", Everybody),
            changed = false,
            considered = Known["contributions"].TakeLast(1),
        })).Expect(201);
    }

    private async Task Act()
    {
        var action = (await Team.As("socialWorker").Post($"/plans/{Team.Plan}/actions", new
        {
            outcome = Outcomes[0],
            what = Canaries.Plant("action", Everybody),
            holders = new[] { Team.Id("carer"), Team.Id("socialWorker") },
        })).Expect(201).Id;
        Known["actions"] = [action];
        (await Team.As("socialWorker").Post($"/actions/{action}/handovers",
            new { to = Team.Id("releasedCarer"), keepDoing = Canaries.Plant("what a sender keeps doing", Everybody) })).Expect(201);
        var target = (await Team.As("designatedTeacher").Post($"/plans/{Team.Plan}/targets", new
        {
            outcome = Outcomes[2],
            what = "A target",
            measure = Canaries.Plant("measure of a target", Everybody),
        })).Expect(201).Id;
        Known["targets"] = [target];
        (await Team.As("carer").Post($"/targets/{target}/progress", new { words = Canaries.Plant("note of progress", Everybody) })).Expect(201);
        (await Team.As("carer").Post($"/targets/{target}/rewordings", new { words = Canaries.Plant("rewording", Everybody) })).Expect(201);
        (await Team.As("mentor").Put($"/plans/{Team.Plan}/participants/me/focus", new { focus = Canaries.Plant("focus", Everybody) })).Expect(200);
    }

    /// <summary>What is shared outside the team, and what is not: each by whom its kind lets know.</summary>
    private async Task Share()
    {
        Team.Wait();
        string[] toldOfHers = [.. Professionals, "parent"];
        var hers = await Consent("socialWorker", "parent", toldOfHers);
        await Consent("child", "child", [.. Professionals, "child"]);
        var takenBack = await Consent("carer", "carer", [.. Professionals, "carer"]);
        (await Team.As("carer").Post($"/plans/{Team.Plan}/consents/{takenBack}/withdraw",
            new { why = Canaries.Plant("why a consent was withdrawn", [.. Professionals, "carer"]) })).Expect(200);

        await Disclose("vitalInterests", null, false, Professionals);
        await Disclose("publicTask", null, true, [.. Everybody.Except(Readers.Systems)]);
        await Disclose("consent", hers, false, toldOfHers);
        // Whoever comes in by an emergency may be the one from whom something is kept.
        string[] takingPart = [.. Professionals.Except([OnCall])];
        await Withhold([], takingPart);
        await Withhold(["nurse", "designatedTeacher"], [.. takingPart.Except(["nurse", "designatedTeacher"])]);
        (await Team.As("educationWelfareOfficer").Put($"/plans/{Team.Plan}/participants/me/basis",
            new { basis = "legalObligation", why = Canaries.Plant("why somebody takes part by another right", Told) })).Expect(200);
    }

    private async Task<string> Consent(string by, string giver, string[] readers)
    {
        var consent = (await Team.As(by).Post($"/plans/{Team.Plan}/consents", new
        {
            giver = Team.Id(giver),
            scope = "shareOutside",
            covers = Canaries.Plant($"what {giver} agreed to", readers),
        })).Expect(201).Id;
        Canaries.Watch(consent, $"id of a consent of {giver}", readers);
        Known["consents"] = [.. Known["consents"], consent];
        return consent;
    }

    private async Task Disclose(string basis, string? consent, bool openToFamily, string[] readers)
    {
        var disclosure = (await Team.As("socialWorker").Post($"/plans/{Team.Plan}/disclosures", new
        {
            to = Canaries.Plant($"to whom something was disclosed by {basis}", readers),
            what = Canaries.Plant($"what was disclosed by {basis}", readers),
            purpose = Canaries.Plant($"what for something was disclosed by {basis}", readers),
            agreement = Canaries.Plant($"the agreement of a disclosure by {basis}", readers),
            basis,
            consent,
            openToFamily,
        })).Expect(201).Id;
        Canaries.Watch(disclosure, $"id of a disclosure by {basis}", readers);
        Known["disclosures"] = [.. Known["disclosures"], disclosure];
    }

    private async Task Withhold(string[] from, string[] readers)
    {
        var decision = (await Team.As("socialWorker").Post($"/plans/{Team.Plan}/withheld-decisions", new
        {
            from = Canaries.Plant("from whom something is withheld", readers),
            participants = from.Select(Team.Id),
            what = Canaries.Plant("what is withheld", readers),
            why = Canaries.Plant("why something is withheld", readers),
        })).Expect(201).Id;
        Canaries.Watch(decision, "id of a decision not to share", readers);
        Known["withheld-decisions"] = [.. Known["withheld-decisions"], decision];
    }

    /// <summary>Somebody leaves; the review is closed and signed; the next one is open.</summary>
    private async Task End()
    {
        Team.Wait();
        var lead = Team.As("lead");
        var leaver = $"/plans/{Team.Plan}/participants/{Team.Id("leftNurse")}";
        (await lead.Patch(leaver, new { until = Team.Host.Clock.Now, cover = Team.Id("nurse") }, (await lead.Get(leaver)).ETag)).Expect(200);

        foreach (var voice in (await lead.Get($"/reviews/{Review}/voices?limit=200")).Items)
        {
            (await lead.Put($"/reviews/{Review}/voices/{voice.GetProperty("participantId").GetString()}",
                new { addressed = new { how = Canaries.Plant("what was done about a voice", Everybody) } })).Expect(200);
        }

        Team.Wait();
        (await lead.Post($"/decisions/{Known["decisions"].Single()}/rechecks", new { finding = "Nothing changes.", changed = false })).Expect(201);
        (await lead.Post($"/reviews/{Review}/close", new { }, ifMatch: (await lead.Get($"/reviews/{Review}")).ETag)).Expect(200);
        (await lead.Post($"/reviews/{Review}/sign-off", ifMatch: (await lead.Get($"/reviews/{Review}")).ETag)).Expect(200);
        (await Team.As("advocate").Post($"/reviews/{Review}/addenda", new { words = Canaries.Plant("addendum", Everybody) })).Expect(201);
        await Team.OpenReview("The review after it", 15, 30);
        Known["reviews"] = [Review, Team.Review];
    }

    private void Found(string collection, string id, string what, IEnumerable<string> readers)
    {
        Known[collection] = [.. Known[collection], id];
        Known["drafts"] = Known["contributions"];
        readersOf[id] = [.. readers];
        Canaries.Watch(id, what, readersOf[id]);
    }

    private object Named(params string[] people) => new { kind = "named", participants = people.Select(Team.Id) };

    private object NamedAgency(string agency) => new { kind = "named", agencies = new[] { Team.Agencies[agency] } };
}
