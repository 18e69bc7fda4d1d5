namespace CasePlanning.Server.Identity;

/// <summary>
/// The agency that the caller of this request works for or is bound to, noted by whoever looked the caller up. Requests are
/// counted by it; nothing is allowed because of it.
/// </summary>
internal sealed class CallersAgency
{
    public Guid? Id { get; set; }
}
