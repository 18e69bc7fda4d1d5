namespace CasePlanning.Application.Ports;

/// <summary>Whether this host can send mail, and what its mails link to.</summary>
public interface IMail
{
    /// <summary>False when no mail server is set: whatever needs a mail is refused instead of being lost.</summary>
    bool IsConfigured { get; }

    /// <summary>How long an invitation can be used.</summary>
    TimeSpan InvitationLife { get; }

    /// <summary>The address of a page of this host.</summary>
    Uri Page(string path);
}
