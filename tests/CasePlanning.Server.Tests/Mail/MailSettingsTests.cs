using CasePlanning.Application;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Mail;

public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("Mail:Port", "70000")]
    [InlineData("Mail:Port", "smtp")]
    [InlineData("Mail:From", "not an address")]
    [InlineData("Mail:From", "a@demo.example, b@demo.example")]
    [InlineData("Mail:Tls", "Perhaps")]
    [InlineData("Mail:User", "plans")]
    [InlineData("Mail:Hots", "mail.demo.example")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named(string setting, string value)
    {
        await using var broken = new PlanningHost { Settings = new Dictionary<string, string> { [setting] = value } };
        var refusal = Assert.Throws<StartRefused>(broken.StartServer);
        Assert.Contains(setting is "Mail:User" ? "Mail:Password" : setting, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "mail.demo.example", false)]
    [InlineData("Production", "127.0.0.1", true)]
    [InlineData("Development", "mail.demo.example", true)]
    public async Task Mails_pass_other_machines_only_under_protection(string environment, string smtp, bool starts)
    {
        await using var open = new PlanningHost { Environment = environment, Settings = new Dictionary<string, string> { ["Mail:Host"] = smtp } };
        var failure = Record.Exception(open.StartServer);
        Assert.Equal(starts, failure is null);
        if (!starts)
            Assert.Contains("Mail:Tls", failure!.Message, StringComparison.Ordinal);
    }
}
