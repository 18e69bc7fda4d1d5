using System.Text.RegularExpressions;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Api.V1;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>
/// A plan that has one of everything an operation can be about, so that the example of each can be sent as a real request.
/// Made through the API itself, in any environment.
/// </summary>
internal sealed partial class OneOfEverything
{
    private const string Healthy = "be-healthy";
    private const string Enjoy = "enjoy-and-achieve";

    /// <summary>A system, which alone can do what no person can.</summary>
    private const string SystemName = "Thornmere case system";

    /// <summary>A day on which the windows of the examples are still free.</summary>
    private static readonly DateTimeOffset Today = new(2026, 9, 15, 11, 0, 0, TimeSpan.Zero);

    private readonly List<string> places = [];
    private readonly Dictionary<Guid, string> ids = [];
    private readonly Cast cast;

    private OneOfEverything(Cast cast) => this.cast = cast;

    /// <summary>The plan that it is all in.</summary>
    public string Plan => places.Select(place => place.Split('/')).First(parts => parts[1] == "plans")[2];

    /// <summary>Who may be the right one to send a request, in the order in which they are asked.</summary>
    public IReadOnlyList<ApiCaller> Callers => [cast.Hamo, cast.Dominic, cast.Delphine, cast.Kezia, cast.Sunniva, cast.Petra, cast.Oona, cast.Edda, cast.System];

    /// <summary>One who reads for the professionals and one who reads for the family.</summary>
    public IReadOnlyList<ApiCaller> Readers => [cast.Hamo, cast.Delphine];

    /// <summary>The people, who are the same on every plan of a host.</summary>
    public static async Task<Cast> Gather(PlanningHost host)
    {
        host.Clock.Now = Today;
        await Employ(host, "Hamo Tresk", "hamo");
        var agency = await host.With(database => database.Persons.Where(p => p.Email == "edda@demo.example").Select(p => p.AgencyId!.Value).SingleAsync());
        await host.Integrators.Register(agency.ToString(), name: SystemName);
        return GatherAgain(host);
    }

    /// <summary>The same people, on another host that has the same store, or a copy of it.</summary>
    public static Cast GatherAgain(PlanningHost host)
    {
        host.Clock.Now = Today;
        return new Cast(host.SignInAs("hamo"), host.SignInAs("dominic"), host.SignInAs("imke"), host.SignInAs("delphine"), host.SignInAs("kezia"), host.SignInAs("sunniva"), host.SignInAs("petra"), host.SignInAs("oona"), host.SignInAs("edda"), host.Integrators.AsNamed(SystemName), host);
    }

    public static async Task<OneOfEverything> For(Cast cast)
    {
        var one = new OneOfEverything(cast);
        await one.Make();
        return one;
    }

    /// <summary>The addresses of existing things that fit a path of the document, the likeliest first: of its last thing, with what follows it.</summary>
    public IReadOnlyList<string> AddressesFor(string path)
    {
        var cut = path.LastIndexOf('}') + 1;
        if (cut == 0)
            return [path];
        var form = FormOf(path[..cut]);
        var fitting = places.Where(place => FormOf($"/api/v1{place}") == form).Select(place => $"/api/v1{place}{path[cut..]}").ToList();
        return fitting.Count > 0 ? fitting : throw new InvalidOperationException($"There is nothing at {path[..cut]}: add one to {nameof(OneOfEverything)}.");
    }

    /// <summary>A text with the ids that the examples use replaced by those of the existing things.</summary>
    public string Localise(string example) => ids.Aggregate(example, (text, id) => text.Replace(id.Key.ToString(), id.Value, StringComparison.Ordinal));

    /// <summary>The ids of all that is there, of whatever kind.</summary>
    public IReadOnlyList<string> Ids => [.. ids.Values.Concat(places.SelectMany(place => Id().Matches(place).Select(m => m.Value))).Distinct()];

    /// <summary>An address up to the last thing it names.</summary>
    public static string UpToLastId(string address) => Id().Matches(address).LastOrDefault() is { } last ? address[..(last.Index + last.Length)] : address;

    /// <summary>An address with another id in the place of its last one.</summary>
    public static string WithLastId(string address, string id) =>
        Id().Matches(address).LastOrDefault() is { } last ? address[..last.Index] + id + address[(last.Index + last.Length)..] : address;

