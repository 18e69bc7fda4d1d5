using System.Security.Cryptography;
using System.Text.Json;
using CasePlanning.Application.KnowWho;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Identity;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages;

/// <summary>
/// What all pages for signed-in people share. A page sends the same requests as the API, in process, and holds no rule of its own.
/// <para><b>To read:</b> <c>Pages/Plans/Team.cshtml</c> begins with <c>@page "/plans/{id:guid}/people"</c>, <c>@model TeamModel</c>
/// and <c>ViewData["Title"]</c>; its model overrides <see cref="Load"/> and asks with <see cref="Read{T}"/>, which journals what it
/// shows before anything is sent. Failures are not caught: who may not know of a thing gets the 404 page, who may not do it the 403
/// page, and whoever is no longer signed in comes back after signing in.</para>
/// <para><b>To write:</b> a <c>&lt;form method="post"&gt;</c> of <c>&lt;govuk-…&gt;</c> fields whose names are those of the API's body,
/// bound with <c>[BindProperty]</c>; <c>OnPost</c> returns <see cref="Do"/>, which sends the command, says what was done in a banner
/// and redirects. What the use case refuses comes back on the page itself with what was typed: wrong members at their fields, a
/// broken rule and a stale version at the top. Every form carries a key, so that a second press or the way back does nothing
/// twice.</para>
/// <para><b>To link:</b> by page name, <c>Url.Page("/Plans/Team", new { id })</c>; it is null while there is no such page, and then
/// no link is shown.</para>
/// </summary>
[Authorize(Policy = PagesSetup.SignedIn)]
public abstract class PlanningPage : PageModel
{
    /// <summary>The hidden field of every form of such a page, by which it is done once.</summary>
    public const string OnceField = "once";

    private const string ToldKey = "told";
    private const string ToldOfKey = "told-of";

    /// <summary>Who is signed in.</summary>
    public MeView Me { get; private set; } = null!;

    /// <summary>Whoever reads is a child, with a plan of their own: what is round every page has words for them.</summary>
    public bool IsForChild => Me.UsualRole is Role.Child;

    /// <summary>Whoever reads is here for a child of theirs, and is not at work.</summary>
    public bool IsForFamily => Me is { Agency: null, UsualRole: { } role } && RolePowers.IsFamily(role);

    /// <summary>Said once, at the top of the next page: what was just done. A page that refuses something says that first.</summary>
    public string? Told => Response.StatusCode < StatusCodes.Status400BadRequest ? TempData[ToldKey] as string : null;

    /// <summary>Where on this page it was done. Said at the top, it is led to and not gone to, for it would be said out of sight.</summary>
    public string? ToldOf => Told is null ? null : TempData[ToldOfKey] as string;

    /// <summary>Somebody else changed this since the form was loaded; the page shows both (partial <c>_Changed</c>).</summary>
    public bool IsStale { get; private set; }

    /// <summary>The plan is read by emergency access, of which its reader is reminded on every page.</summary>
    public bool IsEmergency { get; private set; }

