using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Gathers somebody into the team around the child, from any agency, or from none.</summary>
public sealed record AddParticipant(Guid PlanId, NewParticipant Body) : ICreates, IPlanRequest, IWithBody<NewParticipant>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Somebody to add.</summary>
/// <param name="SpeaksFor">The participant they speak for (an advocate for the child); they then add no voice of their own.</param>
/// <param name="From">When it begins; now when absent.</param>
/// <param name="Until">When it ends; open-ended when absent, but for a parent, whose responsibility ends when the child comes of age.</param>
/// <param name="NameReleasedToParents">For a carer: parents see the name. Otherwise they see "Carer".</param>
/// <param name="Invite">Send them a link by e-mail as well; their invitation then holds the six digits to hand over by another way.</param>
public sealed record NewParticipant(
    NewPerson Person, Role Role, Guid? AgencyId = null, Guid? SpeaksFor = null, DateTimeOffset? From = null, DateTimeOffset? Until = null,
    bool NameReleasedToParents = false, bool Invite = false);

/// <summary>Who: somebody known by id, or by name and e-mail address (one address is one person).</summary>
public sealed record NewPerson(Guid? Id = null, string? Name = null, string? Email = null);

public sealed class NewParticipantValidator : AbstractValidator<NewParticipant>
{
    public NewParticipantValidator()
    {
        RuleFor(p => p.Person.Name!).Line(Person.NameLength).When(p => p.Person.Id is null);
        RuleFor(p => p.Person.Email!).Email(Person.EmailLength).When(p => p.Person.Id is null);
        RuleFor(p => p.Person.Name).Null().WithErrorCode("not-with-id").WithMessage("Give either an id, or a name and an e-mail address.").When(p => p.Person.Id is not null);
        RuleFor(p => p.Person.Email).Null().WithErrorCode("not-with-id").WithMessage("Give either an id, or a name and an e-mail address.").When(p => p.Person.Id is not null);
        RuleFor(p => p.From).Instant();
        RuleFor(p => p.Until).Instant();
        RuleFor(p => p.Until).Must((p, until) => p.From is null || until is null || p.From < until)
            .WithErrorCode("before-from").WithMessage("The end must come after the beginning.");
    }
}

public sealed class AddParticipantHandler(IPlanningDatabase database, CurrentCall call, InvitationLetters letters, IClocks clocks, TimeProvider time)
    : IRequestHandler<AddParticipant, Written>
{
    public async Task<Written> Handle(AddParticipant request, CancellationToken cancellationToken)
    {
        var (who, role, agencyId, speaksFor, from, until, nameReleased, invite) = request.Body;
        var now = time.GetUtcNow();
        if (agencyId is { } agency && !await database.Agencies.AnyAsync(a => a.Id == agency, cancellationToken))
            throw InvalidRequest.At("/agencyId", "unknown", "There is no agency with this id.");
        if (speaksFor is { } spokenFor && !await database.Participants.AnyAsync(p => p.Id == spokenFor && p.PlanId == request.PlanId, cancellationToken))
            throw InvalidRequest.At("/speaksFor", "unknown", "Nobody with this id takes part in the plan.");

        if (role is Role.Parent)
        {
            var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == request.PlanId, cancellationToken);
            until ??= plan.EndOfParentsPart(clocks.Of(plan.Authority), from ?? now);
        }

        var person = await FindOrAdd(who, role, agencyId, now, cancellationToken);
        if (await database.Participants.AnyAsync(p => p.PlanId == request.PlanId && p.PersonId == person.Id
                && (p.Until == null || p.Until > (from ?? now)) && (until == null || p.From < until), cancellationToken))
            throw PlanRules.AlreadyTakesPart.Broken();

        var participant = new Participant(request.PlanId, person.Id, role, agencyId ?? person.AgencyId, speaksFor, from ?? now, until, nameReleased, now);
        database.Participants.Add(participant);
        await InviteToRunningReviews(participant, now, cancellationToken);
        if (invite)
            await letters.Invite(person, participant, call.Viewer, cancellationToken);
        return new Written(participant.Id, participant);
    }

    private async Task<Person> FindOrAdd(NewPerson who, Role role, Guid? agencyId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (who.Id is { } id)
        {
            return await database.Persons.SingleOrDefaultAsync(p => p.Id == id, cancellation)
                ?? throw InvalidRequest.At("/person/id", "unknown", "There is nobody with this id.");
        }

        var email = Person.NormaliseEmail(who.Email!);
        var known = await database.Persons.SingleOrDefaultAsync(p => p.Email == email, cancellation);
        if (known is not null)
            return known;
        // A family role never makes somebody a professional, whatever agency was named beside it.
        var person = new Person(who.Name!, email, RolePowers.IsFamily(role) ? null : agencyId, role, now);
        database.Persons.Add(person);
        return person;
    }

    /// <summary>A review that asked everyone asks newcomers too.</summary>
    private async Task InviteToRunningReviews(Participant participant, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!participant.HasVoice)
            return;
        var running = await database.Reviews
            .Where(r => r.PlanId == participant.PlanId && r.InvitesEveryone && r.ClosedAt == null && r.SignedAt == null)
            .ToListAsync(cancellation);
        database.Voices.AddRange(running.Select(r => new Voice(r, participant.Id, now)));
    }
}
