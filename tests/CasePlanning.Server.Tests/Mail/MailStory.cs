using CasePlanning.Server.Tests.Identity;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Mail;

/// <summary>A plan whose people have come in before, a review that is open, and a mail server that takes everything.</summary>
internal sealed class MailStory : IAsyncDisposable
{
    private readonly Dictionary<string, ApiCaller> callers = [];
    private readonly Dictionary<string, string> participants = [];

    private MailStory() => Host = new PlanningHost { Settings = Server.Settings };

    public MailServer Server { get; } = new();

    public PlanningHost Host { get; }

    public string Plan { get; private set; } = "";

    public string Review { get; private set; } = "";

    /// <param name="child">What the child is called.</param>
    public static async Task<MailStory> Begin(string child = "Wren", string title = "Autumn")
    {
        var story = new MailStory();
        // Nothing that is past when mail begins is news.
        await story.Host.WriteNotices();
        var opened = (await story.As("hamo.tresk").Post("/plans", new
        {
            child = new { givenName = child, familyName = "Oldacre", dateOfBirth = "2013-03-14" },
            kind = "pep",
        })).Expect(201);
        story.Plan = opened.Id;
        story.participants["hamo.tresk"] = opened["me"].GetProperty("participantId").GetString()!;
        foreach (var (who, role) in new[]
        {
            ("dominic.ferraby", "socialWorker"), ("imke.sandover", "designatedTeacher"), ("sunniva.raike", "nurse"), ("roz.applegarth", "teamManager"),
            ("delphine.holt", "parent"), ("maud.ellerthwaite", "carer"), ("kezia.amari-holt", "child"), ("cal.wexley", "teacher"),
        })
        {
            story.participants[who] = (await story.As("hamo.tresk").Post($"/plans/{story.Plan}/participants",
                new { person = new { name = who, email = $"{who}@demo.example" }, role })).Expect(201).Id;
        }

        story.Review = (await story.As("hamo.tresk").Post($"/plans/{story.Plan}/reviews",
            new { title, opensOn = "2026-10-12", closesOn = "2026-10-21", invite = new[] { story.Id("kezia.amari-holt") } })).Expect(201).Id;
        var accounts = new SignInStory(story.Host);
        foreach (var who in story.participants.Keys.Append("petra.lanyon"))
            await accounts.HasPassword(who);
        // Whoever has come in has had a morning, and is told from then on.
        await story.Host.WriteDailyMails();
        await story.Host.WriteNotices();
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
        return (await As("imke.sandover").Post($"/reviews/{Review}/decisions", new { outcomes = new[] { "stay-safe" }, what, why })).Expect(201).Id;
    }

    public Task<Answer> Choose(string who, string digest = "off", string recheckNeeded = "off", string restrictionChanged = "off", string replyOwed = "off") =>
        As(who).Put("/me/notifications", new { digest, recheckNeeded, restrictionChanged, replyOwed });

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
