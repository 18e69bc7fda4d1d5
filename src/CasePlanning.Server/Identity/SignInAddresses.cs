using CasePlanning.Application.Mail;

namespace CasePlanning.Server.Identity;

/// <summary>Where the pages for signing in are, and where people may be sent afterwards.</summary>
internal static class SignInAddresses
{
    public const string Start = "/sign-in";
    public const string SecondFactor = "/sign-in/second-factor";
    public const string SetUpSecondFactor = "/sign-in/second-factor/set-up";
    public const string Invitation = InvitationLetters.Page;
    public const string NewLink = "/sign-in/new-link";
    public const string Password = "/sign-in/password";
    public const string NoAccess = "/sign-in/no-access";
    public const string ProviderProblem = "/sign-in/provider-problem";

    /// <summary>What follows is the name of an agency's provider.</summary>
    public const string Provider = "/sign-in/with/";
    public const string Out = "/sign-in/out";
    public const string SignedOut = "/sign-in/signed-out";
    public const string Account = "/account";
    public const string Done = "/sign-in/done";

    public const string ReturnUrl = "returnUrl";

    public static string ThroughProvider(string name, string? returnUrl) => With(Provider + name, returnUrl);

    public static string With(string address, string? returnUrl) =>
        OnlyOurs(returnUrl) is { } ours ? $"{address}?{ReturnUrl}={Uri.EscapeDataString(ours)}" : address;

    /// <summary>The address when it is on this host, so that nobody can use our pages to send people to theirs; null otherwise.</summary>
    public static string? OnlyOurs(string? returnUrl)
    {
        if (returnUrl is not ['/', ..] || returnUrl.Length > 4_000 || returnUrl.Any(c => c is '\\' || char.IsControl(c)))
            return null;
        return returnUrl is ['/', '/', ..] ? null : returnUrl;
    }
}
