namespace CasePlanning.Application.Ports;

/// <summary>The connection that a call reads the database with, where it is kept open from one call to the next.</summary>
public interface IReadConnection
{
    /// <summary>
    /// The call reads nothing more, though it is not over: while it waits for the write lane, others read with it. To be called where an
    /// answer is made and nothing is left to do but to journal and to send it.
    /// </summary>
    void GiveBack();
}
