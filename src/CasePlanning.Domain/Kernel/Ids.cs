namespace CasePlanning.Domain.Kernel;

/// <summary>Ids are UUIDv7: made here, not by a database, so that both databases hold the same and a retry can name its own.</summary>
public static class Ids
{
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);
}