    private async Task Make()
    {
        var plan = (await cast.Hamo.Post("/plans", new
        {
            child = new { givenName = "Kezia", familyName = "Amari-Holt", dateOfBirth = "2013-03-14" },
            kind = "pep",
            role = "virtualSchoolHead",
            startedOn = "2026-08-17",
        })).Expect(201);
        var hamo = plan["me"].GetProperty("participantId").GetString()!;
        var council = (await cast.Hamo.Get($"/plans/{plan.Id}/participants/{hamo}"))["agencyId"].GetString()!;
        var dominic = await Join("dominic", "socialWorker", council);
        var imke = await Join("imke", "designatedTeacher", council);
        var kezia = await Join("kezia", "child", null);
        var delphine = await Join("delphine", "parent", null);
        var sunniva = await Join("sunniva", "nurse", council);

        var wexmoor = (await cast.Hamo.Post("/agencies", new { name = "Wexmoor County Council", kind = "localAuthority", authority = "wexmoor" })).Expect(201).Id;
        var osric = await Join("osric", "socialWorker", wexmoor);

        var target = (await cast.Hamo.Post($"/plans/{plan.Id}/targets", new { outcome = Enjoy, what = "Keeps up in mathematics", measure = "Grade 5" })).Expect(201).Id;
        var signed = await Review("2026-06-01", "2026-06-19");
        await SignOff(signed, await Close(signed));
        var closed = await Review("2026-07-01", "2026-07-17");
        await Close(closed);
        var review = await Review("2026-09-01", "2026-09-25");
        // Somebody who has come in before and has not spoken: mail may go to them.
        var planned = (await cast.Hamo.Post($"/plans/{plan.Id}/reviews",
            new { title = "Spring review", opensOn = "2027-03-01", closesOn = "2027-03-19", invite = new[] { osric } })).Expect(201).Id;
        await cast.Host.Write(database => database.Accounts.AddRange(
            database.Persons.Where(p => p.Email == "osric@demo.example" && !database.Accounts.Any(a => a.Id == p.Id)).Select(p => p.Id).ToList().Select(id => new Account(id))));
        var carried = (await cast.Hamo.Get($"/reviews/{review}"))["carriedForward"][0].GetProperty("id").GetString()!;

        var view = await Say(cast.Hamo, new { reviewId = review, outcome = Enjoy, words = "Keep the set." });
        var writtenDown = await Say(cast.Dominic, new { reviewId = review, outcome = Healthy, words = "Sleep comes first.", onBehalfOf = hamo });
        var draft = await Say(cast.Dominic, new { reviewId = review, outcome = Enjoy, words = "Not yet.", draft = true });
        var question = (await cast.Delphine.Post($"/contributions/{view}/questions", new { words = "Who picks her up?", to = hamo })).Expect(201).Id;
        var decision = (await cast.Hamo.Post($"/reviews/{review}/decisions", new { outcomes = new[] { Enjoy }, what = "Stay in set 1", why = "She asked for it" })).Expect(201).Id;
        await cast.Imke.Post($"/decisions/{decision}/responses", new { stance = "disagree", reason = "Two grades under target." });
        await cast.Delphine.Post($"/targets/{target}/rewordings", new { words = "I stay in top set maths" });
        var rewording = (await cast.Hamo.Get($"/targets/{target}"))["rewordings"][0].GetProperty("id").GetString()!;
        var action = await Agree(cast.Hamo, hamo);
        var offered = await Agree(cast.Imke, imke);
        var handover = (await cast.Imke.Post($"/actions/{offered}/handovers", new { to = hamo, keepDoing = "School keeps the room open" })).Expect(201)
            ["handovers"][0].GetProperty("id").GetString()!;
        await cast.Hamo.Put("/me/expertise", new { canDo = "School places", cannotDo = "Health", ageFrom = 4, ageTo = 18, area = "Thornmere", howToReach = "By telephone" });

        // An address that is not safe is so in every plan, and another round may have marked it.
        await cast.Host.Write(database => database.UnsafeAddresses.RemoveRange(database.UnsafeAddresses));
        var invitation = (await cast.Hamo.Post($"/plans/{plan.Id}/participants/{dominic}/invitations")).Expect(201).Id;
        var restriction = (await cast.Hamo.Post($"/plans/{plan.Id}/restrictions",
            new { kind = "identity", from = imke, subject = dominic, reason = "He asked for it", reviewOn = "2027-01-11" })).Expect(201).Id;
        var emergency = (await cast.Oona.Post($"/plans/{plan.Id}/emergency-access",
            new { purpose = "treatment", justification = "She is in the emergency department." })).Expect(201).Id;
        await cast.Oona.Delete($"/me/emergency-accesses/{emergency}");
        var consent = (await cast.Hamo.Post($"/plans/{plan.Id}/consents", new { giver = delphine, scope = "shareOutside", covers = "The holiday club" })).Expect(201).Id;
        var disclosure = (await cast.Hamo.Post($"/plans/{plan.Id}/disclosures",
            new { to = "The holiday club", what = "Who collects her", purpose = "Nobody else may", basis = "consent", consent })).Expect(201).Id;
        var withheld = (await cast.Hamo.Post($"/plans/{plan.Id}/withheld-decisions",
            new { from = "The school", participants = new[] { imke }, what = "The last school", why = "She begins anew" })).Expect(201).Id;
        var written = (await cast.Hamo.Post($"/plans/{plan.Id}/actions", new { outcome = Enjoy, what = "Ask the caretaker", holders = new[] { hamo } })).Expect(201);
        var receipt = written.Headers.GetValues("Journal-Receipt").Single();
        await cast.Host.SignJournal();
        var entry = (await cast.Petra.Get($"/audit/entries?plan={plan.Id}")).Expect(200).Items.Last().GetProperty("id").GetString();

        var appointment = (await cast.Edda.Get("/appointments?limit=200")).Expect(200).Items
            .First(a => a.GetProperty("person").GetString() == "Isolde Fennimore").GetProperty("id").GetString();
        var framework = (await cast.Edda.Get("/frameworks")).Expect(200).Items.First(f => f.TryGetProperty("authority", out _)).GetProperty("id").GetString();
        var attachment = (await cast.Hamo.Upload($"/contributions/{view}/attachments", "image/png", SampleFiles.Png())).Expect(201)["attachments"][0].GetProperty("id").GetString();

        var copy = await Moved();

        ids.Add(Examples.Plan, plan.Id);
        ids.Add(Examples.Review, review);
        ids.Add(Examples.View, view);
        ids.Add(Examples.Decision, decision);
        ids.Add(Examples.Action, action);
        ids.Add(Examples.Target, target);
        ids.Add(Examples.Question, question);
        ids.Add(Examples.Agency, council);
        ids.Add(Examples.Kezia, kezia);
        ids.Add(Examples.Dominic, dominic);
        ids.Add(Examples.Imke, imke);
        ids.Add(Examples.Hamo, hamo);
        ids.Add(Examples.Sunniva, sunniva);
        ids.Add(Examples.Delphine, delphine);
        ids.Add(Examples.Osric, osric);
        var tess = Named((await cast.Edda.Get($"/agencies/{council}/people?limit=200")).Expect(200), "Tess Wilding");
        ids.Add(Examples.Employee, tess);
        places.AddRange(
        [
            $"/agencies/{council}", $"/plans/{plan.Id}", $"/plans/{plan.Id}/participants/{dominic}", $"/plans/{plan.Id}/participants/{dominic}/invitations/{invitation}",
            $"/reviews/{review}", $"/reviews/{closed}", $"/reviews/{signed}", $"/reviews/{review}/voices/{kezia}", $"/reviews/{planned}/voices/{osric}", $"/reviews/{review}/carried-forward/{carried}",
            $"/contributions/{view}", $"/contributions/{writtenDown}", $"/contributions/{draft}", $"/drafts/{draft}", $"/contributions/{view}/attachments/{attachment}", $"/questions/{question}", $"/decisions/{decision}",
            $"/actions/{action}", $"/actions/{offered}", $"/actions/{offered}/handovers/{handover}", $"/targets/{target}", $"/targets/{target}/rewordings/{rewording}",
            $"/plans/{plan.Id}/restrictions/{restriction}", $"/plans/{plan.Id}/consents/{consent}", $"/plans/{plan.Id}/disclosures/{disclosure}",
            $"/plans/{plan.Id}/withheld-decisions/{withheld}", $"/emergency-accesses/{emergency}", $"/me/emergency-accesses/{emergency}",
            $"/me/plan-copies/{copy}", $"/agencies/{council}/people/{tess}", $"/appointments/{appointment}", $"/frameworks/{framework}",
            $"/audit/proofs/{entry}", $"/me/receipts/{receipt}",
        ]);

        static string Named(Answer list, string name) => list.Items.Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

        async Task<string> Join(string name, string role, string? agencyId) => (await cast.Hamo.Post($"/plans/{plan.Id}/participants", new
        {
            person = new { name, email = $"{name}@demo.example" },
            role,
            agencyId,
        })).Expect(201).Id;

        // Another plan, which has moved away: Hamo keeps a copy.
        async Task<string> Moved()
        {
            var gone = (await cast.Hamo.Post("/plans", new
            {
                child = new { givenName = "Wren", familyName = "Oldacre", dateOfBirth = "2014-02-01" },
                kind = "pep",
                role = "virtualSchoolHead",
            })).Expect(201);
            var lead = (await cast.Hamo.Post($"/plans/{gone.Id}/participants",
                new { person = new { name = "osric", email = "osric@demo.example" }, role = "socialWorker", agencyId = wexmoor })).Expect(201).Id;
            (await cast.Hamo.Post($"/plans/{gone.Id}/move", new { lead }, ifMatch: (await cast.Hamo.Get($"/plans/{gone.Id}")).ETag)).Expect(204);
            return (await cast.Hamo.Get("/me/plan-copies")).Expect(200).Items.First().GetProperty("id").GetString()!;
        }

        async Task<string> Review(string opensOn, string closesOn)
        {
            var opened = (await cast.Hamo.Post($"/plans/{plan.Id}/reviews", new { title = "Review", opensOn, closesOn, invite = new[] { kezia } })).Expect(201).Id;
            await Say(cast.Kezia, new { reviewId = opened, outcome = Healthy, words = "I like art." });
            return opened;
        }

        async Task<string> Close(string open) =>
            (await cast.Hamo.Post($"/reviews/{open}/close", new { }, ifMatch: (await cast.Hamo.Get($"/reviews/{open}")).ETag)).Expect(200).ETag;

        async Task SignOff(string ended, string etag) => (await cast.Hamo.Post($"/reviews/{ended}/sign-off", ifMatch: etag)).Expect(200);

        async Task<string> Say(ApiCaller who, object words) => (await who.Post($"/plans/{plan.Id}/contributions", words)).Expect(201).Id;

        async Task<string> Agree(ApiCaller who, string holder) =>
            (await who.Post($"/plans/{plan.Id}/actions", new { outcome = Enjoy, what = "Open the art room", holders = new[] { holder } })).Expect(201).Id;
    }

