using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Whether a participant can be written to.</summary>
public sealed record ReadAddress(Guid PlanId, Guid ParticipantId) : IQuery<AddressView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>
/// Says that somebody else may read what is sent to a participant, or no longer. While it is so nothing is sent to them, about this
/// plan or any other, and links on their way open nothing.
/// </summary>
public sealed record MarkAddress(Guid PlanId, Guid ParticipantId, AddressMark Body)
    : ICommand, IPlanRequest, IWhenFrozen, IWithBody<AddressMark>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Whether the address is unsafe.</summary>
public sealed record AddressMark(bool Unsafe);

/// <summary>Whether a participant can be written to. The address itself is shown to nobody.</summary>
/// <param name="IsKnown">There is an address.</param>
/// <param name="Unsafe">It is marked as unsafe, in this plan or in another: nothing is sent to it.</param>
/// <param name="MarkedBy">Who marked it in this plan; absent when nobody did.</param>
public sealed record AddressView(Guid ParticipantId, bool IsKnown, bool Unsafe, Who? MarkedBy, DateTimeOffset? MarkedAt);

public sealed class MarkAddressHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ReadAddress, AddressView>, IRequestHandler<MarkAddress, Written>
{
    public async Task<AddressView> Handle(ReadAddress request, CancellationToken cancellationToken)
    {
        var person = await PersonOf(request.ParticipantId, cancellationToken);
        var isSafe = await database.Persons.Where(p => p.Id == person).WithSafeAddress(database).AnyAsync(cancellationToken);
        var isKnown = isSafe || await database.Persons.AnyAsync(p => p.Id == person && p.Email != null, cancellationToken);
        var mark = await database.UnsafeAddresses.AsNoTracking().SingleOrDefaultAsync(u => u.ParticipantId == request.ParticipantId, cancellationToken);
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        return new AddressView(request.ParticipantId, isKnown, mark is not null || (isKnown && !isSafe), team.Find(mark?.MarkedById), mark?.MarkedAt);
    }

    public async Task<Written> Handle(MarkAddress request, CancellationToken cancellationToken)
    {
        var (person, now) = (await PersonOf(request.ParticipantId, cancellationToken), time.GetUtcNow());
        var mark = await database.UnsafeAddresses.SingleOrDefaultAsync(u => u.ParticipantId == request.ParticipantId, cancellationToken);
        if (request.Body.Unsafe && mark is null)
        {
            database.UnsafeAddresses.Add(new UnsafeAddress(request.ParticipantId, call.Viewer.ParticipantId, now));
            await InvitationLetters.TakeBackOpen(database, i => i.PersonId == person, now, cancellationToken);
        }
        else if (!request.Body.Unsafe && mark is not null)
        {
            database.UnsafeAddresses.Remove(mark);
        }

        return new Written(request.ParticipantId);
    }

    private async Task<Guid> PersonOf(Guid participantId, CancellationToken cancellation)
    {
        var plan = call.Viewer.PlanId;
        return await database.Participants.Where(p => p.Id == participantId && p.PlanId == plan).Select(p => (Guid?)p.PersonId)
            .SingleOrDefaultAsync(cancellation) ?? throw new NotVisible();
    }
}
