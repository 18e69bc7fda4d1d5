using CasePlanning.Application.KnowWho;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server;

/// <summary><c>agency create</c> and <c>agency list</c>: an administrator or a client is of an agency, and the first must come from somewhere.</summary>
internal static class AgencyVerbs
{
    public static readonly ConsoleVerb[] All =
    [
        new("agency create", "--name NAME --kind KIND --authority CODE", Create),
        new("agency list", "", List),
    ];

    private static async Task<ConsoleAct> Create(ConsoleCall call)
    {
        var (name, kind, authority) = new NewAgencyValidator().Valid(
            new NewAgency(call["name"], ConsoleText.Choice<AgencyKind>("kind", call["kind"]), call["authority"]));
        if (await call.Database.Agencies.AnyAsync(a => a.Name == name, call.Cancellation))
            throw new ConsoleRefusal("There is an agency of this name.");
        var agency = new Agency(name, kind, authority!, call.Now);
        call.Database.Agencies.Add(agency);
        return new ConsoleAct(ConsoleText.Columns([["agency", agency.Id.ToString()]]), "CreateAgency", agency.Id, agency.Id);
    }

    private static async Task<ConsoleAct> List(ConsoleCall call)
    {
        var agencies = await call.Database.Agencies.AsNoTracking().OrderBy(a => a.Authority).ThenBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(call.Cancellation);
        return new ConsoleAct(agencies.Count == 0
            ? "There is no agency."
            : ConsoleText.Columns(agencies.Select(a => (string[])[a.Id.ToString(), a.Name, ConsoleText.Of(a.Kind), a.Authority])));
    }
}
