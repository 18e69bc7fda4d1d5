namespace CasePlanning.Domain.Kernel;

/// <summary>
/// A thing that several people share and change: its version goes up by one with every saved change, and whoever writes it
/// says which version they had read. Contributions are not among these: nobody but their author writes them.
/// </summary>
public interface IVersioned
{
    int Version { get; }
}

/// <summary>The writer had read an older version than the one that is stored. Answered as 412.</summary>
public sealed class StaleVersion(int current) : Exception("Somebody has changed this since you read it.")
{
    public int Current { get; } = current;
}

public static class Versions
{
    /// <summary>Throws <see cref="StaleVersion"/> unless the writer had read the version that is stored.</summary>
    public static T AsReadAt<T>(this T versioned, int version) where T : IVersioned =>
        versioned.Version == version ? versioned : throw new StaleVersion(versioned.Version);
}
