using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Account;

/// <summary>Who somebody is here, how they sign in, and what they can do when a telephone is lost.</summary>
public sealed class IndexModel(IServiceProvider services) : PlanningPage
{
    private readonly LocalAccounts accounts = services.GetRequiredService<LocalAccounts>();

    private const int MostDrafts = 200;

    public WaysIn Ways { get; private set; } = null!;

    /// <summary>How many are kept on the server; what this device has besides, the script tells.</summary>
    public int Drafts { get; private set; }

    public string WhoHelps => (IsForChild, Me.Agency) switch
    {
        (true, _) => "tell somebody in your plan whom you trust. They can help you.",
        (_, not null) => "ask whoever looks after the people of your agency.",
        _ => "ask the person who leads your plan.",
    };

    /// <summary>Each way by which they can come in, in words.</summary>
    public IEnumerable<string> HowISignIn
    {
        get
        {
            if (Ways.Provider)
                yield return "With your agency’s own account";
            if (Ways.Password)
                yield return "With your e-mail address and a password";
            if (Ways.Link)
                yield return "With a link by e-mail and the code that you were given";
        }
    }

    public static string ToPassword => SignInAddresses.With(SignInAddresses.Password, SignInAddresses.Account);

    public static string ToSetUp => SignInAddresses.With(SignInAddresses.SetUpSecondFactor, SignInAddresses.Account);

    public async Task<IActionResult> OnPostElsewhereAsync()
    {
        await services.GetRequiredService<Identity.SignIn>().StayHereAlone(HttpContext, person => accounts.SignOutEverywhere(person, Cancellation));
        Tell("You are signed out everywhere else.");
        return RedirectToPage();
    }

    protected override async Task Load()
    {
        Ways = await accounts.WaysInOf(Me.PersonId!.Value, Cancellation);
        Drafts = (await Read(new ListDrafts(new PageOf(null, MostDrafts)))).Items.Count;
    }
}
