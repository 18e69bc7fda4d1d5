using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Data;

/// <summary>A small plan straight in the store, for tests of the store: two professionals, one child, one review.</summary>
internal sealed class StoredPlan
{
    public static readonly DateTimeOffset Now = new(2026, 10, 14, 11, 0, 0, TimeSpan.Zero);

    private readonly PlanningHost host;

    private StoredPlan(PlanningHost host, Plan plan, Participant lead, Participant child, Participant nurse, Review review) =>
        (this.host, Plan, Lead, Child, Nurse, Review) = (host, plan, lead, child, nurse, review);

    public Plan Plan { get; }

    public Participant Lead { get; }

    public Participant Child { get; }

    public Participant Nurse { get; }

    public Review Review { get; }

    public static async Task<StoredPlan> In(PlanningHost host)
    {
        var agency = new Agency("Thornmere Borough Council", AgencyKind.LocalAuthority, "thornmere", Now);
        var worker = new Person("Dominic Ferraby", null, agency.Id, Role.SocialWorker, Now);
        var pupil = new Person("Kezia Amari-Holt", null, null, Role.Child, Now);
        var nurse = new Person("Odile Brankov", null, agency.Id, Role.Nurse, Now);
        var (plan, lead) = Plan.Open(
            PlanKind.Pep, new Child("Kezia", "Amari-Holt", null, new DateOnly(2012, 3, 9), [new("upn", "Z123"), new("local", "77")]),
            Framework.Default, "thornmere", new DateOnly(2026, 9, 1), worker.Id, Role.SocialWorker, agency.Id, Now);
        var child = new Participant(plan.Id, pupil.Id, Role.Child, null, null, Now, null, false, Now);
        var nursing = new Participant(plan.Id, nurse.Id, Role.Nurse, agency.Id, null, Now, null, false, Now);
        var review = new Review(plan.Id, "Autumn review", new DateOnly(2026, 10, 5), new DateOnly(2026, 10, 30),
            [new Meeting(Now.AddDays(2), "Room 4"), new Meeting(Now.AddDays(1), null)], true, lead.Id, Now);
        var stored = new StoredPlan(host, plan, lead, child, nursing, review);
        await stored.Save(agency, worker, pupil, nurse, plan, lead, child, nursing, review);
        return stored;
    }

    public Contribution Says(Participant voice, string words, Audience? audience = null, string? summary = null) => Contribution.Sign(
        Guid.CreateVersion7(Now), Review, "be-healthy", voice, voice, new Said(words, Outlook.Mixed, summary), audience ?? Audience.Everyone, false, Now);

    public Task Save(params object[] things) => With(async store =>
    {
        store.AddRange(things);
        return await store.SaveChangesAsync(CancellationToken.None);
    });

    /// <summary>Does something in a context of its own.</summary>
    public async Task<T> With<T>(Func<PlanningContext, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PlanningContext>());
    }
}
