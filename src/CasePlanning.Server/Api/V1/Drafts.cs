using CasePlanning.Application.Contributions;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Server.Identity;

namespace CasePlanning.Server.Api.V1;

/// <summary>Words on their way, kept while they are typed. The script of the pages uses these and nothing else.</summary>
public static class DraftRoutes
{
    public static void MapDrafts(this RouteGroupBuilder api)
    {
        var drafts = api.Section("Kept words", "What somebody is typing, kept before it is lost: private, under an id that their device makes up, and kept however unfinished.");
        drafts.MapGet("/drafts", (Paging paging, Answers answers) => answers.List(new ListDrafts(paging.Page)))
            .Describes("listDrafts", "List your drafts", "All that you have written and not signed, in whatever plan, what was written last first.",
                response: Examples.ListOf(Examples.KeptDraft))
            .OpenToPages();
        drafts.MapGet("/drafts/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadDraft(id)))
            .Describes("readDraft", "Read your draft",
                "Your own, and nobody else's, by its id or by the one that your device made up. It stays yours when you have left the plan; `state` says what can become of it.",
                response: Examples.KeptDraft)
            .OpenToPages();
        drafts.MapPut("/drafts/{id:guid}", (Guid id, IfMatchOrNew match, Body<DraftText> body, Answers answers) =>
                answers.Kept(new KeepDraft(id, match.Version, body.Value), new ReadDraft(id), match.IsNew, $"/drafts/{id}"))
            .Describes("keepDraft", "Keep what you are typing",
                "All of it, each time. `If-None-Match: *` when it is new, else `If-Match` with the version that it goes on from. To send again what has arrived is no conflict. When another device was there first, the answer is 412 and carries what that one wrote: nothing is lost, and you choose. Sign it with `POST /contributions/{id}/sign`, under the id in the answer.",
                Examples.DraftText, Examples.KeptDraft, rules: [ContributionRules.IsSigned])
            .OpenToPages();
        drafts.MapDelete("/drafts/{id:guid}", (Guid id, Answers answers) => answers.Removed(new DiscardKeptDraft(id)))
            .Describes("discardKeptDraft", "Throw your draft away", "Also when you have left the plan.", status: 204)
            .OpenToPages();
        drafts.MapGet("/drafts/key", (Answers answers) => answers.Read(new ReadDraftKey()))
            .Describes("readDraftKey", "Get the key of your device's drafts",
                "By it a device encrypts what it keeps of your unsent words. The same each time for you, until you sign out everywhere or change your password.", response: Examples.DraftKey)
            .OpenToPages();

        var pages = api.Section("Pages", "What an open page asks now and then.");
        pages.MapGet("/plans/{id:guid}/changes", (Guid id, Query<ChangesChoice> query, Answers answers) =>
                answers.Read(new ReadChanges(id, query.Value.Since)))
            .Describes("readChanges", "Ask whether anything is new", "How many views and decisions by others, among those you can see, came after a time.",
                response: Examples.Changes)
            .OpenToPages();
        pages.MapPost("/session/extend", async (HttpContext http, SessionLife session) => Answers.Of(await session.Extend(http)))
            .Describes("extendSession", "Stay signed in",
                "Whoever is signed in on pages stays so for another eight hours, up to twelve from when they signed in. A token's life is fixed; the answer says when it ends.",
                response: Examples.Session)
            .OpenToPages();
    }
}

/// <param name="Since">Not before this time; from the beginning when absent.</param>
public sealed record ChangesChoice(DateTimeOffset? Since = null);
