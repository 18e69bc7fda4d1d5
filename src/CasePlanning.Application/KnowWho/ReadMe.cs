using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.KnowWho;

/// <summary>Who the caller is, as the service knows them.</summary>
public sealed record ReadMe : IQuery<MeView>, ISignedIn, IForAnyClient;

/// <summary>The caller: a person, or an integrator client.</summary>
/// <param name="Scopes">What a client may do with this token; absent for a person.</param>
public sealed record MeView(
    Guid? PersonId, string? Name, string? Agency, Role? UsualRole, string? ClientId, IReadOnlyList<string>? Scopes = null);

public sealed class ReadMeHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadMe, MeView>
{
    public async Task<MeView> Handle(ReadMe request, CancellationToken cancellationToken)
    {
        if (call.Client is { } client)
        {
            var agencyOfClient = await database.Agencies.Where(a => a.Id == client.AgencyId).Select(a => a.Name).SingleAsync(cancellationToken);
            return new MeView(null, client.Name, agencyOfClient, null, client.ClientId, [.. client.Scopes.Intersect(call.Caller.Scopes)]);
        }

        var id = call.PersonId;
        return await (
            from person in database.Persons
            join agency in database.Agencies on person.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            where person.Id == id
            select new MeView(person.Id, person.Name, agency == null ? null : agency.Name, person.UsualRole, call.Caller.ClientId))
            .FirstOrDefaultAsync(cancellationToken) ?? throw new NotSignedIn();
    }
}
