using CasePlanning.Application.Mail;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Infrastructure.Mail;
using CasePlanning.Server.Tests.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CasePlanning.Server.Tests.Mail;

/// <summary>Mails on their way to a mail server on a real socket, willing or not.</summary>
public sealed class MailSenderTests : IAsyncLifetime
{
    private readonly MailServer server = new();
    private readonly RecordedLogs logs = new();
    private readonly PlanningHost host;
    private readonly SignInStory story;
    private ApiCaller sarn = null!;
    private string femi = "";

    public MailSenderTests()
    {
        host = new PlanningHost { Settings = server.Settings, Replace = services => services.AddSingleton<ILoggerProvider>(logs) };
        story = new SignInStory(host);
    }

    public async ValueTask InitializeAsync()
    {
        sarn = host.SignInAs("gwilym.sarn");
        femi = await AddressOf(sarn, "Femi Thorley");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await server.DisposeAsync();
        logs.Dispose();
    }

    [Fact]
    public async Task A_mail_goes_to_one_address_once_and_is_forgotten()
    {
        await sarn.Post($"{femi}/invitations");
        await host.SendMails();
        await host.SendMails();

        var mail = Assert.Single(server.Mails);
        Assert.Equal(["femi.thorley@demo.example"], mail.To);
        Assert.Equal("You are invited to CasePlanning", mail.Subject);
        Assert.Equal("\"CasePlanning\" <no-reply@plans.demo.example>", mail.Message.From.ToString());
        Assert.Equal("femi.thorley@demo.example", mail.Message.To.ToString());
        Assert.Equal("auto-generated", mail.Message.Headers["Auto-Submitted"]);
        Assert.Contains("/invitation/", mail.Body, StringComparison.Ordinal);
        Assert.Equal("sent", await StateOfMail());
        var kept = await Kept();
        Assert.Equal(("", 1, host.Clock.Now), (kept.SealedText, kept.Attempts, kept.SentAt));
        Assert.Equal($"{kept.Id:N}@plans.demo.example", mail.Message.MessageId);
    }

