using CasePlanning.Application.Administration;
using CasePlanning.Application.KnowWho;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Api.V1;

/// <summary>Looking after people and settings, without a look into any plan.</summary>
public static class AdministrationRoutes
{
    public static void MapAdministration(this RouteGroupBuilder api)
    {
        api.MapPeople();
        api.MapOffices();
        api.MapSettings();
    }

    private static void MapPeople(this RouteGroupBuilder api)
    {
        var people = api.Section("People of an agency", "For its administrators and those of its authority: who works for it, and whether they can sign in. No plan is opened by it.");
        people.MapGet("/agencies/{id:guid}/people", (Guid id, Paging paging, Answers answers) => answers.List(new ListAgencyPeople(id, paging.Page)))
            .Describes("listAgencyPeople", "List the people of an agency", "By name. Nothing of what they take part in, and no child.",
                response: Examples.ListOf(Examples.AgencyPerson));
        people.MapPost("/agencies/{id:guid}/people", (Guid id, Body<NewAgencyPerson> body, Answers answers) =>
                answers.Created(new AddAgencyPerson(id, body.Value), p => new ReadAgencyPerson(id, p), p => $"/agencies/{id}/people/{p}"))
            .Describes("addAgencyPerson", "Add somebody who works for an agency", "They take part in no plan until a plan's own people gather them in.",
                new NewAgencyPerson("Greta Lumley", "greta.lumley@demo.example", Role.Senco), Examples.AgencyPerson, 201, AdministrationRules.AddressIsTaken);
        people.MapGet("/agencies/{id:guid}/people/{personId:guid}", (Guid id, Guid personId, Answers answers) => answers.Read(new ReadAgencyPerson(id, personId)))
            .Describes("readAgencyPerson", "Read one of the people of an agency", "One person.", response: Examples.AgencyPerson);
        people.MapPost("/agencies/{id:guid}/people/{personId:guid}/disable", (Guid id, Guid personId, Answers answers) =>
                answers.Changed(new DisableAccount(id, personId), new ReadAgencyPerson(id, personId)))
            .Describes("disableAccount", "Disable an account", "Nothing signs in as this person any more, and what was issued to them is refused at once.",
                response: Examples.AgencyPerson with { SignIn = SignInState.Disabled },
                rules: [AdministrationRules.NotOnesOwnAccount, AdministrationRules.HoldsAnOffice]);
        people.MapPost("/agencies/{id:guid}/people/{personId:guid}/enable", (Guid id, Guid personId, Answers answers) =>
                answers.Changed(new EnableAccount(id, personId), new ReadAgencyPerson(id, personId)))
            .Describes("enableAccount", "Enable an account", "This person may sign in again. What was issued before stays refused.",
                response: Examples.AgencyPerson, rules: [AdministrationRules.HoldsAnOffice]);
        people.MapPost("/agencies/{id:guid}/people/{personId:guid}/end-sessions", (Guid id, Guid personId, Answers answers) =>
                answers.Changed(new EndSessions(id, personId), new ReadAgencyPerson(id, personId)))
            .Describes("endSessions", "Sign somebody out everywhere", "A telephone was lost: whatever was issued to this person is refused at once. They may sign in again.",
                response: Examples.AgencyPerson, rules: [AdministrationRules.HoldsAnOffice]);
    }

    private static void MapOffices(this RouteGroupBuilder api)
    {
        var offices = api.Section("Appointments", "Who looks after an agency's people, and who is a privacy officer: for those who administer the authority.");
        offices.MapGet("/appointments", (Paging paging, Answers answers) => answers.List(new ListAppointments(paging.Page)))
            .Describes("listAppointments", "List appointments", "Of the authority's offices and its agencies', newest first, ended ones too.",
                response: Examples.ListOf(Examples.Appointment));
        offices.MapPost("/appointments", (Body<NewAppointment> body, Answers answers) =>
                answers.Created(new Appoint(body.Value), a => new ReadAppointment(a), a => $"/appointments/{a}"))
            .Describes("appoint", "Appoint somebody",
                "To look after the people of an agency that they work for, or as a privacy officer. Nobody appoints themselves; those who administer an authority are appointed on the server.",
                new NewAppointment(Examples.Employee, Office.AgencyAdministrator, Examples.Agency), Examples.Appointment, 201,
                AdministrationRules.NotOneself, AdministrationRules.IsHeld, AdministrationRules.WorksElsewhere);
        offices.MapGet("/appointments/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadAppointment(id)))
            .Describes("readAppointment", "Read an appointment", "One appointment.", response: Examples.Appointment);
        offices.MapPost("/appointments/{id:guid}/end", (Guid id, Answers answers) => answers.Changed(new EndAppointment(id), new ReadAppointment(id)))
            .Describes("endAppointment", "End an appointment", "From this moment the office is no longer theirs.",
                response: Examples.Appointment with { Until = Examples.Appointment.From.AddMonths(2), Current = false }, rules: [AdministrationRules.HasEnded]);
    }

    private static void MapSettings(this RouteGroupBuilder api)
    {
        var settings = api.Section("Authority", "Agencies, frameworks and clocks of an authority, for those who administer it.");
        settings.MapPatch("/agencies/{id:guid}", (Guid id, IfMatch match, Body<AgencyChange> body, Answers answers) =>
                answers.Changed(new ChangeAgency(id, match.Version, body.Value), new ReadAgency(id)))
            .Describes("changeAgency", "Change an agency", "What it is called and of which kind it is.", new AgencyChange("Larkmoor Academy Trust"), Examples.AgencyView);
        settings.MapPost("/frameworks", (Body<NewFramework> body, Answers answers) =>
                answers.Created(new AddFramework(body.Value), f => new ReadFramework(f), f => $"/frameworks/{f}"))
            .Describes("addFramework", "Add a framework", "For plans of the authority that are opened from now on. It cannot be changed: plans are written under it.",
                Examples.NewFramework, Examples.FrameworkAdded, 201, FrameworkRules.CodeIsTaken);
        settings.MapGet("/frameworks/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadFramework(id)))
            .Describes("readFramework", "Read a framework that was added", "One that an authority has added for its own plans.", response: Examples.FrameworkAdded);
        settings.MapGet("/clocks", (Query<AuthorityChoice> query, Answers answers) => answers.Read(new ReadClocks(query.Value.Authority)))
            .Describes("readClocks", "Read the authority's clocks", "With its calendar. Until it has set its own, those of the server's configuration.",
                response: Examples.ClocksView)
            .WithMetadata(new CanBeMissing());
        settings.MapPut("/clocks", (Query<AuthorityChoice> query, IfMatch match, Body<NewClocks> body, Answers answers) =>
                answers.Changed(new ChangeClocks(query.Value.Authority, match.Version, body.Value), new ReadClocks(query.Value.Authority)))
            .Describes("changeClocks", "Set the authority's clocks", "And its calendar, as a whole. They count at once for every plan of the authority; days that are due move with them.",
                Examples.NewClocks, Examples.ClocksView)
            .WithMetadata(new CanBeMissing());
    }
}

/// <param name="Authority">Which authority, for whoever administers several.</param>
public sealed record AuthorityChoice(string? Authority = null);
