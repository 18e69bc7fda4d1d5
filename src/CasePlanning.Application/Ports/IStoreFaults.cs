using CasePlanning.Application.Pipeline;

namespace CasePlanning.Application.Ports;

/// <summary>Tells a database that is away, locked or full from a fault of ours. Writes learn it from the lane; reads have no lane.</summary>
public interface IStoreFaults
{
    /// <returns>What the caller is told when the store is to blame; null when it is not.</returns>
    StoreUnavailable? In(Exception failure);
}
