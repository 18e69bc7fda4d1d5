using CasePlanning.Application.Ports;
using MediatR;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// First in the pipeline: nothing is validated, read or written for a caller who may not send the request, and whoever is turned
/// away is journaled, wherever in the pipeline that happens.
/// </summary>
public sealed class AccessBehaviour<TRequest, TResponse>(
    AccessCheck access, CurrentCall call, ICaller caller, Looks looks, IJournal journal, TimeProvider time)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        call.Begin(caller);
        try
        {
            await access.Check(request, call, cancellationToken);
            var response = await next();
            if (request is (IPlanRequest or ITellsOfChildren) and not ICommand)
                looks.Expect(request);
            return response;
        }
        catch (Exception refusal) when (refusal is NotVisible or NotAllowed or ScopeNeeded or StepUpNeeded)
        {
            var plan = request is IPlanRequest { About: var about } ? await access.PlanOf(about, cancellationToken) : null;
            await journal.Record(EntryOf.Denied(request, call, plan, time.GetUtcNow()), cancellationToken);
            throw;
        }
    }
}
