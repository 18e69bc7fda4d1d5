using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Contributions;

/// <summary>What a voice is placed by. Nothing here says when it spoke, how, or whether its author was in the room.</summary>
public readonly record struct Placed(Role Role, string ShownName, Guid ParticipantId);

/// <summary>How voices stand beside each other, and when they differ.</summary>
public static class SideBySide
{
    /// <summary>Child first, then family, then roles alphabetically, then name.</summary>
    public static IEnumerable<T> InOrder<T>(this IEnumerable<T> voices, Func<T, Placed> placed) =>
        voices.OrderBy(v => Rank(placed(v).Role))
            .ThenBy(v => placed(v).Role.ToString(), StringComparer.Ordinal)
            .ThenBy(v => placed(v).ShownName, StringComparer.Ordinal)
            .ThenBy(v => placed(v).ParticipantId);

    /// <summary>
    /// Views differ when two voices see things going differently, or when somebody said so: partly, disagree, new to me.
    /// "Cannot tell" and "outside my expertise" differ from nothing.
    /// </summary>
    public static bool Differ(IEnumerable<(Guid Voice, Outlook? Outlook)> outlooks, IEnumerable<Stance> stances)
    {
        var told = outlooks.Where(o => o.Outlook is Outlook.GoingWell or Outlook.Mixed or Outlook.Worried).Distinct().ToList();
        return told.Any(a => told.Any(b => a.Voice != b.Voice && a.Outlook != b.Outlook))
            || stances.Any(s => s is not Stance.Agree);
    }

    private static int Rank(Role role) => role switch
    {
        Role.Child => 0,
        Role.Parent or Role.Carer => 1,
        _ => 2,
    };
}
