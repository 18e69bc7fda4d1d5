using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>Loads what a review asks about again, with the words it had.</summary>
public static class CarriedForwardViews
{
    private const string StillTrue = "Still true?";

    public static async Task<IReadOnlyList<CarriedForwardView>> Load(
        IPlanningDatabase database, Guid reviewId, Team team, CancellationToken cancellation)
    {
        var carried = await database.CarriedForward.AsNoTracking().Where(c => c.ReviewId == reviewId).ToListAsync(cancellation);
        if (carried.Count == 0)
            return [];
        var ids = carried.Select(c => c.SubjectId).ToList();
        var texts = (await database.Targets.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, Text = t.What }).ToListAsync(cancellation))
            .Concat(await database.Actions.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, Text = a.What }).ToListAsync(cancellation))
            .Concat(await database.DecisionResponses.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, Text = r.Reason ?? "" }).ToListAsync(cancellation))
            .ToDictionary(t => t.Id, t => t.Text);
        return
        [
            .. carried.OrderBy(c => c.Kind).ThenBy(c => c.Id).Select(c => new CarriedForwardView(
                c.Id, c.Kind, c.SubjectId, texts[c.SubjectId], StillTrue, c.StillTrue, c.Note, team.Find(c.AnsweredById), c.AnsweredAt)),
        ];
    }
}

/// <summary>Loads what came after a review was signed off.</summary>
public static class AddendumViews
{
    public static async Task<IReadOnlyList<AddendumView>> Load(IPlanningDatabase database, Guid reviewId, Team team, CancellationToken cancellation)
    {
        var addenda = await database.Addenda.AsNoTracking().Where(a => a.ReviewId == reviewId).ToListAsync(cancellation);
        return [.. addenda.OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => new AddendumView(a.Id, team[a.ById], a.Words, a.At))];
    }
}
