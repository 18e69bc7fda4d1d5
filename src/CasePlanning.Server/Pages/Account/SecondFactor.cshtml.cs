using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Account;

/// <summary>
/// Leads to another authenticator app, or to new recovery codes, for whoever shows once more that they have the second factor:
/// whoever only found a browser open gets neither.
/// </summary>
public sealed class SecondFactorModel(IServiceProvider services, TimeProvider time) : PlanningPage
{
    private const string Wrong = "This code is not right, or was used before. Wait for the next one. After five wrong tries, signing in pauses for 15 minutes.";

    private readonly LocalAccounts accounts = services.GetRequiredService<LocalAccounts>();
    private readonly Identity.SignIn signIn = services.GetRequiredService<Identity.SignIn>();

    [BindProperty(SupportsGet = true)]
    public SecondFactorChange What { get; set; }

    public bool IsForCodes => What is SecondFactorChange.Codes;

    /// <summary>Shown once.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    public override async Task<IActionResult> OnGetAsync() =>
        !ModelState.IsValid ? BadRequest() : await HasOne() ? Page() : RedirectToPage("/Account/Index");

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        var person = Me.PersonId!.Value;
        if (!ModelState.IsValid)
            return BadRequest();
        if (!await HasOne())
            return RedirectToPage("/Account/Index");
        if (!await accounts.CheckSecondFactor(person, code, Cancellation))
        {
            ModelState.AddModelError("code", Wrong);
            return await Again(StatusCodes.Status422UnprocessableEntity);
        }

        var proof = new Proof(person, time.GetUtcNow(), SecondFactor: true);
        if (!IsForCodes)
            return LocalRedirect(await signIn.SignedIn(HttpContext, proof, SignInAddresses.With(SignInAddresses.SetUpSecondFactor, SignInAddresses.Account)));
        Codes = await accounts.NewRecoveryCodes(person, Cancellation);
        await signIn.SignedIn(HttpContext, proof, returnUrl: null);
        return Page();
    }

    protected override Task Load() => Task.CompletedTask;

    private Task<bool> HasOne() => accounts.HasSecondFactor(Me.PersonId!.Value, Cancellation);
}

/// <summary>What somebody wants to be new.</summary>
public enum SecondFactorChange
{
    App,
    Codes,
}
