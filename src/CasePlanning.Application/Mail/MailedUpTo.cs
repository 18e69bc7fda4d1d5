using CasePlanning.Domain.Kernel;

namespace CasePlanning.Application.Mail;

/// <summary>
/// How far the journal has been read for mails to write. One row: two hosts that read the same stretch cannot both save it.
/// </summary>
public sealed class MailedUpTo : IVersioned
{
    public const int TheOne = 1;

    private MailedUpTo()
    {
    }

    public MailedUpTo(long next) => Next = next;

    public int Id { get; private set; } = TheOne;

    /// <summary>The number of the first entry that has not been read.</summary>
    public long Next { get; private set; }

    public int Version { get; private set; } = 1;

    public void MoveTo(long next) => Next = next;
}
