using CasePlanning.Application.Mail;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Mail;

/// <summary>One mail a morning, to those who want one, when there is something to tell.</summary>
public sealed class DailyMailTests : IAsyncLifetime
{
    private MailStory story = null!;

    public async ValueTask InitializeAsync() => story = await MailStory.Begin();

    public ValueTask DisposeAsync() => story.DisposeAsync();

    [Fact]
    public async Task It_comes_at_half_past_seven_once_and_tells_what_each_can_see()
    {
        await story.Say("sunniva", audience: new { kind = "health" });
        await story.Say("cal");
        await story.Decide();

        Assert.Empty(await story.InTheMorning(At(10, 15, 6, 29)));
        var mails = await story.InTheMorning(At(10, 15, 6, 30));
        Assert.Equal(["cal", "dominic", "hamo", "imke", "roz", "sunniva"],
            mails.Select(m => m.To.Single().Split('@')[0]));
        Assert.All(mails, m => Assert.Equal("CasePlanning on Thu 15 October", m.Subject));
        Assert.Contains("1 new view on plans you are on: from a teacher.", BodyTo("dominic"), StringComparison.Ordinal);
        Assert.Contains("1 new decision.", BodyTo("dominic"), StringComparison.Ordinal);
        Assert.DoesNotContain("nurse", BodyTo("dominic"), StringComparison.Ordinal);
        Assert.DoesNotContain("new view", BodyTo("cal"), StringComparison.Ordinal);
        Assert.Contains("1 new view on plans you are on: from a teacher.", BodyTo("sunniva"), StringComparison.Ordinal);
        Assert.DoesNotContain("decision", BodyTo("imke"), StringComparison.Ordinal);
        Assert.Empty(await story.InTheMorning(At(10, 15, 7, 0)));
        Assert.Empty(await story.InTheMorning(At(10, 16, 6, 30)));

        string BodyTo(string name) => mails.Single(m => m.To.Single().StartsWith(name, StringComparison.Ordinal)).Body;
    }

    [Fact]
    public async Task Half_past_seven_is_by_the_clock_on_the_wall()
    {
        await story.InTheMorning(At(10, 24, 6, 30));
        // Clocks go back on Sunday 25 October.
        await story.Say("cal");
        Assert.Empty(await story.InTheMorning(At(10, 25, 6, 30)));
        Assert.NotEmpty(await story.InTheMorning(At(10, 25, 7, 30)));
    }

    [Fact]
    public async Task A_day_that_is_near_is_told_without_news_and_what_only_waits_is_not()
    {
        (await story.Choose("kezia", digest: "daily")).Expect(200);
        Assert.Empty(For("kezia", await story.InTheMorning(At(10, 15, 6, 30))));
        Assert.Empty(For("kezia", await story.InTheMorning(At(10, 19, 6, 30))));
        Assert.Contains("1 view is asked of you, by Wednesday 21 October 2026.", Assert.Single(For("kezia", await story.InTheMorning(At(10, 20, 6, 30)))).Body, StringComparison.Ordinal);
        Assert.Single(For("kezia", await story.InTheMorning(At(10, 22, 6, 30))));
        Assert.Empty(For("kezia", await story.InTheMorning(At(10, 23, 6, 30))));
    }

    [Fact]
    public async Task Families_and_those_who_turned_it_off_get_none()
    {
        (await story.Choose("cal")).Expect(200);
        await story.Say("sunniva");
        var mails = await story.InTheMorning(At(10, 15, 6, 30));
        foreach (var name in new[] { "cal", "delphine", "maud", "kezia" })
            Assert.Empty(For(name, mails));
        (await story.Choose("delphine", digest: "daily")).Expect(200);
        await story.Say("sunniva");
        Assert.Single(For("delphine", await story.InTheMorning(At(10, 16, 6, 30))));
    }

    [Fact]
    public async Task What_was_chosen_for_the_morning_comes_in_the_morning()
    {
        (await story.Choose("dominic", recheckNeeded: "daily", restrictionChanged: "daily")).Expect(200);
        await story.Decide();
        await story.Say("sunniva");
        (await story.As("hamo").Post($"/plans/{story.Plan}/restrictions", new
        {
            kind = "identity",
            from = story.Id("delphine"),
            subject = story.Id("sunniva"),
            reason = "For the child's safety",
            reviewOn = "2027-01-11",
        })).Expect(201);
        var mail = Assert.Single(For("dominic", await story.InTheMorning(At(10, 15, 6, 30))));
        Assert.Contains("1 restriction was set or lifted.", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("new view", mail.Body, StringComparison.Ordinal);

        // The recheck is due on the 28th, and told when that is near.
        Assert.Contains("1 decision needs a recheck, by Wednesday 28 October 2026.",
            Assert.Single(For("dominic", await story.InTheMorning(At(10, 27, 7, 30)))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hosts_in_the_same_morning_write_one_mail()
    {
        await story.Say("cal");
        story.Host.Clock.Now = At(10, 15, 6, 30);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => story.Host.WriteDailyMails()));
        Assert.Equal(5, await story.Host.With(d => d.OutgoingMails.CountAsync(m => m.Kind == MailKind.Daily)));
    }

    private static IEnumerable<ReceivedMail> For(string name, IReadOnlyList<ReceivedMail> mails) =>
        mails.Where(m => m.To.Single().StartsWith(name, StringComparison.Ordinal));

    private static DateTimeOffset At(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);
}
