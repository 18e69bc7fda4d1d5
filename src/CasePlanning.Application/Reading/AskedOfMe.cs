using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>What a person's plans ask of them now: a few flat queries over all these plans together, however many they are.</summary>
internal sealed class AskedOfMe(IPlanningDatabase database, IReadOnlyList<Place> places, DateTimeOffset now)
{
    private readonly Dictionary<Guid, Place> byMe = places.ToDictionary(p => p.Me);
    private readonly ILookup<Guid, Place> inPlan = places.ToLookup(p => p.Plan);

    public async Task<List<Asked>> Load(CancellationToken cancellation)
    {
        if (places.Count == 0)
            return [];
        return
        [
            .. places.Where(p => !p.HasFocus && p.Viewer.IsToldWhatIsWithheld)
                .Select(p => p.Item(p.Me, WorkKind.StateFocus, null, p.Me, null, "The team does not know yet what you are here for in this plan.")),
            .. await InPlans(cancellation),
            .. await Actions(cancellation),
            .. await Consents(cancellation),
            .. await new AskedInReviews(database, places).Load(cancellation),
        ];
    }

    private async Task<IEnumerable<Asked>> InPlans(CancellationToken cancellation)
    {
        var rows = await Asking.Of(database, places).ToListAsync(cancellation);
        return rows.DistinctBy(r => (r.Kind, r.Of, r.Id)).SelectMany(row => AskedBy(row).Select(p => row.Kind switch
        {
            (int)WorkKind.AnswerQuestion => p.Item(row.Id, WorkKind.AnswerQuestion, row.ReviewId, row.Id, row.Due, "You were asked a question."),
            (int)WorkKind.FinishDraft => p.Item(row.Id, WorkKind.FinishDraft, row.ReviewId, row.Id, row.Due, "You have a draft that only you can see."),
            (int)WorkKind.ConfirmWords => p.Item(row.Id, WorkKind.ConfirmWords, row.ReviewId, row.Id, row.Due,
                row.BySystem ? "A system of your agency brought in words as yours. Are they?" : "Somebody wrote down words for you. Are they yours?"),
            (int)WorkKind.LookAtRestriction => p.Item(row.Id, WorkKind.LookAtRestriction, null, row.Id, row.Due,
                "Something is hidden from somebody. Is that still needed?"),
            (int)WorkKind.LookAtEmergencyAccess => p.Item(row.Id, WorkKind.LookAtEmergencyAccess, null, row.Id, row.Due,
                "Somebody opened this plan in an emergency. The access log says who."),
            (int)WorkKind.SayWhetherStillTrue => p.Item(row.Id, WorkKind.SayWhetherStillTrue, row.ReviewId, row.SubjectId, row.Due,
                "Carried forward from an earlier review: still true?"),
            _ => throw new InvalidOperationException("Nothing asks this."),
        }));
    }

    /// <summary>Whoever is asked in person or, of what is asked of the plan, all whose part it is.</summary>
    private IEnumerable<Place> AskedBy(AskingRow row) => row.Kind switch
    {
        // Those that are due are looked at by whoever set them or, should they have left, by the lead.
        (int)WorkKind.LookAtRestriction => inPlan[row.PlanId].Where(p => (p.Viewer.IsLead || p.Me == row.Of) && row.Due <= p.Today),
        // Until it is reviewed, the lead sees that somebody came in.
        (int)WorkKind.LookAtEmergencyAccess => inPlan[row.PlanId].Where(p => p.Viewer.IsLead),
        (int)WorkKind.SayWhetherStillTrue when row.Of is null => inPlan[row.PlanId].Where(p => p.Viewer.May(Permission.Coordinate)),
        _ => [byMe[row.Of!.Value]],
    };

    private async Task<IEnumerable<Asked>> Actions(CancellationToken cancellation)
    {
        var rows = await AskingActions.Of(database, places, now).ToListAsync(cancellation);
        return rows.DistinctBy(r => (r.Of, r.Id)).SelectMany(row =>
        {
            if (row.From is not null)
                return Offered(row);
            // Actions whose holders' time has run out fall to the lead professional.
            var holders = row.Of is { } me ? [byMe[me]] : inPlan[row.PlanId].Where(p => p.Viewer.IsLead);
            return holders.Select(p => p.Item(row.Id, WorkKind.DoAction, null, row.Id, row.Due, "You hold this action.", row.What));
        });
    }

    /// <summary>Both see an offer that nobody has answered in time; before that, only whoever is to answer.</summary>
    private IEnumerable<Asked> Offered(AskingActionRow row) =>
        from p in inPlan[row.PlanId]
        where p.Me == row.Of || p.Me == row.From
        let due = p.Clock.Due(row.At, p.Clock.Rules.Handover)
        where p.Me == row.Of || due < p.Today
        select p.Item(row.Id, WorkKind.AnswerHandover, null, row.ActionId, due,
            p.Me == row.Of ? "You were offered this action." : "Your offer of this action has not been answered.", row.What);

    /// <summary>Early help rests on consent: the lead sees to it that there is one, and asks when it is taken back.</summary>
    private async Task<IEnumerable<Asked>> Consents(CancellationToken cancellation)
    {
        var early = places.Where(p => p.Viewer.IsLead && p.Kind is PlanKind.EarlyHelp).ToList();
        if (early.Count == 0)
            return [];
        var plans = early.Select(p => p.Plan).ToList();
        var consents = (await database.Consents.AsNoTracking()
            .Where(c => EF.Parameter(plans).Contains(c.PlanId) && c.Scope == ConsentScope.WorkTogether).ToListAsync(cancellation)).ToLookup(c => c.PlanId);
        return early.Select(p => (Place: p, Known: consents[p.Plan].AsQueryable().ConsentsVisibleTo(p.Viewer).ToList()))
            .Where(p => p.Known.Count == 0 || Consent.IsTakenBack(p.Known))
            .Select(p => p.Known.Count == 0
                ? p.Place.Item(p.Place.Plan, WorkKind.RecordConsent, null, p.Place.Plan, null, "This plan rests on the family's consent, and none is recorded.")
                : p.Place.Item(p.Place.Plan, WorkKind.AskAboutConsent, null, p.Place.Plan, null,
                    "Consent to this plan was withdrawn. Ask why, and who goes on by another right."));
    }
}