    [Fact]
    public async Task Of_several_senders_one_takes_each_mail()
    {
        foreach (var name in new[] { "Femi Thorley", "Abeni Adesina", "Kwabena Lisle", "Tobias Quill", "Dr Ngaire Holloway-Bose", "Xanthe Moorcroft" })
            (await sarn.Post($"{await AddressOf(sarn, name)}/invitations")).Expect(201);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            ActivatorUtilities.CreateInstance<MailSender>(host.Services).SendWhatWaits(CancellationToken.None)));
        await host.SendMails();

        Assert.Equal(6, server.Mails.Count);
        Assert.Equal(6, server.Mails.SelectMany(m => m.To).Distinct().Count());
    }

    [Theory]
    [InlineData(MailMood.AsksToComeLater)]
    [InlineData(MailMood.HangsUpAtOnce)]
    [InlineData(MailMood.TalksNonsense)]
    [InlineData(MailMood.NeverAnswers)]
    public async Task A_mail_that_the_server_does_not_take_goes_when_it_does(MailMood mood)
    {
        host.Services.GetRequiredService<MailSender>().Patience = TimeSpan.FromSeconds(1);
        server.Mood = mood;
        (await sarn.Post($"{femi}/invitations")).Expect(201);
        await host.SendMails();
        Assert.Equal("waiting", await StateOfMail());
        await host.SendMails();
        Assert.Equal(1, (await Kept()).Attempts);

        server.Mood = MailMood.Willing;
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await host.SendMails();
        Assert.Single(server.Mails);
        Assert.Equal("sent", await StateOfMail());
        NothingPersonalIsLogged();
    }

    [Fact]
    public async Task A_mail_that_was_taken_without_a_word_goes_again_under_the_same_id()
    {
        server.Mood = MailMood.HangsUpOnceItHasTheMail;
        (await sarn.Post($"{femi}/invitations")).Expect(201);
        await host.SendMails();
        server.Mood = MailMood.Willing;
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await host.SendMails();

        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(m => m.Message.MessageId).Distinct());
    }

    [Theory]
    [InlineData(MailMood.RefusesEveryRecipient)]
    [InlineData(MailMood.RefusesEveryMessage)]
    public async Task A_mail_that_the_server_refuses_for_good_is_given_up_where_the_inviter_sees_it(MailMood mood)
    {
        server.Mood = mood;
        (await sarn.Post($"{femi}/invitations")).Expect(201);
        (await sarn.Post($"{await AddressOf(sarn, "Abeni Adesina")}/invitations")).Expect(201);
        await host.SendMails();

        Assert.Equal("failed", await StateOfMail());
        Assert.Equal(2, await story.With(d => d.OutgoingMails.CountAsync(m => m.NextAttemptAt == null && m.SealedText == "" && m.LastFailure != null)));
        Assert.Contains("given up", logs.All, StringComparison.Ordinal);
        NothingPersonalIsLogged();
        Assert.DoesNotContain("femi", (await story.With(d => d.OutgoingMails.Select(m => m.LastFailure).FirstAsync()))!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_tried_ever_less_often_and_given_up_within_a_day()
    {
        server.Mood = MailMood.HangsUpAtOnce;
        (await sarn.Post($"{femi}/invitations")).Expect(201);
        var (began, attempts) = (host.Clock.Now, new List<double>());
        while (await StateOfMail() == "waiting")
        {
            var before = (await Kept()).Attempts;
            await host.SendMails();
            if ((await Kept()).Attempts > before)
                attempts.Add((host.Clock.Now - began).TotalMinutes);
            host.Clock.Now += TimeSpan.FromMinutes(1);
            Assert.True(attempts.Count <= OutgoingMail.MostAttempts);
            host.Clock.Now = (await Kept()).NextAttemptAt ?? host.Clock.Now;
        }

        Assert.Equal("failed", await StateOfMail());
        Assert.Equal(OutgoingMail.MostAttempts, attempts.Count);
        Assert.InRange(attempts[^1], 60, 24 * 60);
        Assert.Equal(attempts.Zip(attempts.Skip(1), (a, b) => b - a).Order(), attempts.Zip(attempts.Skip(1), (a, b) => b - a));
    }

    [Fact]
    public async Task What_must_not_go_any_more_does_not_go()
    {
        var revoked = (await sarn.Post($"{femi}/invitations")).Expect(201).Id;
        (await sarn.Delete($"{femi}/invitations/{revoked}")).Expect(204);
        var abeni = await AddressOf(sarn, "Abeni Adesina");
        (await sarn.Post($"{abeni}/invitations")).Expect(201);
        (await sarn.Put($"{abeni}/address", new { @unsafe = true })).Expect(200);
        var lisle = await AddressOf(sarn, "Kwabena Lisle");
        var replaced = (await sarn.Post($"{lisle}/invitations")).Expect(201).Id;
        host.Clock.Now += TimeSpan.FromMinutes(1);
        (await sarn.Post($"{lisle}/invitations/{replaced}/send-again")).Expect(200);
        await host.SendMails();

        var mail = Assert.Single(server.Mails);
        Assert.Equal(["kwabena.lisle@demo.example"], mail.To);
        var token = InLink(mail.Body).Split('/')[^1];
        Assert.True(await story.With(d => d.Invitations.AnyAsync(i => i.TokenHash == Invitation.HashOf(token) && i.Id == Guid.Parse(replaced))));
        Assert.Equal(0, await story.With(d => d.OutgoingMails.CountAsync(m => m.NextAttemptAt != null || m.SealedText != "")));
    }

    [Theory]
    [InlineData("StartTls", true)]
    [InlineData("StartTls", false)]
    [InlineData("Implicit", false)]
    public async Task Nothing_is_said_to_a_server_that_cannot_be_trusted(string tls, bool offersStartTls)
    {
        await using var doubtful = new MailServer { OffersStartTls = offersStartTls };
        await using var careful = new PlanningHost { Settings = new Dictionary<string, string>(doubtful.Settings) { ["Mail:Tls"] = tls } };
        careful.StartServer();
        careful.Services.GetRequiredService<MailSender>().Patience = TimeSpan.FromSeconds(5);
        using var lead = careful.SignInAs("gwilym.sarn");
        var invited = await AddressOf(lead, "Femi Thorley");
        (await lead.Post($"{invited}/invitations")).Expect(201);
        await careful.SendMails();

        Assert.True(doubtful.Connections > 0);
        Assert.Empty(doubtful.Mails);
        Assert.Equal("waiting", (await lead.Get($"{invited}/invitations")).Items.Single().GetProperty("mail").GetString());
    }

    [Theory]
    [InlineData("the right one", 1)]
    [InlineData("another", 0)]
    public async Task It_shows_the_server_who_it_is(string password, int sent)
    {
        await using var guarded = new MailServer { Wants = ("plans", "the right one") };
        await using var known = new PlanningHost { Settings = new Dictionary<string, string>(guarded.Settings) { ["Mail:User"] = "plans", ["Mail:Password"] = password } };
        using var lead = known.SignInAs("gwilym.sarn");
        (await lead.Post($"{await AddressOf(lead, "Femi Thorley")}/invitations")).Expect(201);
        await known.SendMails();
        Assert.Equal(sent, guarded.Mails.Count);
    }

    [Fact]
    public async Task It_all_happens_by_itself()
    {
        await using var running = new PlanningHost { Settings = server.Settings, MailsByItself = true };
        using var lead = running.SignInAs("gwilym.sarn");
        using var nurse = running.SignInAs("sunniva.raike");
        (await lead.Post($"{await AddressOf(lead, "Femi Thorley")}/invitations")).Expect(201);
        var plan = (await lead.Get("/plans")).Items.Single().GetProperty("id").GetString();
        // Until the journal has been read once, nothing of it is news.
        for (var i = 0; i < 300 && await running.With(d => d.MailedUpTo.CountAsync()) == 0; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        (await nurse.Post($"/plans/{plan}/emergency-access", new { purpose = "treatment", justification = "He is in the emergency department." })).Expect(201);
        for (var i = 0; i < 600 && server.Mails.Count < 3; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(["femi.thorley@demo.example", "gwilym.sarn@demo.example", "petra.lanyon@demo.example"], server.Mails.SelectMany(m => m.To).Order());
    }

    private void NothingPersonalIsLogged()
    {
        foreach (var personal in new[] { "femi", "thorley", "jomi", "/invitation/" })
            Assert.DoesNotContain(personal, logs.All, StringComparison.OrdinalIgnoreCase);
    }

    private Task<OutgoingMail> Kept() => story.With(d => d.OutgoingMails.AsNoTracking().SingleAsync());

    private async Task<string?> StateOfMail() => (await sarn.Get($"{femi}/invitations")).Items.First().GetProperty("mail").GetString();

    private static string InLink(string body) => body.Split('\n').Select(l => l.Trim()).First(l => l.Contains("/invitation/", StringComparison.Ordinal));

    private static async Task<string> AddressOf(ApiCaller lead, string name)
    {
        var plan = (await lead.Get("/plans")).Items.Single().GetProperty("id").GetString();
        var team = await lead.Get($"/plans/{plan}/participants?limit=200");
        return $"/plans/{plan}/participants/{team.Items.Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString()}";
    }
}
