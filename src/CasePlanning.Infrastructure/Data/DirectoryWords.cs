using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Infrastructure.Data;

/// <summary>Entries of the directory from before its words were kept are found by none; they are given theirs at the start.</summary>
internal static class DirectoryWords
{
    public static async Task<int> Add(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        var entries = await database.Expertise.AsNoTracking().Where(e => !database.ExpertiseWords.Any(w => w.PersonId == e.PersonId)).ToListAsync(cancellation);
        database.ExpertiseWords.AddRange(entries.SelectMany(ExpertiseWord.Of));
        return await database.SaveChangesAsync(cancellation);
    }
}
