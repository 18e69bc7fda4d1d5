using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>
/// A plan as one professional of the old authority could read it when it moved away, kept to answer for what was done until then.
/// It is theirs alone, is never changed, and holds nothing of what came after.
/// </summary>
public sealed class PlanCopy
{
    private PlanCopy()
    {
    }

    /// <param name="content">All that its keeper could read.</param>
    public PlanCopy(PlanMove move, Guid keeperId, string childName, string content, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (PlanId, MoveId, KeeperId, ChildName, Content, MadeAt) = (move.PlanId, move.Id, keeperId, childName, content, now);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid MoveId { get; private set; }

    /// <summary>The person who keeps it.</summary>
    public Guid KeeperId { get; private set; }

    public string ChildName { get; private set; } = "";

    public string Content { get; private set; } = "";

    public DateTimeOffset MadeAt { get; private set; }
}
