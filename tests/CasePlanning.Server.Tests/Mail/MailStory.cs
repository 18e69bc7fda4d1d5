using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Mail;

/// <summary>A plan whose people have come in before, a review that is open, and a mail server that takes everything.</summary>
internal sealed class MailStory : IAsyncDisposable
{
    private readonly Dictionary<string, ApiCaller> callers = [];
    private readonly Dictionary<string, string> participants = [];

    private MailStory() => Host = new PlanningHost { Environment = "Production", Settings = Server.Settings };

    public MailServer Server { get; } = new();

    public PlanningHost Host { get; }

    public string Plan { get; private set; } = "";

    public string Review { get; private set; } = "";

    /// <param name="child">What the child is called.</param>
    public static async Task<MailStory> Begin(string child = "Wren", string title = "Autumn")
    {
        var story = new MailStory();
        var council = await story.Employ();
        var opened = (await story.As("hamo").Post("/plans", new
        {
            child = new { givenName = child, familyName = "Oldacre", dateOfBirth = "2013-03-14" },
            kind = "pep",
        })).Expect(201);
        story.Plan = opened.Id;
        story.participants["hamo"] = opened["me"].GetProperty("participantId").GetString()!;
        foreach (var (who, role) in new[]
        {
            ("dominic", "socialWorker"), ("imke", "designatedTeacher"), ("sunniva", "nurse"), ("roz", "teamManager"), ("cal", "teacher"),
            ("delphine", "parent"), ("maud", "carer"), ("kezia", "child"),
        })
        {
            story.participants[who] = (await story.As("hamo").Post($"/plans/{story.Plan}/participants",
                new { person = new { name = who, email = $"{who}@demo.example" }, role, agencyId = role is "parent" or "carer" or "child" ? (Guid?)null : council })).Expect(201).Id;
        }

        story.Review = (await story.As("hamo").Post($"/plans/{story.Plan}/reviews",
            new { title, opensOn = "2026-10-12", closesOn = "2026-10-21", invite = new[] { story.Id("kezia") } })).Expect(201).Id;
        await story.Write(database => database.Accounts.AddRange(database.Persons.Select(p => p.Id).ToList().Select(id => new Account(id))));
        // Nothing that is past when mail begins is news, and whoever has just come in has seen what there is.
        await story.Host.WriteNotices();
        await story.Host.WriteDailyMails();
        story.Wait();
        return story;
    }

    public ApiCaller As(string name) => callers.TryGetValue(name, out var known) ? known : callers[name] = Host.SignInAs(name);

    public string Id(string name) => participants[name];

    /// <summary>A minute passes, so that nothing happens at the same instant as something else.</summary>
    public void Wait() => Host.Clock.Now += TimeSpan.FromMinutes(1);

    public async Task<string> Say(string who, string words = "Words", object? audience = null, string? summary = null)
    {
        Wait();
        return (await As(who).Post($"/plans/{Plan}/contributions",
            new { reviewId = Review, outcome = "stay-safe", words, audience = audience ?? new { kind = "everyone" }, summary })).Expect(201).Id;
    }

    public async Task<string> Decide(string what = "What", string why = "Why")
    {
        Wait();
        return (await As("imke").Post($"/reviews/{Review}/decisions", new { outcomes = new[] { "stay-safe" }, what, why })).Expect(201).Id;
    }

    public Task<Answer> Choose(string who, string digest = "off", string recheckNeeded = "off", string restrictionChanged = "off", string replyOwed = "off") =>
        As(who).Put("/me/notifications", new { digest, recheckNeeded, restrictionChanged, replyOwed });

    /// <summary>The first professionals, and the agency they work for: nobody can bring themselves in.</summary>
    private async Task<Guid> Employ()
    {
        var now = Host.Clock.Now;
        var council = new Agency("Thornmere Borough Council", AgencyKind.LocalAuthority, "thornmere", now);
        var officer = new Person("Petra", "petra@demo.example", council.Id, usualRole: null, now);
        await Write(database =>
        {
            database.Agencies.Add(council);
            database.Persons.AddRange(
                new Person("Hamo", "hamo@demo.example", council.Id, Role.VirtualSchoolHead, now),
                new Person("Tobias", "tobias@demo.example", council.Id, Role.EducationWelfareOfficer, now), officer);
            database.Appointments.Add(Appointment.ToAuthority(officer.Id, Office.PrivacyOfficer, council.Authority, now));
        });
        return council.Id;
    }

    private Task<int> Write(Action<IPlanningDatabase> change) => Host.Services.GetRequiredService<IWriteLane>().Run(async (services, cancellation) =>
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        change(database);
        return await database.SaveChangesAsync(cancellation);
    }, CancellationToken.None);

    /// <summary>Those to whom mail goes now, with its subject.</summary>
    public async Task<IReadOnlyList<(string To, string Subject)>> Arriving()
    {
        var before = Server.Mails.Count;
        await Host.WriteNotices();
        await Host.SendMails();
        return [.. Server.Mails.Skip(before).Select(m => (m.To.Single().Split('@')[0], m.Subject)).Order()];
    }

    /// <summary>Those to whom mail goes in the morning of a day.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> InTheMorning(DateTimeOffset at)
    {
        Host.Clock.Now = at;
        await Host.WriteNotices();
        await Host.SendMails();
        var before = Server.Mails.Count;
        await Host.WriteDailyMails();
        await Host.SendMails();
        return [.. Server.Mails.Skip(before).OrderBy(m => m.To.Single(), StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Server.DisposeAsync();
    }
}
