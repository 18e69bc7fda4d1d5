using CasePlanning.Application.Mail;
using CasePlanning.Server.Tests.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Mail;

/// <summary>What is told at once, to whom, and to whom not.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private MailStory story = null!;

    public async ValueTask InitializeAsync() => story = await MailStory.Begin();

    public ValueTask DisposeAsync() => story.DisposeAsync();

    [Fact]
    public async Task A_late_view_is_told_to_those_who_decide_and_can_see_it_once_until_it_is_checked()
    {
        var decision = await story.Decide();
        Assert.Empty(await story.Arriving());

        await story.Say("sunniva");
        var late = await story.Arriving();
        // Window closes on Wednesday 21 October; five working days later is the 28th. Half term makes no difference to working days.
        Assert.Equal(["dominic", "hamo", "imke"], late.Select(m => m.To));
        Assert.All(late, m => Assert.Equal("A decision needs a recheck by Wed 28 October", m.Subject));
        Assert.Contains("A nurse added a view to a plan you are on.", story.Server.Mails[^1].Body, StringComparison.Ordinal);

        await story.Say("cal");
        Assert.Empty(await story.Arriving());
        story.Wait();
        (await story.As("imke").Post($"/decisions/{decision}/rechecks", new { finding = "Nothing changes.", changed = false })).Expect(201);
        await story.Say("delphine");
        Assert.Contains(await story.Arriving(), m => m.To == "dominic");
    }

    [Fact]
    public async Task Whoever_has_not_spoken_is_asked_again_once_a_day_and_only_where_mail_may_go()
    {
        string To(string who) => $"/reviews/{story.Review}/voices/{story.Id(who)}/nudge";
        (await story.As("hamo").Post($"/reviews/{story.Review}/voices", new { participantId = story.Id("cal") })).Expect(201);
        await story.Arriving();

        var asked = (await story.As("hamo").Post(To("cal"))).Expect(200);
        Assert.True(asked["attempts"][0].GetProperty("isNudge").GetBoolean());
        Assert.Equal([("cal", "Your view is asked for until Wed 21 October")], (await story.Arriving()).Select(m => (m.To, m.Subject)));
        Assert.Contains("asks for your view on a plan you are on.", story.Server.Mails[^1].Body, StringComparison.Ordinal);
        (await story.As("hamo").Post(To("cal"))).ExpectProblem(409, "voice.nudged-today");
        story.Host.Clock.Now += TimeSpan.FromDays(1);
        (await story.As("hamo").Post(To("cal"))).Expect(200);
        Assert.Single(await story.Arriving());

        await story.Say("cal");
        (await story.As("hamo").Post(To("cal"))).ExpectProblem(409, "voice.nothing-to-ask");
        (await story.As("imke").Post(To("kezia"))).Expect(403);
        (await story.As("hamo").Post(To("maud"))).Expect(404);
        // A child is sent nothing that they did not choose, and nothing is recorded of what was not done.
        (await story.As("hamo").Post(To("kezia"))).ExpectProblem(409, "voice.no-mail-to-them");
        Assert.Equal(0, (await story.As("hamo").Get($"/reviews/{story.Review}/voices/{story.Id("kezia")}")).Expect(200)["attempts"].GetArrayLength());
        Assert.Empty(await story.Arriving());
    }

    [Fact]
    public async Task Two_late_views_that_are_read_together_are_told_once()
    {
        await story.Decide();
        await story.Say("sunniva");
        await story.Say("cal");
        Assert.Equal(["dominic", "hamo", "imke"], (await story.Arriving()).Select(m => m.To));
    }

    [Fact]
    public async Task A_view_that_somebody_does_not_see_puts_nothing_in_question_for_them()
    {
        await story.Decide();
        await story.Say("maud", audience: new { kind = "named", participants = new[] { story.Id("dominic") } });
        Assert.Equal(["dominic"], (await story.Arriving()).Select(m => m.To));
        var hidden = await story.Say("sunniva", audience: new { kind = "sealed" });
        Assert.Empty(await story.Arriving());
        Assert.NotEmpty(hidden);
    }

    [Fact]
    public async Task A_draft_tells_nobody_until_it_is_signed()
    {
        await story.Decide();
        story.Wait();
        var draft = (await story.As("sunniva").Post($"/plans/{story.Plan}/contributions",
            new { reviewId = story.Review, outcome = "stay-safe", words = "Not yet.", draft = true })).Expect(201).Id;
        Assert.Empty(await story.Arriving());
        story.Wait();
        (await story.As("sunniva").Post($"/contributions/{draft}/sign")).Expect(200);
        Assert.NotEmpty(await story.Arriving());
    }

    [Fact]
    public async Task A_restriction_is_told_to_those_who_answer_for_it_and_never_to_the_one_it_is_against()
    {
        var restriction = await Restrict("dominic", from: "delphine");
        Assert.Equal([("hamo", "A restriction was changed on Wed 14 October")], await story.Arriving());
        (await story.As("hamo").Post($"/plans/{story.Plan}/restrictions/{restriction.Id}/lift", ifMatch: restriction.ETag)).Expect(200);
        Assert.Equal(["dominic"], (await story.Arriving()).Select(m => m.To));

        await Restrict("dominic", from: "hamo");
        Assert.Empty(await story.Arriving());
    }

    [Fact]
    public async Task A_question_is_told_to_whoever_is_to_answer_and_an_overdue_answer_once()
    {
        var view = await story.Say("imke");
        story.Wait();
        (await story.As("delphine").Post($"/contributions/{view}/questions", new { words = "Who picks her up?" })).Expect(201);
        Assert.Equal([("imke", "A question to you: please answer by Wed 21 October")], await story.Arriving());
        Assert.Contains("A parent asked you something", story.Server.Mails[^1].Body, StringComparison.Ordinal);

        Assert.DoesNotContain(await story.InTheMorning(At(10, 21, 7, 0)), IsOverdue);
        Assert.Single(await story.InTheMorning(At(10, 22, 7, 0)), IsOverdue);
        Assert.DoesNotContain(await story.InTheMorning(At(10, 23, 7, 0)), IsOverdue);

        static bool IsOverdue(ReceivedMail mail) => mail.Subject == "An answer was due on Wed 21 October" && mail.To.Single().StartsWith("imke", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emergency_access_is_told_to_the_lead_and_the_privacy_officers_whatever_they_chose()
    {
        (await story.Choose("hamo")).Expect(200);
        (await story.As("tobias").Post($"/plans/{story.Plan}/emergency-access",
            new { purpose = "missingChild", justification = "She did not come home tonight." })).Expect(201);
        Assert.Equal(["hamo", "petra"], (await story.Arriving()).Select(m => m.To));
        Assert.All(story.Server.Mails.TakeLast(2), m => Assert.Contains("An education welfare officer opened a plan", m.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_told_what_they_turned_off_and_families_only_what_they_turned_on()
    {
        (await story.Choose("dominic")).Expect(200);
        (await story.Choose("hamo", recheckNeeded: "daily")).Expect(200);
        await story.Decide();
        await story.Say("sunniva");
        Assert.Equal(["imke"], (await story.Arriving()).Select(m => m.To));

        var view = await story.Say("delphine");
        story.Wait();
        (await story.As("imke").Post($"/contributions/{view}/questions", new { words = "Since when?" })).Expect(201);
        Assert.DoesNotContain(await story.Arriving(), m => m.To == "delphine");
        (await story.Choose("delphine", replyOwed: "immediate")).Expect(200);
        story.Wait();
        (await story.As("imke").Post($"/contributions/{view}/questions", new { words = "And where?" })).Expect(201);
        Assert.Contains(await story.Arriving(), m => m.To == "delphine");
    }

    [Fact]
    public async Task Nothing_goes_to_an_unsafe_address_nor_to_whoever_never_came_in()
    {
        (await story.As("hamo").Put($"/plans/{story.Plan}/participants/{story.Id("dominic")}/address", new { @unsafe = true })).Expect(200);
        (await story.As("hamo").Post($"/plans/{story.Plan}/participants",
            new { person = new { name = "Odalys", email = "odalys@demo.example" }, role = "virtualSchoolHead" })).Expect(201);
        await story.Decide();
        await story.Say("sunniva");
        Assert.Equal(["hamo", "imke"], (await story.Arriving()).Select(m => m.To));
    }

    [Fact]
    public async Task Two_hosts_that_read_the_same_stretch_keep_it_once()
    {
        await story.Decide();
        await story.Say("sunniva");
        await story.Host.SignJournal();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => story.Host.WriteNotices()));
        Assert.Equal(3, await story.Host.With(d => d.OutgoingMails.CountAsync(m => m.Kind == MailKind.RecheckNeeded)));
    }

    [Fact]
    public async Task Notifications_are_chosen_by_whoever_gets_them()
    {
        var before = (await story.As("delphine").Get("/me/notifications")).Expect(200);
        Assert.Equal("""{"digest":"off","recheckNeeded":"off","restrictionChanged":"off","replyOwed":"off"}""", before.Text);
        Assert.Equal("""{"digest":"daily","recheckNeeded":"immediate","restrictionChanged":"immediate","replyOwed":"immediate"}""",
            (await story.As("hamo").Get("/me/notifications")).Text);
        (await story.Choose("delphine", digest: "daily", replyOwed: "immediate")).Expect(200);
        Assert.Equal("""{"digest":"daily","recheckNeeded":"off","restrictionChanged":"off","replyOwed":"immediate"}""",
            (await story.As("delphine").Get("/me/notifications")).Text);
        (await story.Choose("delphine", digest: "immediate")).ExpectProblem(422, "request.invalid");
    }

    [Fact]
    public async Task Or_on_the_page_that_every_mail_leads_to()
    {
        var accounts = new SignInStory(story.Host);
        await accounts.HasPassword("delphine");
        using var delphine = accounts.Visitor("https://localhost");
        Assert.Equal("Sign in", (await delphine.Get(MailTexts.ChoicesPage)).Title);
        await delphine.Submit(("Email", "delphine@demo.example"), ("Password", SignInStory.Password));
        Assert.Equal("What we send you by mail", delphine.Title);
        await delphine.Submit(("digest", "Daily"), ("recheckNeeded", "Off"), ("restrictionChanged", "Off"), ("replyOwed", "Immediate"));
        Assert.Contains("Your choice is kept.", delphine.Text, StringComparison.Ordinal);
        story.Wait();
        Assert.Equal("""{"digest":"daily","recheckNeeded":"off","restrictionChanged":"off","replyOwed":"immediate"}""",
            (await story.As("delphine").Get("/me/notifications")).Text);
    }

    private async Task<Answer> Restrict(string by, string from)
    {
        story.Wait();
        return (await story.As(by).Post($"/plans/{story.Plan}/restrictions", new
        {
            kind = "identity",
            from = story.Id(from),
            subject = story.Id("sunniva"),
            reason = "For the child's safety",
            reviewOn = "2027-01-11",
        })).Expect(201);
    }

    private static DateTimeOffset At(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);
}
