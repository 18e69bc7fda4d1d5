using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>The author's new words on the same outcome, with what changed; the first stay readable.</summary>
public sealed record ReviseContribution(Guid ContributionId, NewVersion Body) : ICreates, IPlanRequest, IWithBody<NewVersion>, IForClientsThatContribute, IAuthored
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;

    Guid? IAuthored.AuthoredBy => Body.AuthoredBy;
}

/// <summary>A new version.</summary>
/// <param name="WhatChanged">What changed the author's mind.</param>
/// <param name="AuthoredBy">For systems, which must name it: the participant whose words they brought in. Nobody else names it.</param>
public sealed record NewVersion(
    string Words, Outlook? Outlook = null, string? Summary = null, string? WhatChanged = null, Guid? AuthoredBy = null);

/// <summary>Takes a view back: its words are no longer shown, that it was there is.</summary>
public sealed record WithdrawContribution(Guid ContributionId) : ICommand, IPlanRequest, IWhenFrozen
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>The person spoken for says that these are their words.</summary>
public sealed record ConfirmContribution(Guid ContributionId) : ICommand, IPlanRequest
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;
}

public sealed class NewVersionValidator : AbstractValidator<NewVersion>
{
    public NewVersionValidator()
    {
        RuleFor(v => v.Words).Words(Contribution.WordsLength);
        RuleFor(v => v.Summary).OptionalWords(Contribution.SummaryLength);
        RuleFor(v => v.WhatChanged).OptionalWords(Contribution.WhatChangedLength);
    }
}

public sealed class ReviseContributionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ReviseContribution, Written>, IRequestHandler<WithdrawContribution, Written>, IRequestHandler<ConfirmContribution, Written>
{
    public async Task<Written> Handle(ReviseContribution request, CancellationToken cancellationToken)
    {
        var (words, outlook, summary, whatChanged, _) = request.Body;
        var contribution = await ReadableContribution.LoadToRevise(database, call.Viewer, request.ContributionId, summary, cancellationToken);
        var review = await database.Reviews.SingleAsync(r => r.Id == contribution.ReviewId, cancellationToken);
        contribution.Revise(
            review, call.Acting.ParticipantId, new Said(words, outlook, summary), whatChanged, time.GetUtcNow(), call.Client?.Id);
        return new Written(contribution.Id);
    }

    public async Task<Written> Handle(WithdrawContribution request, CancellationToken cancellationToken)
    {
        var (contribution, _) = await ReadableContribution.Load(database, call.Viewer, request.ContributionId, cancellationToken);
        var review = await database.Reviews.SingleAsync(r => r.Id == contribution.ReviewId, cancellationToken);
        contribution.Withdraw(review, call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(contribution.Id);
    }

    public async Task<Written> Handle(ConfirmContribution request, CancellationToken cancellationToken)
    {
        var (contribution, _) = await ReadableContribution.Load(database, call.Viewer, request.ContributionId, cancellationToken);
        contribution.Confirm(call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(contribution.Id);
    }
}