    /// <summary>The first professional, and the agency they work for: nobody can bring themselves in through the API.</summary>
    private static Task<int> Employ(PlanningHost host, string name, string address) =>
        host.Services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var database = lane.GetRequiredService<IPlanningDatabase>();
            var agency = new Agency("Thornmere Borough Council", AgencyKind.LocalAuthority, "thornmere", Today);
            database.Agencies.Add(agency);
            var officer = new Person("Petra Lanyon", "petra@demo.example", agency.Id, usualRole: null, Today);
            database.Persons.Add(new Person("Oona Ravelston", "oona@demo.example", agency.Id, Role.Nurse, Today));
            var (edda, isolde) = (new Person("Edda Marlow", "edda@demo.example", agency.Id, null, Today), new Person("Isolde Fennimore", null, agency.Id, null, Today));
            database.Persons.AddRange(new Person(name, $"{address}@demo.example", agency.Id, Role.VirtualSchoolHead, Today), officer, edda, isolde,
                new Person("Tess Wilding", "tess@demo.example", agency.Id, null, Today));
            database.Appointments.AddRange(
                Appointment.ToAuthority(officer.Id, Office.PrivacyOfficer, agency.Authority, Today),
                Appointment.ToAuthority(officer.Id, Office.PrivacyOfficer, "wexmoor", Today),
                Appointment.ToAuthority(edda.Id, Office.AuthorityAdministrator, agency.Authority, Today),
                Appointment.ToAgency(isolde.Id, agency, Today));
            database.Frameworks.Add(Framework.Of(agency.Authority, "thornmere-local", "Local", [new Outcome("safe", "Safe", "I am safe", [])], Today));
            return await database.SaveChangesAsync(cancellation);
        }, CancellationToken.None);

    private static string FormOf(string path) => Id().Replace(Parameter().Replace(path, "*"), "*");

    /// <summary>An id, or the hash that a receipt is.</summary>
    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    public sealed record Cast(ApiCaller Hamo, ApiCaller Dominic, ApiCaller Imke, ApiCaller Delphine, ApiCaller Kezia, ApiCaller Sunniva, ApiCaller Petra, ApiCaller Oona, ApiCaller Edda, ApiCaller System, PlanningHost Host);
}
