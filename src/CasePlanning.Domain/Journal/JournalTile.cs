namespace CasePlanning.Domain.Journal;

/// <summary>The hash of a whole stretch of 256 leaves, kept so that a root or a proof need not read every leaf again.</summary>
public sealed class JournalTile
{
    public const int Leaves = 256;

    private JournalTile()
    {
    }

    public JournalTile(long place, byte[] hash) => (Place, Hash) = (place, hash);

    /// <summary>Of the leaves from 256 times this on.</summary>
    public long Place { get; private set; }

    public byte[] Hash { get; private set; } = [];
}

/// <summary>How long the journal is. One row: two sequencers that number at once cannot both save it.</summary>
public sealed class JournalLength : Kernel.IVersioned
{
    public const int TheOne = 1;

    public int Id { get; private set; } = TheOne;

    public long Size { get; private set; }

    public int Version { get; private set; } = 1;

    public void Grow(int entries) => Size += entries;
}
