using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Server.Tests.Architecture;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Mail;

public sealed class MailWordsTests
{
    [Fact]
    public void Everything_that_can_be_asked_has_words_for_it() =>
        Assert.All(Enum.GetValues<WorkKind>(), kind => Assert.DoesNotContain("child", WorkWords.Of(kind).ToString(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The journal knows acts by name; a request that is renamed must be renamed where mails are written, too.</summary>
    [Theory]
    [InlineData("AddContribution")]
    [InlineData("SignDraft")]
    [InlineData("ReviseContribution")]
    [InlineData("SetRestriction")]
    [InlineData("LiftRestriction")]
    [InlineData("AskQuestion")]
    [InlineData("OpenInEmergency")]
    public void An_act_that_is_told_of_is_a_request(string act)
    {
        Assert.Contains(House.Types, t => t.Name == act && typeof(ICommand).IsAssignableFrom(t));
        Assert.Contains($"\"{act}\"", File.ReadAllText(SourceFiles.At("src/CasePlanning.Application/Mail/Notices.cs")), StringComparison.Ordinal);
    }
}
