using System.Text;
using System.Text.Json;
using FluentValidation;
using MediatR;

namespace CasePlanning.Application.Pipeline;

/// <summary>Second in the pipeline: refuses a request whose body holds values that cannot be accepted, and names all of them.</summary>
public sealed class ValidationBehaviour<TRequest, TResponse>(IServiceProvider services) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly Type? Body = typeof(TRequest).GetInterfaces()
        .SingleOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWithBody<>))?.GenericTypeArguments[0];

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        // A body without words of its own (ids, dates, choices) needs no validator; a test sees to it that every other has one.
        if (Body is not null && services.GetService(typeof(IValidator<>).MakeGenericType(Body)) is IValidator validator)
        {
            var body = ((IWithBody<object>)request).Body;
            var result = await validator.ValidateAsync(new ValidationContext<object>(body), cancellationToken);
            if (!result.IsValid)
            {
                throw new InvalidRequest(
                    [.. result.Errors.Select(e => new InvalidMember(PointerOf(e.PropertyName), e.ErrorCode, e.ErrorMessage))]);
            }
        }

        return await next();
    }

    /// <summary><c>Child.Identifiers[0].Value</c> → <c>/child/identifiers/0/value</c>.</summary>
    private static string PointerOf(string path)
    {
        var pointer = new StringBuilder();
        foreach (var part in path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
            pointer.Append('/').Append(JsonNamingPolicy.CamelCase.ConvertName(part));
        return pointer.ToString();
    }
}
