using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Adds what came after sign-off: dated and signed, beside the record and never in it. Every participant reads it.</summary>
public sealed record AddAddendum(Guid ReviewId, NewAddendum Body) : ICreates, IPlanRequest, IWithBody<NewAddendum>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>An addendum.</summary>
public sealed record NewAddendum(string Words);

public sealed class NewAddendumValidator : AbstractValidator<NewAddendum>
{
    public NewAddendumValidator() => RuleFor(a => a.Words).Words(Addendum.WordsLength);
}

public sealed class AddAddendumHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<AddAddendum, Written>
{
    public async Task<Written> Handle(AddAddendum request, CancellationToken cancellationToken)
    {
        var review = await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        database.Addenda.Add(new Addendum(review, request.Body.Words, call.Viewer.ParticipantId, time.GetUtcNow()));
        return new Written(review.Id, review);
    }
}
