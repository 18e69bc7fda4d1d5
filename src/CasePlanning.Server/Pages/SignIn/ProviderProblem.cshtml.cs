namespace CasePlanning.Server.Pages.SignIn;

/// <summary>For somebody whose agency's provider is away, or sent something that cannot be used.</summary>
public sealed class ProviderProblemModel : SignInPage;
