using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>
/// Sets a password, or another. Whoever has one must give it; whoever has none must have signed in a moment ago. Everywhere else
/// the person is signed out.
/// </summary>
public sealed class PasswordModel(IServiceProvider services, TimeProvider time) : SignInPage
{
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(15);

    private readonly LocalAccounts accounts = services.GetRequiredService<LocalAccounts>();

    public bool HasPassword { get; private set; }

    public async Task<IActionResult> OnGet() => await Who() is null ? ToStart() : Page();

    public async Task<IActionResult> OnPost(string? current, string? password)
    {
        if (await Who() is not { } proof)
            return ToStart();
        var (person, cancellation) = (proof.PersonId, HttpContext.RequestAborted);
        if (HasPassword && await accounts.CheckPassword(await accounts.AddressOf(person, cancellation), current, cancellation) != person)
            return Again("The password you have now is not right.");
        var faults = await accounts.SetPassword(person, password, cancellation);
        if (faults.Count > 0)
            return Again(string.Join(' ', faults));
        return LocalRedirect(await services.GetRequiredService<Identity.SignIn>().SignedIn(HttpContext, proof, ReturnUrl));
    }

    private async Task<Proof?> Who()
    {
        var who = await Identity.SignIn.Who(HttpContext);
        if (Sessions.PersonOf(who) is not { } person || Sessions.AuthenticatedAt(who) is not { } at)
            return null;
        HasPassword = await accounts.HasPassword(person, HttpContext.RequestAborted);
        return HasPassword || time.GetUtcNow() - at <= Recently ? new Proof(person, at, Sessions.HasSecondFactor(who)) : null;
    }

    private LocalRedirectResult ToStart() =>
        LocalRedirect(SignInAddresses.With(SignInAddresses.Start, SignInAddresses.With(SignInAddresses.Password, ReturnUrl)));
}
