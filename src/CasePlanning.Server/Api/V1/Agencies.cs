using CasePlanning.Application.KnowWho;
using CasePlanning.Domain.KnowWho;

namespace CasePlanning.Server.Api.V1;

/// <summary>Agencies, the directory of who can do what, and who the caller is.</summary>
public static class AgencyRoutes
{
    public static void MapAgencies(this RouteGroupBuilder api)
    {
        var agencies = api.Section("Agencies", "The organisations answerable for their participants.");
        agencies.MapPost("/agencies", (Body<NewAgency> body, Answers answers) =>
                answers.Created(new CreateAgency(body.Value), id => new ReadAgency(id), id => $"/agencies/{id}"))
            .Describes("createAgency", "Make an agency known", "Professionals may. Its people can then take part in plans.",
                new NewAgency("Larkmoor Academy", AgencyKind.School), Examples.AgencyView, 201);
        agencies.MapGet("/agencies", (Paging paging, Answers answers) => answers.List(new ListAgencies(paging.Page)))
            .Describes("listAgencies", "List agencies", "All agencies, by name.", response: Examples.ListOf(Examples.AgencyView));
        agencies.MapGet("/agencies/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadAgency(id)))
            .Describes("readAgency", "Read an agency", "One agency.", response: Examples.AgencyView);

        var directory = api.Section("Directory", "Who can do what, what they cannot do, and how to reach them.");
        directory.MapGet("/directory", (Query<DirectorySearch> query, Paging paging, Answers answers) =>
                answers.List(new SearchDirectory(query.Value.Need, query.Value.Age, query.Value.Area, paging.Page)))
            .Describes("searchDirectory", "Find who can help",
                "Professionals may. Every word of `need` and `area` must begin a word of what somebody says they can do or where: `sleep` finds `sleeping`. Write no child's name: the directory needs none.",
                response: Examples.ListOf(Examples.Expertise))
            .LimitedAs(Limit.Search);
        directory.MapGet("/me/expertise", (Answers answers) => answers.Read(new ReadMyExpertise()))
            .Describes("readMyExpertise", "Read your own directory entry", "What you said you can and cannot do.", response: Examples.Expertise)
            .WithMetadata(new CanBeMissing());
        directory.MapPut("/me/expertise", (Body<NewExpertise> body, Answers answers) =>
                answers.Changed(new StateExpertise(body.Value), new ReadMyExpertise()))
            .Describes("stateExpertise", "Write or confirm your own directory entry",
                "Your own words, with your limits. Sending it again as it is confirms that it is still right.",
                new NewExpertise("Sleep, anxiety at bedtime, health plans for children in care", "No medication reviews", 4, 18,
                    "Thornmere and the coast villages", "Telephone Mondays and Thursdays before noon"),
                Examples.Expertise);

        var me = api.Section("Me", "Who is calling, and what is asked of them.");
        me.MapGet("/me", (Answers answers) => answers.Read(new ReadMe()))
            .Describes("readMe", "Read who you are", "The person or client that the token was issued to.", response: Examples.Me);
        me.MapGet("/me/work", (Paging paging, Answers answers) => answers.List(new Application.Reading.ReadMyWork(paging.Page)))
            .Describes("readMyWork", "List what is asked of you",
                "Over all your plans, in clock order, each with why it is here.", response: Examples.ListOf(Examples.Work));
        me.MapGet("/me/notifications", (Answers answers) => answers.Read(new ReadMailChoice()))
            .Describes("readMailChoice", "Read what you are sent by mail",
                "Mails carry a role, a kind and a day, and never tell of a child. Invitations, and word of emergency access, are sent whatever you choose.",
                response: Examples.MailChoice);
        me.MapPut("/me/notifications", (Body<MailChoiceView> body, Answers answers) => answers.Changed(new ChooseMail(body.Value), new ReadMailChoice()))
            .Describes("chooseMail", "Choose what you are sent by mail",
                "Professionals who have not chosen get a digest, and hear at once of what waits for them; a child and their family get nothing until they choose to.",
                Examples.MailChoice, Examples.MailChoice);
    }
}

/// <param name="Need">What is needed, in plain words: <c>sleep</c>, <c>won't go on the bus</c>.</param>
/// <param name="Age">The age of whom it is for.</param>
/// <param name="Area">Where.</param>
public sealed record DirectorySearch(string? Need = null, int? Age = null, string? Area = null);
