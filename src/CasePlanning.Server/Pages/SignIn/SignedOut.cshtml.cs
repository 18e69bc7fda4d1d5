namespace CasePlanning.Server.Pages.SignIn;

/// <summary>Says that it is done.</summary>
public sealed class SignedOutModel : SignInPage;
