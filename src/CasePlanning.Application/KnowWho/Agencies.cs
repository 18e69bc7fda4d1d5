using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.KnowWho;

/// <summary>Makes an agency known, so that its people can take part in plans.</summary>
public sealed record CreateAgency(NewAgency Body) : ICreates, IProfessional, IWithBody<NewAgency>;

/// <summary>An agency to make known.</summary>
/// <param name="Authority">Whose clocks and calendar its plans run by; those of the caller's own agency when absent.</param>
public sealed record NewAgency(string Name, AgencyKind Kind, string? Authority = null);

/// <summary>An organisation answerable for its participants.</summary>
public sealed record AgencyView(Guid Id, string Name, AgencyKind Kind, string Authority, int Version) : IVersionedView;

/// <summary>The agencies, by name.</summary>
public sealed record ListAgencies(PageOf Page) : IQuery<Page<AgencyView>>, ISignedIn, IForClientsThatRead;

/// <summary>One agency.</summary>
public sealed record ReadAgency(Guid AgencyId) : IQuery<AgencyView>, ISignedIn, IForClientsThatRead;

public sealed class NewAgencyValidator : AbstractValidator<NewAgency>
{
    public NewAgencyValidator()
    {
        RuleFor(a => a.Name).Line(Agency.NameLength);
        RuleFor(a => a.Authority).OptionalLine(Agency.AuthorityLength);
    }
}

public sealed class CreateAgencyHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<CreateAgency, Written>, IRequestHandler<ListAgencies, Page<AgencyView>>, IRequestHandler<ReadAgency, AgencyView>
{
    public async Task<Written> Handle(CreateAgency request, CancellationToken cancellationToken)
    {
        var (name, kind, authority) = request.Body;
        var person = call.PersonId;
        authority ??= await (
            from p in database.Persons
            join a in database.Agencies on p.AgencyId equals a.Id
            where p.Id == person
            select a.Authority).SingleAsync(cancellationToken);
        var agency = new Agency(name, kind, authority, time.GetUtcNow());
        database.Agencies.Add(agency);
        return new Written(agency.Id);
    }

    public async Task<Page<AgencyView>> Handle(ListAgencies request, CancellationToken cancellationToken)
    {
        var agencies = database.Agencies.AsNoTracking();
        if (request.Page.After is { } after && Guid.TryParse(after, out var last))
        {
            var name = await database.Agencies.Where(a => a.Id == last).Select(a => a.Name).SingleOrDefaultAsync(cancellationToken) ?? "";
            agencies = agencies.Where(a => a.Name.CompareTo(name) > 0 || (a.Name == name && a.Id.CompareTo(last) > 0));
        }

        var items = await agencies.OrderBy(a => a.Name).ThenBy(a => a.Id).Take(request.Page.Limit + 1)
            .Select(a => new AgencyView(a.Id, a.Name, a.Kind, a.Authority, a.Version)).ToListAsync(cancellationToken);
        return items.Count <= request.Page.Limit
            ? new Page<AgencyView>(items, null)
            : new Page<AgencyView>(items[..request.Page.Limit], items[request.Page.Limit - 1].Id.ToString());
    }

    public async Task<AgencyView> Handle(ReadAgency request, CancellationToken cancellationToken) =>
        await database.Agencies.AsNoTracking().Where(a => a.Id == request.AgencyId)
            .Select(a => new AgencyView(a.Id, a.Name, a.Kind, a.Authority, a.Version)).SingleOrDefaultAsync(cancellationToken)
        ?? throw new NotVisible();
}
