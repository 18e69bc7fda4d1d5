using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>What a plan is to everybody who reads it: itself, its framework and its reviews. Kept in memory, so nobody changes it.</summary>
internal sealed record SharedPlan(Plan Plan, Framework Framework, IReadOnlyList<Review> Reviews) : IKept
{
    private static readonly Compiled<Func<DbContext, Guid, CancellationToken, Task<Plan>>> ById = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid id, CancellationToken _) => context.Set<Plan>().AsNoTracking().Single(p => p.Id == id)));

    private static readonly Compiled<Func<DbContext, string, CancellationToken, Task<Framework>>> ByCode = new(() =>
        EF.CompileAsyncQuery((DbContext context, string code, CancellationToken _) => context.Set<Framework>().AsNoTracking().Single(f => f.Code == code)));

    private static readonly Compiled<Func<DbContext, Guid, IAsyncEnumerable<Review>>> OfPlan = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid plan) => context.Set<Review>().AsNoTracking().Where(r => r.PlanId == plan)));

    public int Kilobytes => 1 + Framework.Outcomes.Count + Reviews.Count;

    public static async Task<SharedPlan> Load(IPlanningDatabase database, Guid planId, CancellationToken cancellation) =>
        (await database.Facts.Of(new Asked(planId), (SharedPlan _) => true, async () =>
        {
            var plan = await ById.For(database, out var context)(context, planId, cancellation);
            return new SharedPlan(
                plan, await ByCode.For(database, out _)(context, plan.Framework, cancellation),
                await OfPlan.For(database, out _)(context, planId).ToListAsync(cancellation));
        }))!;

    private readonly record struct Asked(Guid PlanId);
}

/// <summary>What a review is to everybody who reads it: whom it invited and what was decided in it. Kept in memory, so nobody changes it.</summary>
internal sealed record SharedReview(IReadOnlyList<Voice> Voices, StoredDecisions Decisions) : IKept
{
    private static readonly Compiled<Func<DbContext, Guid, IAsyncEnumerable<Voice>>> VoicesOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid review) => context.Set<Voice>().AsNoTracking().Where(v => v.ReviewId == review)));

    private static readonly Compiled<Func<DbContext, Guid, Guid, IAsyncEnumerable<Decision>>> DecisionsOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid plan, Guid review) =>
            context.Set<Decision>().AsNoTracking().Where(d => d.PlanId == plan && d.ReviewId == review)));

    public int Kilobytes => 1 + Voices.Count + (IKept.OfAView * Decisions.Decisions.Count);

    public static async Task<SharedReview> Load(IPlanningDatabase database, Review review, CancellationToken cancellation) =>
        (await database.Facts.Of(new Asked(review.Id), (SharedReview _) => true, async () => new SharedReview(
            await VoicesOf.For(database, out var context)(context, review.Id).ToListAsync(cancellation),
            await StoredDecisions.With(database, await DecisionsOf.For(database, out _)(context, review.PlanId, review.Id).ToListAsync(cancellation), cancellation))))!;

    private readonly record struct Asked(Guid ReviewId);
}
