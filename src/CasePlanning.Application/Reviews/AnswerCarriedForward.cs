using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Says of something carried forward whether it is still true. A dissent is its author's to answer for.</summary>
public sealed record AnswerCarriedForward(Guid ReviewId, Guid CarriedId, StillTrueAnswer Body) : ICommand, IPlanRequest, IWithBody<StillTrueAnswer>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>Still true, or not any more.</summary>
public sealed record StillTrueAnswer(bool StillTrue, string? Note = null);

public sealed class StillTrueAnswerValidator : AbstractValidator<StillTrueAnswer>
{
    public StillTrueAnswerValidator() => RuleFor(a => a.Note).OptionalWords(CarriedForward.NoteLength);
}

public sealed class AnswerCarriedForwardHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<AnswerCarriedForward, Written>
{
    public async Task<Written> Handle(AnswerCarriedForward request, CancellationToken cancellationToken)
    {
        (await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken)).MustNotBeSigned();
        var carried = await database.CarriedForward.SingleOrDefaultAsync(c => c.Id == request.CarriedId && c.ReviewId == request.ReviewId, cancellationToken)
            ?? throw new NotVisible();
        if (carried.Kind is CarriedKind.Dissent
            && !await database.DecisionResponses.AnyAsync(r => r.Id == carried.SubjectId && r.ById == call.Viewer.ParticipantId, cancellationToken))
            throw ReviewRules.CarriedDissentIsItsAuthors.Broken();
        carried.Answer(request.Body.StillTrue, request.Body.Note, call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(request.ReviewId);
    }
}
