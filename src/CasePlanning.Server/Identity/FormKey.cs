namespace CasePlanning.Server.Identity;

/// <summary>
/// The idempotency key of a page's form, which cannot send a header: a page puts it among the features of the request once it has
/// read it from the form, and then it is the caller's. Nothing else puts one there.
/// </summary>
internal sealed record FormKey(string Value);
