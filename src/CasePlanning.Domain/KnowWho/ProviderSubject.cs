namespace CasePlanning.Domain.KnowWho;

/// <summary>
/// By whom an agency's own sign-in provider knows a person: the issuer and the subject in its tokens. Never an e-mail address,
/// which can be given to somebody else.
/// </summary>
public sealed class ProviderSubject
{
    public const int IssuerLength = 300;
    public const int SubjectLength = 255;

    private ProviderSubject()
    {
    }

    public ProviderSubject(string issuer, string subject, Guid personId, DateTimeOffset now)
    {
        Issuer = issuer;
        Subject = subject;
        PersonId = personId;
        BoundAt = now;
    }

    public string Issuer { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public Guid PersonId { get; private set; }

    public DateTimeOffset BoundAt { get; private set; }
}