    /// <summary>The day it is where most plans are; what is due when is counted by the use cases, by each authority's own clock.</summary>
    public virtual DateOnly Today => Services.GetRequiredService<IClocks>().Of("default").DayOf(Services.GetRequiredService<TimeProvider>().GetUtcNow());

    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    private IServiceProvider Services => HttpContext.RequestServices;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        PageHeaders.Guard(Response);
        Me = await Services.GetRequiredService<IMediator>().Send(new ReadMe(), Cancellation);
        await next();
    }

    public virtual async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid)
            return BadRequest();
        await Load();
        return Page();
    }

    /// <summary>Everything the page shows besides what is typed into it. Runs again when a form comes back.</summary>
    protected abstract Task Load();

    /// <summary>Asks, and journals what will be shown.</summary>
    protected async Task<T> Read<T>(IQuery<T> query)
    {
        var view = await Services.GetRequiredService<IMediator>().Send(query, Cancellation);
        await Services.GetRequiredService<Looks>().Record(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view)), Cancellation);
        IsEmergency |= Services.GetRequiredService<CurrentCall>().ViewerIfAny?.EmergencyAccessId is not null;
        return view;
    }

    /// <summary>
    /// Sends a command. Done: says so at the top of the page at <paramref name="next"/>. Refused: shows this page again with what was
    /// typed, and why.
    /// </summary>
    /// <param name="told">Null where the next page shows by itself that it was done.</param>
    /// <param name="inPlace">The next page says it where it was done, and not at its top.</param>
    protected async Task<IActionResult> Do(ICommand command, string? told, Func<Written, string?> next, bool inPlace = false)
    {
        if (!ModelState.IsValid)
            return await Again(StatusCodes.Status422UnprocessableEntity);
        if (command is ICreates)
            HttpContext.Features.Set(new FormKey(KeyFor(command)));
        try
        {
            var written = await Services.GetRequiredService<IMediator>().Send(command, Cancellation);
            var address = next(written) ?? throw new InvalidOperationException("There is no page to go to next.");
            if (told is null)
                return LocalRedirect(address);
            Tell(told);
            if (address.Split('#') is not [var page, var place])
                return LocalRedirect(address);
            TempData[ToldOfKey] = place;
            return LocalRedirect(inPlace ? address : page);
        }
        catch (InvalidRequest invalid)
        {
            foreach (var member in invalid.Members)
                ModelState.AddModelError(FieldOf(member.Pointer), WordsFor(member));
            return await Again(StatusCodes.Status422UnprocessableEntity);
        }
        catch (BrokenRule broken)
        {
            foreach (var sentence in WordsFor(broken))
                ModelState.AddModelError(FieldOf(broken.Rule), sentence);
            return await Again(StatusCodes.Status409Conflict);
        }
        catch (StaleVersion)
        {
            IsStale = true;
            ModelState.AddModelError("", "Somebody changed this while you had it open. Nothing was saved yet: look at both below, then send yours again.");
            return await Again(StatusCodes.Status409Conflict);
        }
        catch (KeyUsedForAnotherRequest)
        {
            ModelState.AddModelError("", "You sent this form before, with other words, and those were saved. If you want to add these too, send them now.");
            return await Again(StatusCodes.Status409Conflict);
        }
    }

    /// <summary>Says it at the top of the next page.</summary>
    protected void Tell(string done) => TempData[ToldKey] = done;

    /// <summary>The field that a member of the request's body is typed into: <c>/child/givenName</c> is <c>child.givenName</c>.</summary>
    protected virtual string FieldOf(string pointer) => pointer.TrimStart('/').Replace('/', '.');

    /// <summary>The field that puts a rule right; none, for a rule about the whole.</summary>
    protected virtual string FieldOf(NamedRule rule) => "";

    /// <summary>What is wrong with a field. A page says it better than the use case can: "Write what you see".</summary>
    protected virtual string WordsFor(InvalidMember member) => member.Message;

    /// <summary>Why it cannot be done, and what stands in the way.</summary>
    protected virtual IEnumerable<string> WordsFor(BrokenRule broken) =>
        [broken.Rule.Sentence, .. broken.Details.Select(d => d.Message).Where(m => m != broken.Rule.Sentence).Distinct()];

    /// <summary>The place where the next part of a list begins, fit for an address: nobody can read it or use another's.</summary>
    protected string? SealedPlace<T>(Page<T> page) =>
        page.Next is null ? null : Services.GetRequiredService<ISealing>().Seal($"{Me.PersonId} {Request.Path} {page.Next}");

    /// <summary>The part of a list that an address asks for; the first for an address that is none of ours.</summary>
    protected PageOf PageFrom(string? sealedPlace, int limit)
    {
        var own = $"{Me.PersonId} {Request.Path} ";
        var place = sealedPlace is { Length: > 0 } ? Services.GetRequiredService<ISealing>().Unseal(sealedPlace) : null;
        return new PageOf(place?.StartsWith(own, StringComparison.Ordinal) is true ? place[own.Length..] : null, limit);
    }

    /// <summary>This page once more, with what was typed.</summary>
    protected async Task<IActionResult> Again(int status)
    {
        // What was done on the way is on the page, and would be said on another.
        TempData.Remove(ToldKey);
        await Load();
        var page = Page();
        page.StatusCode = status;
        return page;
    }

    /// <summary>One form may send several commands; each has a key of its own.</summary>
    private string KeyFor(ICommand command) =>
        Request.HasFormContentType && Request.Form[OnceField] is [{ } once] && Guid.TryParseExact(once, "N", out _)
            ? $"{once}-{command.GetType().Name}"
            : throw new BadHttpRequestException("The form has no key.");
}
