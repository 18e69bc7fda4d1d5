using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server;

/// <summary>
/// <c>admin create</c> and <c>admin list</c>: who looks after people, settings and the journal. The first gets in by a link and a
/// code that are shown here once, and needs no mail server for it.
/// </summary>
internal static class AdminVerbs
{
    public static readonly ConsoleVerb[] All =
    [
        new("admin create", "--name NAME --email ADDRESS --office OFFICE [--agency NAME|ID] [--authority CODE]", Create),
        new("admin list", "", List),
    ];

    private static async Task<ConsoleAct> Create(ConsoleCall call)
    {
        var agency = call.Optional("agency") is { } said ? await ConsoleText.Agency(call.Database, said, call.Cancellation) : null;
        var wanted = new NewAdministratorValidator().Valid(new NewAdministrator(
            call["name"], call["email"], ConsoleText.Choice<Office>("office", call["office"]), agency?.Id, call.Optional("authority")));
        var mail = call.Services.GetRequiredService<IMail>();
        var appointed = await call.Services.GetRequiredService<Administrators>().Appoint(wanted, mail.InvitationLife, call.Cancellation);
        List<string[]> told = [["office", ConsoleText.Of(wanted.Office)], ["of", agency?.Name ?? wanted.Authority!]];
        if (appointed is { Token: { } token, Code: { } code })
        {
            told.Add(["link", mail.Page(InvitationLetters.Page + token).ToString()]);
            told.Add(["code", $"{code}  (tell it by another way than the link; both are shown this once)"]);
            told.Add(["until", ConsoleText.Day(call.Now + mail.InvitationLife)]);
        }

        return new ConsoleAct(ConsoleText.Columns(told), "AppointAdministrator", appointed.Appointment.Id, agency?.Id);
    }

    private static async Task<ConsoleAct> List(ConsoleCall call)
    {
        var now = call.Now;
        var held = await (
            from appointment in call.Database.Appointments
            join person in call.Database.Persons on appointment.PersonId equals person.Id
            join agency in call.Database.Agencies on appointment.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            where appointment.From <= now && (appointment.Until == null || now < appointment.Until)
            orderby person.Name, appointment.Id
            select new { person.Name, person.Email, appointment.Office, Of = agency == null ? appointment.Authority : agency.Name, appointment.From })
            .ToListAsync(call.Cancellation);
        return new ConsoleAct(held.Count == 0
            ? "There is no administrator."
            : ConsoleText.Columns(held.Select(h => (string[])[h.Name, h.Email ?? "", ConsoleText.Of(h.Office), h.Of, $"since {ConsoleText.Day(h.From)}"])));
    }
}
