using System.Globalization;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Mail;

/// <summary>Every mail there is. None takes a name, an address or anybody's words, so none can let one slip.</summary>
public static class MailTexts
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="invitedAs">The part the person is to take; null for somebody who looks after people or settings.</param>
    /// <param name="invitedBy">The role of whoever invites.</param>
    public static MailText Invitation(Role? invitedAs, Role? invitedBy, DateOnly until, Uri link) => new(
        "You are invited to CasePlanning",
        $"""
        You are invited{As(invitedAs)}{By(invitedBy)}.

        1. Open this link:
           {link}
        2. Enter the six digits that you are given in person, by telephone or by text message.

        You need no password. The link works once, until {until.ToString("dddd d MMMM yyyy", English)}.

        If you did not expect this, do nothing. Nobody can use the link without the six digits.

        """);

    private static string As(Role? role) => role is { } known ? $" to take part as {Named(known)}" : "";

    private static string By(Role? role) => role is { } known ? $". The invitation comes from {Named(known)}" : "";

    private static string Named(Role role)
    {
        var words = string.Concat(role.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
        return $"{("aeio".Contains(words[0], StringComparison.Ordinal) ? "an" : "a")} {words}";
    }
}
