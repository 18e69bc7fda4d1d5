using CasePlanning.Application.Mail;
using Xunit;

namespace CasePlanning.Server.Tests.Mail;

/// <summary>Names, places and words that nobody could guess are put wherever people write; no byte of any mail holds one.</summary>
public sealed class MailCanaryTests(ITestOutputHelper output) : IAsyncDisposable
{
    private readonly List<string> canaries = [];
    private MailStory? story;

    public ValueTask DisposeAsync() => story?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Every_kind_of_mail_carries_role_kind_and_day_and_nothing_else()
    {
        story = await MailStory.Begin(Canary("child"), Canary("title"));
        var lead = story.As("hamo");
        var school = (await lead.Post("/agencies", new { name = Canary("school"), kind = "school" })).Expect(201).Id;
        (await lead.Patch($"/plans/{story.Plan}", new { knownAs = Canary("chosen") }, (await lead.Get($"/plans/{story.Plan}")).ETag)).Expect(200);
        var teacher = (await lead.Post($"/plans/{story.Plan}/participants",
            new { person = new { name = Canary("teacher"), email = "somebody@anywhere.example" }, role = "senco", agencyId = school, invite = true })).Expect(201).Id;
        foreach (var family in new[] { "delphine", "kezia", "maud" })
        {
            (await lead.Post($"/plans/{story.Plan}/participants/{story.Id(family)}/invitations")).Expect(201);
            (await story.Choose(family, "daily", "immediate", "immediate", "immediate")).Expect(200);
        }

        var view = await story.Say("imke", Canary("words"));
        var decision = await story.Decide(Canary("what"), Canary("why"));
        await story.Say("sunniva", Canary("health"), new { kind = "health" }, Canary("summary"));
        await story.Say("maud", $"We live at {Canary("address")}", new { kind = "home" });
        await story.Say("kezia", Canary("said"));
        (await story.As("delphine").Post($"/contributions/{view}/questions", new { words = Canary("question") })).Expect(201);
        (await story.As("dominic").Post($"/plans/{story.Plan}/restrictions", new
        {
            kind = "identity",
            from = story.Id("delphine"),
            subject = teacher,
            reason = Canary("reason"),
            reviewOn = "2026-10-15",
        })).Expect(201);
        (await story.As("tobias").Post($"/plans/{story.Plan}/emergency-access",
            new { purpose = "missingChild", justification = $"She is at {Canary("justification")}.", caseReference = Canary("reference") })).Expect(201);
        (await story.As("imke").Post($"/plans/{story.Plan}/actions",
            new { outcome = "stay-safe", what = Canary("action"), holders = new[] { story.Id("imke") }, due = "2026-10-16" })).Expect(201);
        Assert.NotEmpty(decision);
        (await story.As("hamo").Post($"/reviews/{story.Review}/voices", new { participantId = story.Id("cal") })).Expect(201);
        (await story.As("hamo").Post($"/reviews/{story.Review}/voices/{story.Id("cal")}/nudge")).Expect(200);
        await story.Arriving();
        using (var visitor = story.Host.Visit("https://localhost"))
        {
            // Whoever came in by an invitation asks for another link.
            var invitation = story.Server.Mails.Last(m => m.To.Contains("delphine@demo.example") && m.Subject.Contains("invited", StringComparison.Ordinal));
            var code = (await lead.Get($"/plans/{story.Plan}/participants/{story.Id("delphine")}/invitations")).Items.First().GetProperty("code").GetString()!;
            await (await visitor.Get(new Uri(invitation.Body.Split('\n').First(l => l.Contains("/invitation/", StringComparison.Ordinal)).Trim()).AbsolutePath)).Submit(("Code", code));
            await (await visitor.Get("/sign-in/new-link")).Submit(("Email", "delphine@demo.example"));
            canaries.Add(code);
        }

        await story.InTheMorning(new DateTimeOffset(2026, 10, 15, 6, 30, 0, TimeSpan.Zero));
        await story.InTheMorning(new DateTimeOffset(2026, 10, 22, 6, 30, 0, TimeSpan.Zero));
        await story.Host.SendMails();

        var mails = story.Server.Mails;
        var faults = mails.SelectMany(m => canaries.Concat(["Oldacre", "Thornmere"])
            // Whose mail it is, is said in its address alone.
            .Where(c => m.Everything.Replace(m.To.Single(), "", StringComparison.OrdinalIgnoreCase).Contains(c, StringComparison.OrdinalIgnoreCase))
            .Select(c => $"\"{m.Subject}\" holds {c}")).ToList();
        output.WriteLine($"Mails: {mails.Count} of {mails.Select(KindOf).Distinct().Count()} kinds, {mails.Sum(m => m.Raw.Length)} bytes searched for {canaries.Count} canaries, {faults.Count} found.");
        Support.Found.Nothing(faults);
        Assert.All(mails, m => Assert.Contains("You get this because", m.Body, StringComparison.Ordinal));
        Assert.All(mails, m => Assert.Matches("/account/mail|cannot be turned off|tell whoever invited you|sent only when it is asked for", m.Body));
        var kinds = await story.Host.With(d => Task.FromResult(d.OutgoingMails.Select(m => m.Kind).Distinct().ToList()));
        Assert.Equal(Enum.GetValues<MailKind>(), kinds.Order());
        Assert.Equal(mails.Count, await story.Host.With(d => Task.FromResult(d.OutgoingMails.Count(m => m.SentAt != null))));
    }

    private static string KindOf(Support.ReceivedMail mail) => string.Concat(mail.Subject.Where(c => !char.IsDigit(c)));

    private string Canary(string what)
    {
        var canary = $"zq{what}{Guid.NewGuid():N}"[..28];
        canaries.Add(canary);
        return canary;
    }
}
