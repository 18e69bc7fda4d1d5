namespace CasePlanning.Server.Pages.SignIn;

/// <summary>For somebody who showed who they are, and is nobody here.</summary>
public sealed class NoAccessModel : SignInPage;
