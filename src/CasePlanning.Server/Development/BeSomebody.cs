using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server.Development;

/// <summary>The people of the demo, to be signed in as with one press and no password, on developers' machines only.</summary>
internal sealed class BeSomebody(IPlanningDatabase database)
{
    public const string Path = "/development/be-somebody";

    private const string DemoAddresses = "@demo.example";

    /// <summary>Everybody by the plan they are in, the child first; whoever is in none comes last.</summary>
    public async Task<IReadOnlyList<DemoGroup>> List(CancellationToken cancellation)
    {
        var people = await database.Persons.AsNoTracking().Where(p => p.Email != null && p.Email.EndsWith(DemoAddresses)).ToListAsync(cancellation);
        var parts = await (
            from participant in database.Participants.AsNoTracking()
            join plan in database.Plans on participant.PlanId equals plan.Id
            where participant.Until == null
            orderby plan.Child.GivenName, participant.Id
            select new { Plan = plan.Id, Child = plan.Child.KnownAs ?? plan.Child.GivenName, participant.PersonId, participant.Role })
            .ToListAsync(cancellation);
        var known = people.ToDictionary(p => p.Id);
        var groups = parts.Where(p => known.ContainsKey(p.PersonId)).GroupBy(p => (p.Plan, p.Child)).Select(plan => new DemoGroup(
            $"In {plan.Key.Child}’s plan",
            [.. plan.OrderBy(p => p.Role).Select(p => new DemoPerson(known[p.PersonId].Name, known[p.PersonId].Email!, RoleWords.Of(p.Role)))])).ToList();
        var inNone = people.ExceptBy(parts.Select(p => p.PersonId), p => p.Id)
            .Select(p => new DemoPerson(p.Name, p.Email!, p.UsualRole is { } role ? RoleWords.Of(role) : "holds an office, sees no child"));
        return [.. groups, new DemoGroup("In no plan", [.. inNone])];
    }

    public static void Map(WebApplication app) => app.MapPost(Path, async (HttpContext http, IAntiforgery antiforgery, SignIn signIn, TimeProvider time) =>
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var address = form["as"].ToString();
        var database = http.RequestServices.GetRequiredService<IPlanningDatabase>();
        var person = await database.Persons.Where(p => p.Email == address && p.Email.EndsWith(DemoAddresses)).Select(p => (Guid?)p.Id)
            .SingleOrDefaultAsync(http.RequestAborted);
        return person is { } id
            ? Results.LocalRedirect(await signIn.SignedIn(http, new Proof(id, time.GetUtcNow(), SecondFactor: true), form[SignInAddresses.ReturnUrl]))
            : Results.BadRequest();
    }).AllowAnonymous().ExcludeFromDescription();
}

internal sealed record DemoGroup(string Heading, IReadOnlyList<DemoPerson> People);

internal sealed record DemoPerson(string Name, string Email, string Role);
