using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Sharing;

/// <summary>A choice not to share something, with its reasons: as answerable as the choice to share. Never changed.</summary>
public sealed class WithheldDecision
{
    public const int FromLength = 300;
    public const int MostFrom = 50;
    public const int WhatLength = 4_000;
    public const int WhyLength = 4_000;

    private WithheldDecision()
    {
    }

    public WithheldDecision(Guid planId, Guid by, string from, IEnumerable<Guid> fromParticipants, string what, string why, DateTimeOffset now)
    {
        FromIds = [.. fromParticipants.Distinct()];
        if (FromIds.Contains(by))
            throw WithheldDecisionRules.NotFromOneself.Broken();
        Id = Ids.New(now);
        (PlanId, ById, From, What, Why, At) = (planId, by, from, what, why, now);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ById { get; private set; }

    /// <summary>From whom it is withheld, in words: somebody outside, or somebody in the team.</summary>
    public string From { get; private set; } = "";

    /// <summary>Those of the team from whom it is withheld. They never come to know of this decision.</summary>
    public List<Guid> FromIds { get; private set; } = [];

    public string What { get; private set; } = "";

    public string Why { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

public static class WithheldDecisionRules
{
    public static readonly NamedRule NotFromOneself =
        new("withheld-decision.not-from-oneself", "Nobody withholds something from themselves.");
}
