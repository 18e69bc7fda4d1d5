using CasePlanning.Application.Ports;
using MediatR;

namespace CasePlanning.Application.Pipeline;

/// <summary>First in the pipeline: nothing is validated, read or written for a caller who may not send the request.</summary>
public sealed class AccessBehaviour<TRequest, TResponse>(AccessCheck access, CurrentCall call, ICaller caller)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        call.Begin(caller);
        await access.Check(request, call, cancellationToken);
        return await next();
    }
}
