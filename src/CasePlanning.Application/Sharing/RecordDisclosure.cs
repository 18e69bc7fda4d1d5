using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Sharing;

/// <summary>
/// Records that something was shared with somebody outside the team, on what lawful basis and what for. The professionals' circle
/// records it; a consent that was withdrawn bears nothing from that moment on.
/// </summary>
public sealed record RecordDisclosure(Guid PlanId, NewDisclosure Body)
    : ICreates, IPlanRequest, IForPurpose, IWhenFrozen, IWithBody<NewDisclosure>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;

    /// <summary>The journal keeps the basis; what it was for is content.</summary>
    public string? Purpose => Body.Basis.ToString();
}

/// <summary>A disclosure to record.</summary>
/// <param name="To">With whom it was shared.</param>
/// <param name="What">What was shared.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Condition">What besides allows it, where it is about health, origin or belief.</param>
/// <param name="Agreement">The agreement between the agencies that it falls under, by its reference.</param>
/// <param name="Consent">The consent that it rests on, when that is its basis.</param>
/// <param name="SharedAt">When it was shared; now when absent.</param>
/// <param name="OpenToFamily">Everybody who reads the plan is shown it; otherwise the professionals are, and whose consent it rests on.</param>
public sealed record NewDisclosure(
    string To, string What, string Purpose, LawfulBasis Basis, SpecialCondition? Condition = null, string? Agreement = null, Guid? Consent = null,
    DateTimeOffset? SharedAt = null, bool OpenToFamily = false);

public sealed class NewDisclosureValidator : AbstractValidator<NewDisclosure>
{
    public NewDisclosureValidator()
    {
        RuleFor(d => d.To).Line(Disclosure.ToLength);
        RuleFor(d => d.What).Words(Disclosure.WhatLength);
        RuleFor(d => d.Purpose).Words(Disclosure.PurposeLength);
        RuleFor(d => d.Agreement).OptionalLine(Grounds.AgreementLength);
        RuleFor(d => d.SharedAt).Instant();
    }
}

public sealed class RecordDisclosureHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<RecordDisclosure, Written>
{
    public async Task<Written> Handle(RecordDisclosure request, CancellationToken cancellationToken)
    {
        var (body, now) = (request.Body, time.GetUtcNow());
        if (!call.Viewer.ReadsProfessionals)
            throw new NotAllowed("The professionals in this plan record what they share with others.");
        if (body.SharedAt > now)
            throw InvalidRequest.At("/sharedAt", "in-the-future", "This has not happened yet.");
        var consent = body.Consent is { } id ? await ConsentWith(id, cancellationToken) : null;
        var disclosure = Disclosure.Record(
            request.PlanId, call.Viewer.ParticipantId, new Shared(body.To, body.What, body.Purpose, body.SharedAt ?? now),
            new Grounds(body.Basis, body.Condition, body.Agreement), consent, body.OpenToFamily, now);
        database.Disclosures.Add(disclosure);
        return new Written(disclosure.Id);
    }

    private async Task<Consent> ConsentWith(Guid id, CancellationToken cancellation) =>
        await database.Consents.AsNoTracking().ConsentsVisibleTo(call.Viewer).SingleOrDefaultAsync(c => c.Id == id, cancellation)
        ?? throw InvalidRequest.At("/consent", "unknown", "There is no consent with this id in the plan.");
}
