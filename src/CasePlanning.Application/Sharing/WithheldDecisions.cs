using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Sharing;

/// <summary>
/// Records a choice not to share something, with its reasons. The professionals' circle records and reads these; the family and
/// those from whom it is withheld never come to know of them.
/// </summary>
public sealed record RecordWithheldDecision(Guid PlanId, NewWithheldDecision Body)
    : ICreates, IPlanRequest, IWhenFrozen, IWithBody<NewWithheldDecision>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>A decision not to share.</summary>
/// <param name="From">From whom it is withheld, in words.</param>
/// <param name="Participants">Those of the team from whom it is withheld: they are not shown this decision.</param>
/// <param name="What">What is not shared.</param>
/// <param name="Why">Why sharing it would do the child more harm than not sharing it.</param>
public sealed record NewWithheldDecision(string From, string What, string Why, IReadOnlyList<Guid>? Participants = null);

/// <summary>The decisions not to share, newest first.</summary>
public sealed record ListWithheldDecisions(Guid PlanId, PageOf Page) : IQuery<Page<WithheldDecisionView>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One decision not to share.</summary>
public sealed record ReadWithheldDecision(Guid PlanId, Guid DecisionId) : IQuery<WithheldDecisionView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>What is not shared with whom, and why.</summary>
/// <param name="Participants">Those of the team from whom it is withheld.</param>
public sealed record WithheldDecisionView(
    Guid Id, Guid PlanId, string From, IReadOnlyList<Who> Participants, string What, string Why, Who By, DateTimeOffset At);

public sealed class NewWithheldDecisionValidator : AbstractValidator<NewWithheldDecision>
{
    public NewWithheldDecisionValidator()
    {
        RuleFor(d => d.From).Line(WithheldDecision.FromLength);
        RuleFor(d => d.What).Words(WithheldDecision.WhatLength);
        RuleFor(d => d.Why).Words(WithheldDecision.WhyLength);
        RuleFor(d => d.Participants).AtMost(WithheldDecision.MostFrom);
    }
}

public sealed class WithheldDecisionsHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<RecordWithheldDecision, Written>, IRequestHandler<ListWithheldDecisions, Page<WithheldDecisionView>>,
        IRequestHandler<ReadWithheldDecision, WithheldDecisionView>
{
    public async Task<Written> Handle(RecordWithheldDecision request, CancellationToken cancellationToken)
    {
        MustBeToldOfSuch();
        var ((from, what, why, participants), now) = (request.Body, time.GetUtcNow());
        await PlanChecks.TakePart(database, request.PlanId, participants ?? [], "/participants", now, cancellationToken);
        var decision = new WithheldDecision(request.PlanId, call.Viewer.ParticipantId, from, participants ?? [], what, why, now);
        database.WithheldDecisions.Add(decision);
        return new Written(decision.Id);
    }

    public async Task<Page<WithheldDecisionView>> Handle(ListWithheldDecisions request, CancellationToken cancellationToken)
    {
        MustBeToldOfSuch();
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        var decisions = await database.WithheldDecisions.AsNoTracking().WithheldDecisionsVisibleTo(call.Viewer).ToListAsync(cancellationToken);
        return decisions.OrderByDescending(d => d.At).ThenByDescending(d => d.Id).Select(d => View(d, team)).Cut(d => d.Id, request.Page);
    }

    public async Task<WithheldDecisionView> Handle(ReadWithheldDecision request, CancellationToken cancellationToken)
    {
        MustBeToldOfSuch();
        var decision = await database.WithheldDecisions.AsNoTracking().WithheldDecisionsVisibleTo(call.Viewer)
            .SingleOrDefaultAsync(d => d.Id == request.DecisionId, cancellationToken) ?? throw new NotVisible();
        return View(decision, await Team.Load(database, call.Viewer, cancellationToken));
    }

    /// <summary>Said before anything is looked up, so that it is the same whether there are any or not.</summary>
    private void MustBeToldOfSuch()
    {
        if (!call.Viewer.MayKnowWhatIsNotShared())
            throw new NotAllowed();
    }

    private static WithheldDecisionView View(WithheldDecision d, Team team) =>
        new(d.Id, d.PlanId, d.From, [.. d.FromIds.Select(id => team[id])], d.What, d.Why, team[d.ById], d.At);
}
