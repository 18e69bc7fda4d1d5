using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// May this caller send this request, as the database stands now? Every request says who may send it; one that does not is a
/// defect and is refused.
/// </summary>
public sealed class AccessCheck(IPlanningDatabase database, ClientAccess clients, TimeProvider time)
{
    private static readonly Compiled<Func<DbContext, Guid, CancellationToken, Task<Employer?>>> EmployerOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid person, CancellationToken _) =>
            context.Set<Person>().Where(p => p.Id == person && p.AgencyId != null).Select(p => new Employer(p.AgencyId!.Value)).FirstOrDefault()));

    /// <exception cref="NotSignedIn">Nobody is signed in.</exception>
    /// <exception cref="NotVisible">The caller takes no part in the plan, or may not know of the part of it that is asked for.</exception>
    /// <exception cref="NotAllowed">The caller sees it but may not do this.</exception>
    /// <exception cref="Domain.Kernel.BrokenRule">The plan is frozen, because consent was withdrawn, or closed.</exception>
    public async Task Check(object request, CurrentCall call, CancellationToken cancellation)
    {
        if (request is IPublic)
            return;
        if (!call.Caller.IsSignedIn)
            throw new NotSignedIn();
        if (call.Caller is { PersonId: null, ClientId: { } client })
            await clients.Check(request.GetType(), client, call, cancellation);
        if (request is IStepUp && !HasSteppedUp(call.Caller))
            throw new StepUpNeeded();
        switch (request)
        {
            case ISignedIn:
                return;
            case IProfessional:
                await MustWorkForAnAgency(call, cancellation);
                return;
            case IAppointed { Needs: var office }:
                call.HoldOffice(await MustHold(office, call, cancellation));
                return;
            case IPlanRequest { About: var about, Needs: var needs }:
                var viewer = await FindViewer(about, call, cancellation) ?? throw new NotVisible();
                if (!await IsVisible(about, viewer, cancellation))
                    throw new NotVisible();
                call.ViewAs(viewer);
                if (request is IAuthored authored)
                    await NameAuthor(authored, call, cancellation);
                if (!call.Acting.May(needs))
                    throw new NotAllowed();
                if (request is ICommand && call.Acting.Standing is not Standing.Participant)
                    throw new NotAllowed("Only those who take part in this plan can change anything in it.");
                if (request is ICommand and not IWhenFrozen { StaysOpen: true })
                    await MustBeOpen(call.Acting, cancellation);
                return;
            default:
                throw new InvalidOperationException($"{request.GetType().Name} does not say who may send it.");
        }
    }

    private async Task NameAuthor(IAuthored request, CurrentCall call, CancellationToken cancellation)
    {
        if (call.Client is null)
            ClientAccess.MustNameNobody(request);
        else
            call.ActFor(await clients.AuthorOf(request, call.Viewer, cancellation));
    }

    private async Task MustBeOpen(Viewer viewer, CancellationToken cancellation)
    {
        if (viewer.PlanIsClosed)
            throw PlanRules.IsClosed.Broken();
        if (viewer.RestsOnConsent && await PlanChecks.IsFrozen(database, viewer.PlanId, cancellation))
            throw ConsentRules.PlanIsFrozen.Broken();
    }

    private async Task MustWorkForAnAgency(CurrentCall call, CancellationToken cancellation)
    {
        var person = call.PersonId;
        if (await database.Facts.Of(new AskedOfPerson(person), (Employer _) => true, () => EmployerOf.For(database, out var context)(context, person, cancellation)) is null)
            throw new NotAllowed("Only professionals can do this.");
    }

    private bool HasSteppedUp(Caller caller) =>
        caller is { HasSecondFactor: true, AuthenticatedAt: { } at } && ClockDrift.IsRecent(at, StepUpNeeded.Lasts, time.GetUtcNow());

    private async Task<List<Appointment>> MustHold(Office office, CurrentCall call, CancellationToken cancellation)
    {
        var (person, now) = (call.PersonId, time.GetUtcNow());
        var held = await database.Appointments.AsNoTracking()
            .Where(a => a.PersonId == person && a.From <= now && (a.Until == null || now < a.Until)).ToListAsync(cancellation);
        held.RemoveAll(a => !office.HasFlag(a.Office));
        return held.Count > 0 ? held : throw new NotAllowed("This needs an office that you do not hold.");
    }

    /// <summary>
    /// The caller's current participation in the plan, or its agency's for a client; for a person without one, their emergency
    /// access to it.
    /// </summary>
    private async Task<Viewer?> FindViewer(PlanPart about, CurrentCall call, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // What is not there is looked for like what is.
        var plan = about.Kind is PlanPartKind.Plan ? about.Id : await PlanOf(about, cancellation) ?? Guid.Empty;
        if (await Viewers.OfCallerIn(database, call, plan, now, cancellation) is { } own)
            return own;
        if (call.Caller.PersonId is not { } person)
            return null;
        var latest = now + ClockDrift.Tolerated;
        return await database.EmergencyAccesses.AsNoTracking()
            .Where(e => e.PersonId == person && e.EndedAt == null && e.GrantedAt <= latest && now < e.ExpiresAt && e.PlanId == plan)
            .Select(e => Viewer.InEmergency(e.Id, e.PlanId, e.PersonId, e.AgencyId))
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The plan of a part, whoever asks: for the journal, never for an answer.</summary>
    public async Task<Guid?> PlanOf(PlanPart about, CancellationToken cancellation) =>
        await PlansOf(about).Select(id => (Guid?)id).FirstOrDefaultAsync(cancellation);

    private IQueryable<Guid> PlansOf(PlanPart about)
    {
        var id = about.Id;
        return about.Kind switch
        {
            PlanPartKind.Plan => database.Plans.Where(x => x.Id == id).Select(x => x.Id),
            PlanPartKind.Review => database.Reviews.Where(x => x.Id == id).Select(x => x.PlanId),
            PlanPartKind.Contribution => database.Contributions.Where(x => x.Id == id).Select(x => x.PlanId)
                .Concat(database.Drafts.Where(x => x.Id == id).Select(x => x.PlanId)),
            PlanPartKind.Question => database.Questions.Where(x => x.Id == id).Select(x => x.PlanId),
            PlanPartKind.Decision => database.Decisions.Where(x => x.Id == id).Select(x => x.PlanId),
            PlanPartKind.Action => database.Actions.Where(x => x.Id == id).Select(x => x.PlanId),
            PlanPartKind.Target => database.Targets.Where(x => x.Id == id).Select(x => x.PlanId),
            _ => throw new InvalidOperationException($"No plan is found by a {about.Kind}."),
        };
    }

    /// <summary>
    /// Contributions and what hangs on them have readers of their own. This comes before permissions: "you may not respond to
    /// this" would tell that it is there. Whoever may not read the plan sees none of them.
    /// </summary>
    private async Task<bool> IsVisible(PlanPart about, Viewer viewer, CancellationToken cancellation)
    {
        var (id, me) = (about.Id, viewer.ParticipantId);
        switch (about.Kind)
        {
            case PlanPartKind.Contribution or PlanPartKind.Question when !viewer.May(Permission.Read):
                return false;
            case PlanPartKind.Contribution:
                return await database.Contributions.ContributionsVisibleTo(viewer).AnyAsync(c => c.Id == id, cancellation)
                    || await database.Contributions.ContributionsSummarisedFor(viewer).AnyAsync(c => c.Id == id, cancellation)
                    || await database.Drafts.AnyAsync(d => d.Id == id && (d.AuthorId == me || d.ShownToId == me), cancellation);
            case PlanPartKind.Question:
                var readable = database.Contributions.ContributionsVisibleTo(viewer).Select(c => c.Id);
                var summarised = database.Contributions.ContributionsSummarisedFor(viewer).Select(c => c.Id);
                return await database.Questions.AnyAsync(q => q.Id == id && (
                    q.ById == me || q.AnswerById == me
                    || readable.Contains(q.ContributionId)
                    || (q.ToSummary && summarised.Contains(q.ContributionId))), cancellation);
            default:
                return true;
        }
    }

    private sealed record Employer(Guid AgencyId);

    private readonly record struct AskedOfPerson(Guid PersonId);
}
