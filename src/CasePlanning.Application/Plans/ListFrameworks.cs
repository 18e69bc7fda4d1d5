using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>What plans can be structured by.</summary>
public sealed record ListFrameworks : IQuery<Page<FrameworkView>>, ISignedIn, IForClientsThatRead;

/// <summary>A framework and its outcomes, in the order in which they are always shown.</summary>
public sealed record FrameworkView(string Code, string Name, IReadOnlyList<OutcomeView> Outcomes);

public sealed class ListFrameworksHandler(IPlanningDatabase database) : IRequestHandler<ListFrameworks, Page<FrameworkView>>
{
    public async Task<Page<FrameworkView>> Handle(ListFrameworks request, CancellationToken cancellationToken)
    {
        var frameworks = await database.Frameworks.AsNoTracking().OrderBy(f => f.Code).ToListAsync(cancellationToken);
        return new Page<FrameworkView>([.. frameworks.Select(f => new FrameworkView(f.Code, f.Name,
            [.. f.Outcomes.Select(o => new OutcomeView(o.Code, o.Name, o.ChildName, o.Aims))]))], null);
    }
}
