using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>
/// Gives somebody who has none a second factor: a professional on the way in, or whoever is signed in and was asked for one.
/// Whoever has one already must have used it a moment ago, or a stolen password would be enough to replace it.
/// </summary>
public sealed class SetUpSecondFactorModel(IServiceProvider services, TimeProvider time) : SignInPage
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(5);

    private readonly Identity.SignIn signIn = services.GetRequiredService<Identity.SignIn>();
    private readonly LocalAccounts accounts = services.GetRequiredService<LocalAccounts>();
    private readonly ISealing sealing = services.GetRequiredService<ISealing>();

    public string Secret { get; private set; } = "";

    /// <summary>The secret as the form carries it: sealed, and for this person.</summary>
    public string Sealed { get; private set; } = "";

    public string AppLink => $"otpauth://totp/CasePlanning?secret={Secret}&issuer=CasePlanning";

    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (await Who() is not { } person)
            return LocalRedirect(SignInAddresses.With(SignInAddresses.Start, ReturnUrl));
        Offer(person, Totp.NewSecret());
        return Page();
    }

    public async Task<IActionResult> OnPost(string? code, string? @sealed)
    {
        if (await Who() is not { } person)
            return LocalRedirect(SignInAddresses.With(SignInAddresses.Start, ReturnUrl));
        if (sealing.Unseal(@sealed ?? "")?.Split(' ') is not [var owner, var secret] || owner != person.ToString())
            return LocalRedirect(SignInAddresses.With(SignInAddresses.SetUpSecondFactor, ReturnUrl));

        RecoveryCodes = await accounts.SetUpSecondFactor(person, secret, code, HttpContext.RequestAborted);
        if (RecoveryCodes is null)
        {
            Offer(person, secret);
            return Again("This code is not right. Wait for the next one, and see that the clock of your phone is right.");
        }

        Next = await signIn.SignedIn(HttpContext, new Proof(person, time.GetUtcNow(), SecondFactor: true), ReturnUrl);
        return Page();
    }

    private async Task<Guid?> Who()
    {
        var who = await Identity.SignIn.Who(HttpContext);
        if ((await signIn.WhoIsOnTheWay(HttpContext) ?? Sessions.PersonOf(who)) is not { } person)
            return null;
        if (!await accounts.HasSecondFactor(person, HttpContext.RequestAborted))
            return person;
        return Sessions.PersonOf(who) == person && Sessions.HasSecondFactor(who) && Sessions.AuthenticatedAt(who) is { } at && ClockDrift.IsRecent(at, JustNow, time.GetUtcNow()) ? person : null;
    }

    private void Offer(Guid person, string secret)
    {
        Secret = secret;
        Sealed = sealing.Seal($"{person} {secret}");
    }
}
