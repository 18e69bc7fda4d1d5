using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Administration;

/// <summary>For what the caller's office is: anything else is answered as if it did not exist.</summary>
internal static class Mandate
{
    /// <summary>The agency, when the caller looks after its people.</summary>
    public static async Task<Agency> AgencyOf(this CurrentCall call, IPlanningDatabase database, Guid agencyId, CancellationToken cancellation) =>
        await database.Agencies.SingleOrDefaultAsync(a => a.Id == agencyId, cancellation) is { } agency && call.Appointments.Any(a => a.Administers(agency))
            ? agency
            : throw new NotVisible();

    /// <param name="wanted">The authority that is asked about; the caller's only one, or the first of several, when nothing is said.</param>
    public static string AuthorityOf(this CurrentCall call, string? wanted) =>
        call.Appointments.Select(a => a.Authority).Order(StringComparer.Ordinal).FirstOrDefault(a => wanted is null || a == wanted) ?? throw new NotVisible();
}
