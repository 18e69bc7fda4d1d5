using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>What is put in comes out again, and moves the version of what it belongs to.</summary>
public sealed class MappingTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    private static readonly DateTimeOffset Now = StoredPlan.Now;

    [Fact]
    public async Task A_child_comes_back_with_every_identifier()
    {
        var stored = await StoredPlan.In(host);

        var child = await stored.With(s => s.Plans.Where(p => p.Id == stored.Plan.Id).Select(p => p.Child).SingleAsync());

        Assert.Equal(("Kezia", "Amari-Holt", null, new DateOnly(2012, 3, 9)), (child.GivenName, child.FamilyName, child.KnownAs, child.DateOfBirth));
        Assert.Equal([new ChildIdentifier("upn", "Z123"), new ChildIdentifier("local", "77")], child.Identifiers);
    }

    [Fact]
    public async Task A_change_of_the_childs_name_is_a_change_of_the_plan()
    {
        var stored = await StoredPlan.In(host);

        await stored.With(async s =>
        {
            (await s.Plans.SingleAsync(p => p.Id == stored.Plan.Id)).CallChild("Kez");
            return await s.SaveChangesAsync(CancellationToken.None);
        });

        var plan = await stored.With(s => s.Plans.SingleAsync(p => p.Id == stored.Plan.Id));
        Assert.Equal(("Kez", 2), (plan.Child.ChosenName, plan.Version));
    }

    [Fact]
    public async Task The_second_of_two_writers_is_told_the_version_that_is_stored()
    {
        var stored = await StoredPlan.In(host);

        var stale = await Assert.ThrowsAsync<StaleVersion>(() => stored.With(async late =>
        {
            var plan = await late.Plans.SingleAsync(p => p.Id == stored.Plan.Id);
            for (var earlier = 0; earlier < 2; earlier++)
                await stored.With(async s =>
                {
                    (await s.Plans.SingleAsync(p => p.Id == stored.Plan.Id)).CallChild($"Kez {earlier}");
                    return await s.SaveChangesAsync(CancellationToken.None);
                });
            plan.CallChild("K");
            return await late.SaveChangesAsync(CancellationToken.None);
        }));

        Assert.Equal(3, stale.Current);
    }

    [Fact]
    public async Task Whoever_changes_what_is_gone_is_told_that_it_is_not_there()
    {
        var stored = await StoredPlan.In(host);
        var draft = new Draft(Guid.NewGuid(), stored.Plan.Id, stored.Review.Id, "be-healthy", stored.Nurse.Id, Now);
        await stored.Save(draft);

        await Assert.ThrowsAsync<NotVisible>(() => stored.With(async late =>
        {
            var mine = await late.Drafts.SingleAsync(d => d.Id == draft.Id);
            await stored.With(s => s.Drafts.Where(d => d.Id == draft.Id).ExecuteDeleteAsync());
            mine.Write(new Said("Late words", null, null), Audience.Everyone, null, false, new Beside(), Now);
            return await late.SaveChangesAsync(CancellationToken.None);
        }));
    }

    [Fact]
    public async Task A_new_version_of_a_contribution_is_a_new_row()
    {
        var stored = await StoredPlan.In(host);
        var view = stored.Says(stored.Child, "I like maths.");
        await stored.Save(view);

        await stored.With(async s =>
        {
            var mine = await s.Contributions.Include(c => c.Versions).SingleAsync(c => c.Id == view.Id);
            mine.Revise(stored.Review, stored.Child.Id, new Said("I love maths.", Outlook.GoingWell, null), "I thought again", Now.AddHours(1));
            return await s.SaveChangesAsync(CancellationToken.None);
        });

        var versions = await stored.With(s => s.ContributionVersions.Where(v => v.ContributionId == view.Id).OrderBy(v => v.Number).ToListAsync());
        Assert.Equal([(1, "I like maths."), (2, "I love maths.")], versions.Select(v => (v.Number, v.Words)));
    }

    [Fact]
    public async Task Two_who_revise_the_same_words_at_once_do_not_both_get_the_same_number()
    {
        var stored = await StoredPlan.In(host);
        var view = stored.Says(stored.Child, "I like maths.");
        await stored.Save(view);

        await Assert.ThrowsAsync<DbUpdateException>(() => stored.With(async late =>
        {
            var mine = await late.Contributions.Include(c => c.Versions).SingleAsync(c => c.Id == view.Id);
            await stored.With(async s =>
            {
                var same = await s.Contributions.Include(c => c.Versions).SingleAsync(c => c.Id == view.Id);
                same.Revise(stored.Review, stored.Child.Id, new Said("First", null, null), null, Now);
                return await s.SaveChangesAsync(CancellationToken.None);
            });
            mine.Revise(stored.Review, stored.Child.Id, new Said("Second", null, null), null, Now);
            return await late.SaveChangesAsync(CancellationToken.None);
        }));
    }

    [Fact]
    public async Task A_handover_adds_its_rows_to_an_action_that_is_already_stored()
    {
        var stored = await StoredPlan.In(host);
        var action = new PlanAction(stored.Plan.Id, "be-healthy", new FourFields("Ring the clinic", null, null, null), null,
            [stored.Lead.Id], null, stored.Lead.Id, Now);
        await stored.Save(action);

        await stored.With(async s =>
        {
            var mine = await s.Actions.Include(a => a.Holders).Include(a => a.Handovers).SingleAsync(a => a.Id == action.Id);
            var handover = mine.HandOver(stored.Lead.Id, stored.Nurse.Id, "I keep driving her there.", Now.AddHours(1));
            await s.SaveChangesAsync(CancellationToken.None);
            mine.Accept(handover.Id, stored.Nurse.Id, Now.AddHours(2));
            return await s.SaveChangesAsync(CancellationToken.None);
        });

        var after = await stored.With(s => s.Actions.Include(a => a.Holders).Include(a => a.Handovers).SingleAsync(a => a.Id == action.Id));
        Assert.Equal([stored.Nurse.Id], after.HeldBy);
        Assert.Equal((2, 1, 3), (after.Holders.Count, after.Handovers.Count, after.Version));
    }

    [Fact]
    public async Task A_target_keeps_its_rewordings_and_its_progress()
    {
        var stored = await StoredPlan.In(host);
        var target = new Target(stored.Plan.Id, "be-healthy", new FourFields("Swim weekly", null, null, null), "Ten lengths", null, stored.Lead.Id, Now);
        await stored.Save(target);

        await stored.With(async s =>
        {
            var mine = await s.Targets.Include(t => t.Rewordings).Include(t => t.Progress).SingleAsync(t => t.Id == target.Id);
            mine.Reword("I want to swim with Ade", stored.Child, Now);
            mine.Note("Four lengths", new DateOnly(2026, 10, 14), stored.Nurse.Id, Now);
            return await s.SaveChangesAsync(CancellationToken.None);
        });

        var after = await stored.With(s => s.Targets.Include(t => t.Rewordings).Include(t => t.Progress).SingleAsync(t => t.Id == target.Id));
        Assert.Equal(("I want to swim with Ade", "Swim weekly"), (after.What, Assert.Single(after.Rewordings).Before));
        Assert.Equal(new DateOnly(2026, 10, 14), Assert.Single(after.Progress).On);
    }

    [Fact]
    public async Task A_decision_keeps_its_lists_and_its_earlier_words()
    {
        var stored = await StoredPlan.In(host);
        var view = stored.Says(stored.Nurse, "She sleeps badly.");
        var decision = new Decision(stored.Review, ["be-healthy", "stay-safe"], new FourFields("Later start", null, "Sleep", null),
            [view.Id], stored.Lead.Id, Now);
        var recheck = new Recheck(decision, "Still right", false, [view.Id], stored.Lead.Id, Now);
        await stored.Save(view, decision, recheck);

        await stored.With(async s =>
        {
            var mine = await s.Decisions.Include(d => d.Wordings).SingleAsync(d => d.Id == decision.Id);
            mine.Reword(new FourFields("Start at ten", "By taxi", "Sleep", null), stored.Lead.Id, Now.AddDays(1));
            return await s.SaveChangesAsync(CancellationToken.None);
        });

        var after = await stored.With(s => s.Decisions.Include(d => d.Wordings).SingleAsync(d => d.Id == decision.Id));
        Assert.Equal(["be-healthy", "stay-safe"], after.Outcomes);
        Assert.Equal([view.Id], after.Because);
        Assert.Equal(("Start at ten", 2, 2), (after.What, after.Version, after.Wordings.Count));
        Assert.Equal([view.Id], await stored.With(async s => (await s.Rechecks.SingleAsync(r => r.Id == recheck.Id)).Considered));
    }

    [Fact]
    public async Task An_absence_comes_and_goes_and_attempts_add_up()
    {
        var stored = await StoredPlan.In(host);
        var voice = new Voice(stored.Review, stored.Nurse.Id, Now);
        await stored.Save(voice);

        async Task<Voice> Change(Action<Voice> change)
        {
            await stored.With(async s =>
            {
                change(await s.Voices.SingleAsync(v => v.Id == voice.Id));
                return await s.SaveChangesAsync(CancellationToken.None);
            });
            return await stored.With(s => s.Voices.SingleAsync(v => v.Id == voice.Id));
        }

        var absence = new Absence(AbsenceReason.Court, new DateOnly(2026, 10, 20), "Back on Tuesday");
        var attempt = new Attempt(new DateOnly(2026, 10, 15), AttemptHow.Phone, null, stored.Lead.Id);
        var absent = await Change(v => v.BeAbsent(absence));
        Assert.Equal((absence, 2), (absent.Absence, absent.Version));

        var tried = await Change(v => v.Attempted(attempt));
        tried = await Change(v => v.Attempted(attempt with { Note = "No answer", How = AttemptHow.Letter }));
        Assert.Equal([attempt, attempt with { Note = "No answer", How = AttemptHow.Letter }], tried.Attempts);
        Assert.Equal(4, tried.Version);

        var back = await Change(v => v.BeAbsent(null));
        Assert.Equal((null, 5), (back.Absence, back.Version));
    }

    [Fact]
    public async Task Meetings_come_back_in_order_and_moving_them_moves_the_version()
    {
        var stored = await StoredPlan.In(host);

        var before = await stored.With(s => s.Reviews.SingleAsync(r => r.Id == stored.Review.Id));
        await stored.With(async s =>
        {
            (await s.Reviews.SingleAsync(r => r.Id == stored.Review.Id)).Meet([new Meeting(Now.AddDays(9), "Hall")]);
            return await s.SaveChangesAsync(CancellationToken.None);
        });
        var after = await stored.With(s => s.Reviews.SingleAsync(r => r.Id == stored.Review.Id));

        Assert.Equal([new Meeting(Now.AddDays(1), null), new Meeting(Now.AddDays(2), "Room 4")], before.Meetings);
        Assert.Equal([new Meeting(Now.AddDays(9), "Hall")], after.Meetings);
        Assert.Equal(2, after.Version);
    }

    [Fact]
    public async Task Instants_are_stored_in_UTC_and_keep_their_order()
    {
        var stored = await StoredPlan.In(host);
        var noonInParis = new DateTimeOffset(2026, 10, 14, 12, 0, 0, TimeSpan.FromHours(2));
        var late = new Participant(stored.Plan.Id, stored.Child.PersonId, Role.Child, null, null, noonInParis, null, false, Now);
        await stored.Save(late);

        var from = await stored.With(s => s.Participants.Where(p => p.Id == late.Id).Select(p => p.From).SingleAsync());
        var inOrder = await stored.With(s => s.Participants.Where(p => p.PlanId == stored.Plan.Id && p.From < Now).Select(p => p.Id).ToListAsync());

        Assert.Equal((noonInParis, TimeSpan.Zero), (from, from.Offset));
        Assert.Equal([late.Id], inOrder);
    }

    [Fact]
    public async Task Whose_words_are_named_to_whom_is_asked_of_the_database()
    {
        var stored = await StoredPlan.In(host);
        var named = stored.Says(stored.Lead, "For Odile", new Audience(AudienceKind.Named, [stored.Nurse.Id], []));
        var agency = stored.Says(stored.Lead, "For the council", new Audience(AudienceKind.Named, [], [stored.Lead.AgencyId!.Value]), "A summary");
        var open = stored.Says(stored.Lead, "For all");
        var hidden = stored.Says(stored.Lead, "Sealed", new Audience(AudienceKind.Sealed, [], []));
        await stored.Save(named, agency, open, hidden);

        Task<List<Guid>> Read(Participant by, Func<IQueryable<Contribution>, Viewer, IQueryable<Contribution>> rule) => stored.With(s =>
            rule(s.Contributions, new Viewer(stored.Plan.Id, by.Id, by.PersonId, by.Role, by.AgencyId, false)).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());

        Assert.Equal(InOrder(named, agency, open), await Read(stored.Nurse, ContributionVisibility.ContributionsVisibleTo));
        Assert.Equal(InOrder(open), await Read(stored.Child, ContributionVisibility.ContributionsVisibleTo));
        Assert.Equal(InOrder(agency), await Read(stored.Child, ContributionVisibility.ContributionsSummarisedFor));
        Assert.Empty(await Read(stored.Child, ContributionVisibility.ContributionsWithheldFrom));
    }

    [Fact]
    public async Task Every_value_of_every_enum_fits_its_column()
    {
        var stored = await StoredPlan.In(host);

        var tooLong = await stored.With(s => Task.FromResult(
            from entity in s.Model.GetEntityTypes()
            from property in entity.GetProperties()
            let type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
            where type.IsEnum && Enum.GetNames(type).Any(name => name.Length > property.GetMaxLength())
            select $"{entity.Name}.{property.Name}"));

        Assert.Empty(tooLong);
    }

    [Fact]
    public async Task One_address_is_one_person_and_none_is_many()
    {
        var stored = await StoredPlan.In(host);
        var address = $"{Guid.NewGuid():N}@demo.example";
        await stored.Save(
            new Person("Ada Quill", address, null, Role.Parent, Now), new Person("Bo Quill", null, null, Role.Parent, Now),
            new Person("Cy Quill", null, null, Role.Parent, Now));

        await Assert.ThrowsAsync<DbUpdateException>(() => stored.Save(new Person("Di Quill", address.ToUpperInvariant(), null, Role.Parent, Now)));
    }

    [Fact]
    public async Task Nothing_refers_to_what_is_not_there()
    {
        var stored = await StoredPlan.In(host);

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            stored.Save(new Draft(Guid.NewGuid(), stored.Plan.Id, stored.Review.Id, "be-healthy", Guid.CreateVersion7(Now), Now)));
    }

    [Fact]
    public async Task Saving_twice_without_a_change_moves_no_version()
    {
        var stored = await StoredPlan.In(host);

        await stored.With(async s =>
        {
            await s.Plans.SingleAsync(p => p.Id == stored.Plan.Id);
            await s.Reviews.SingleAsync(r => r.Id == stored.Review.Id);
            await s.SaveChangesAsync(CancellationToken.None);
            return await s.SaveChangesAsync(CancellationToken.None);
        });

        Assert.Equal(1, await stored.With(s => s.Plans.Where(p => p.Id == stored.Plan.Id).Select(p => p.Version).SingleAsync()));
        Assert.Equal(1, await stored.With(s => s.Reviews.Where(r => r.Id == stored.Review.Id).Select(r => r.Version).SingleAsync()));
    }

    private static IEnumerable<Guid> InOrder(params Contribution[] contributions) => contributions.Select(c => c.Id).Order();
}
