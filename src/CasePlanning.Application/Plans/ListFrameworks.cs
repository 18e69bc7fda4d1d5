using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>What plans can be structured by.</summary>
public sealed record ListFrameworks : IQuery<Page<FrameworkView>>, ISignedIn, IForClientsThatRead;

/// <summary>One that an authority has added.</summary>
public sealed record ReadFramework(Guid FrameworkId) : IQuery<FrameworkView>, ISignedIn;

/// <summary>A framework and its outcomes, in the order in which they are always shown.</summary>
/// <param name="Id">Of one that an authority has added; those that are shipped have none.</param>
/// <param name="Authority">Whose plans alone may use it; absent when all may.</param>
public sealed record FrameworkView(string Code, Guid? Id, string? Authority, string Name, IReadOnlyList<OutcomeView> Outcomes);

public sealed class ListFrameworksHandler(IPlanningDatabase database)
    : IRequestHandler<ListFrameworks, Page<FrameworkView>>, IRequestHandler<ReadFramework, FrameworkView>
{
    public async Task<Page<FrameworkView>> Handle(ListFrameworks request, CancellationToken cancellationToken) =>
        new((await database.Frameworks.AsNoTracking().OrderBy(f => f.Code).ToListAsync(cancellationToken)).ConvertAll(View), null);

    public async Task<FrameworkView> Handle(ReadFramework request, CancellationToken cancellationToken) =>
        View(await database.Frameworks.AsNoTracking().SingleOrDefaultAsync(f => f.Id == request.FrameworkId, cancellationToken) ?? throw new NotVisible());

    private static FrameworkView View(Framework f) => new(
        f.Code, f.Id, f.Authority, f.Name, [.. f.Outcomes.Select(o => new OutcomeView(o.Code, o.Name, o.ChildName, o.Aims))]);
}
