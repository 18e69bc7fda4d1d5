namespace CasePlanning.Application.Pipeline;

/// <summary>Something that may be kept in memory, of which it takes about so much.</summary>
public interface IKept
{
    /// <summary>What a view takes, with all that is read beside it.</summary>
    const int OfAView = 3;

    int Kilobytes { get; }

    /// <summary>The instant from which it is not true any more, although nobody has written anything.</summary>
    DateTimeOffset? Until => null;
}
