using CasePlanning.Domain.KnowWho;
using Xunit;

namespace CasePlanning.Domain.Tests.KnowWho;

public sealed class InvitationTests
{
    private const string Code = "204816";

    private static readonly DateTimeOffset Sent = KeziasPlan.Begin;

    private readonly Invitation invitation = new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Invitation.NewToken(), "sealed", TimeSpan.FromDays(7), Sent);

    [Fact]
    public void The_right_code_opens_it_once_and_is_then_forgotten()
    {
        Assert.True(invitation.Accept(Code, Code, Sent));
        Assert.Equal((InvitationState.Accepted, ""), (invitation.State(Sent), invitation.SealedCode));
        Rules.AssertBroken(InvitationRules.NotOpen, () => invitation.Accept(Code, Code, Sent));
    }

    [Fact]
    public void Five_wrong_codes_close_it_to_the_right_one_too()
    {
        for (var wrong = 0; wrong < Invitation.MostWrongCodes; wrong++)
            Assert.False(invitation.Accept("000000", Code, Sent));
        Assert.Equal(InvitationState.Blocked, invitation.State(Sent));
        Rules.AssertBroken(InvitationRules.NotOpen, () => invitation.Accept(Code, Code, Sent));
    }

    [Fact]
    public void It_expires_to_the_second()
    {
        Assert.Equal(InvitationState.Open, invitation.State(Sent.AddDays(7).AddSeconds(-1)));
        Assert.Equal(InvitationState.Expired, invitation.State(Sent.AddDays(7)));
        Rules.AssertBroken(InvitationRules.NotOpen, () => invitation.Accept(Code, Code, Sent.AddDays(7)));
    }

    [Fact]
    public void Taken_back_it_opens_nothing()
    {
        invitation.Revoke(Sent);
        Assert.Equal((InvitationState.Revoked, ""), (invitation.State(Sent), invitation.SealedCode));
        Rules.AssertBroken(InvitationRules.NotOpen, () => invitation.Accept(Code, Code, Sent));
    }

    [Fact]
    public void One_that_was_used_cannot_be_taken_back()
    {
        invitation.Accept(Code, Code, Sent);
        Rules.AssertBroken(InvitationRules.NotOpen, () => invitation.Revoke(Sent));
    }

    [Fact]
    public void No_two_tokens_are_the_same_and_codes_have_six_digits()
    {
        Assert.NotEqual(Invitation.NewToken(), Invitation.NewToken());
        Assert.Matches("^[0-9]{6}$", Invitation.NewCode());
    }
}
