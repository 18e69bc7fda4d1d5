using System.Globalization;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Mail;

/// <summary>Every mail there is. None takes a name, an address or anybody's words, so none can let one slip.</summary>
public static class MailTexts
{
    /// <summary>Where a person sees what is asked of them, after signing in where that is needed.</summary>
    public const string WorkPage = "/my-work";

    /// <summary>Where a person chooses what they are sent.</summary>
    public const string ChoicesPage = "/account/mail";

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

        You need no password. The link works once, until {Long(until)}. Keep the six digits: with them you can come back.

        You get this because whoever invites you gave this address as yours. If you did not expect it, do nothing: nobody can use the
        link without the six digits. If you want no more of these, tell whoever invited you.

        """);

    public static MailText NewLink(Uri link) => new(
        "Your new link to CasePlanning",
        $"""
        1. Open this link:
           {link}
        2. Enter the six digits that you were given with your invitation.

        The link works once, and for one hour. If you no longer have the six digits, ask whoever invited you for a new invitation.

        You get this because somebody asked for a new link with this address. If it was not you, do nothing: nobody can use the link
        without the six digits. It is sent only when it is asked for.

        """);

    /// <param name="by">The role of whoever spoke.</param>
    /// <param name="due">By when the review is to be signed off, which it cannot be before.</param>
    public static MailText RecheckNeeded(Role by, int decisions, DateOnly due, Links links) => new(
        decisions == 1 ? $"A decision needs a recheck by {Short(due)}" : $"{decisions} decisions need a recheck by {Short(due)}",
        Whole($"{Sentence(by)} added a view to a plan you are on. "
            + (decisions == 1 ? "One decision that was taken before it needs" : $"{decisions} decisions that were taken before it need")
            + $" a recheck by {Long(due)}.",
            "you take part in that plan and can decide", links));

    public static MailText RestrictionChanged(Role by, DateOnly day, Links links) => new(
        $"A restriction was changed on {Short(day)}",
        Whole($"{Sentence(by)} changed what is hidden from somebody on a plan you are on, on {Long(day)}.",
            "you answer for what is hidden on that plan", links));

    public static MailText QuestionAsked(Role by, DateOnly due, Links links) => new(
        $"A question to you: please answer by {Short(due)}",
        Whole($"{Sentence(by)} asked you something on a plan you are on. Please answer by {Long(due)}.",
            "you were asked to answer", links));

    /// <param name="by">The role of whoever asks.</param>
    public static MailText Nudge(Role? by, DateOnly until, Links links) => new(
        $"Your view is asked for until {Short(until)}",
        Whole($"{(by is { } role ? Sentence(role) : "Somebody")} asks for your view on a plan you are on. Views are asked for until {Long(until)}. A sentence is enough.",
            "you were asked for your view on that plan", links));

    public static MailText ReplyOverdue(DateOnly due, Links links) => new(
        $"An answer was due on {Short(due)}",
        Whole($"You were asked something on a plan you are on. Your answer was due on {Long(due)}.",
            "you were asked to answer", links));

    /// <param name="by">The usual role of whoever opened the plan.</param>
    /// <param name="leads">It goes to the lead professional; otherwise to a privacy officer.</param>
    public static MailText EmergencyAccess(Role? by, DateOnly day, DateOnly reviewDue, bool leads, Links links) => new(
        $"A plan was opened in an emergency on {Short(day)}",
        $"""
        {(by is { } role ? Sentence(role) : "Somebody")} opened a plan {(leads ? "that you lead" : "of your authority")} in an emergency, on {Long(day)}.
        {(leads ? "The plan's access log says who." : $"Please review it by {Long(reviewDue)}.")}

        Sign in: {links.Home}

        You get this because {(leads ? "you lead that plan" : "you are a privacy officer of that authority")}. It cannot be turned off.

        """);

    /// <param name="lines">What is new and what is asked, in sentences made here.</param>
    public static MailText Daily(DateOnly day, IReadOnlyCollection<string> lines, Links links) => new(
        $"CasePlanning on {Short(day)}",
        Whole(string.Join('\n', lines.Select(line => $"- {line}")), "you chose a mail a day, or have not chosen otherwise", links));

    /// <summary>"2 new views: from a nurse, from a parent."</summary>
    public static string NewViews(IReadOnlyCollection<Role> by) =>
        $"{Count(by.Count, "new view", "new views")} on plans you are on: from {string.Join(", ", by.Distinct().Select(Named).Order(StringComparer.Ordinal))}.";

    public static string NewAnswers(int count) => $"{Count(count, "answer", "answers")} to what you asked.";

    public static string NewDecisions(int count) => $"{Count(count, "new decision", "new decisions")}.";

    public static string RestrictionsChanged(int count) => $"{Count(count, "restriction was", "restrictions were")} set or lifted.";

    public static string ReviewsOpened(int count, DateOnly closes) =>
        $"{Count(count, "review was", "reviews were")} opened; views are asked for until {Long(closes)}.";

    /// <param name="what">One of what is asked, and several.</param>
    public static string Asked(int count, (string One, string Several) what, DateOnly? due) =>
        $"{Count(count, what.One, what.Several)}{(due is { } day ? $", {(count == 1 ? "" : "the first ")}by {Long(day)}" : "")}.";

    private static string Whole(string news, string because, Links links) => $"""
        {news}

        Sign in to see more: {links.Home}

        You get this because {because}.
        To get fewer mails, choose here: {links.Choices}

        """;

    private static string Count(int count, string one, string several) =>
        count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count} {several}");

    private static string Long(DateOnly day) => day.ToString("dddd d MMMM yyyy", English);

    private static string Short(DateOnly day) => day.ToString("ddd d MMMM", English);

    /// <summary>A child is not called one in a mail to them.</summary>
    private static string As(Role? role) => role is { } known and not Role.Child ? $" to take part as {Named(known)}" : "";

    private static string By(Role? role) => role is { } known ? $". The invitation comes from {Named(known)}" : "";

    private static string Sentence(Role role)
    {
        var named = Named(role);
        return char.ToUpperInvariant(named[0]) + named[1..];
    }

    private static string Named(Role role)
    {
        var words = RoleWords.Of(role);
        var lower = char.ToLowerInvariant(words[0]) + words[1..];
        return $"{("aeio".Contains(lower[0], StringComparison.Ordinal) ? "an" : "a")} {lower}";
    }
}

/// <summary>The addresses that every mail gives: where to sign in, and where to get fewer.</summary>
public sealed record Links(Uri Home, Uri Choices)
{
    public static Links Of(Ports.IMail mail) => new(mail.Page(MailTexts.WorkPage), mail.Page(MailTexts.ChoicesPage));
}
