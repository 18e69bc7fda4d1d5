using System.Text.RegularExpressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>Whoever adds something that can be done to a plan decides whether the systems that follow it are told.</summary>
public sealed partial class FeedTests
{
    /// <summary>What is told to no system, and why.</summary>
    private static readonly Dictionary<string, string> NotTold = new()
    {
        ["KeepDraft"] = "a draft is its author's alone",
        ["ChangeDraft"] = "a draft is its author's alone",
        ["ShowDraft"] = "a draft is its author's alone, and one supervisor's",
        ["DiscardDraft"] = "a draft is its author's alone",
        ["InviteParticipant"] = "letters to people, of which no system reads",
        ["SendInvitationAgain"] = "letters to people, of which no system reads",
        ["RevokeInvitation"] = "letters to people, of which no system reads",
        ["MarkAddress"] = "what is known of somebody's address is for whoever coordinates",
        ["KeepRestriction"] = "it hides what it hid before",
        ["RecordConsent"] = "no system reads consents",
        ["WithdrawConsent"] = "no system reads consents",
        ["RecordDisclosure"] = "no system reads disclosures",
        ["RecordWithheldDecision"] = "no system reads what was not shared, nor that something was not",
    };

    [Fact]
    public void Every_write_in_a_plan_is_told_to_those_who_follow_or_was_decided_not_to_be()
    {
        var told = Told().Matches(File.ReadAllText(SourceFiles.At("src/CasePlanning.Application/Feed/FeedActs.cs"))).Select(m => m.Groups["act"].Value).ToList();
        var writes = House.Types.Where(t => t is { IsInterface: false, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand)) && t.IsAssignableTo(typeof(IPlanRequest)))
            .Select(t => t.Name).Append("OpenPlan").ToList();
        Assert.Empty(told.Intersect(NotTold.Keys));
        Assert.Equal(writes.Order(StringComparer.Ordinal), told.Concat(NotTold.Keys).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\[nameof\((?<act>\w+)\)\] =")]
    private static partial Regex Told();
}
