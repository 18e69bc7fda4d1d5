using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Mail;

/// <summary>To whom anything may be sent. Asked when a mail is written, and again before it goes.</summary>
public static class Addresses
{
    /// <summary>Those who have an address that nobody, on any plan, has marked as unsafe.</summary>
    public static IQueryable<Person> WithSafeAddress(this IQueryable<Person> people, IPlanningDatabase database) => people.Where(p =>
        p.Email != null
        && !database.UnsafeAddresses.Any(u => database.Participants.Any(part => part.Id == u.ParticipantId && part.PersonId == p.Id)));

    /// <summary>A person who may not have been saved yet.</summary>
    public static async Task<bool> HasSafeAddress(this IPlanningDatabase database, Person person, CancellationToken cancellation) =>
        person.Email is not null
        && !await database.UnsafeAddresses.AnyAsync(
            u => database.Participants.Any(part => part.Id == u.ParticipantId && part.PersonId == person.Id), cancellation);
}
