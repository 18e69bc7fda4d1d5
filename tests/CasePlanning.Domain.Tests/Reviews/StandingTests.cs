using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Reviews;
using CsCheck;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Reviews;

/// <summary>Which stances on a decision stand, whoever says what in whatever order.</summary>
public sealed class StandingTests
{
    private static readonly Guid Sandover = new("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Ferraby = new("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Delphine = new("01990000-0000-7000-8000-000000000003");
    private static readonly Decision Decision = new(
        OpenReview(), [Enjoy], new FourFields("Stay in set 1", null, "She asked", null), because: [], Sandover, MeetingAt);

    private static readonly Gen<(Guid By, Stance Stance, DecisionField? About)> AnyStance =
        Gen.Select(
            Gen.OneOf(Sandover, Ferraby, Delphine), Gen.Enum<Stance>(), Gen.OneOf<DecisionField?>(null, DecisionField.What, DecisionField.Why));

    [Fact]
    public void A_dissent_stands_until_its_author_says_otherwise_and_stays_in_the_history()
    {
        var dissent = Respond(Sandover, Stance.Disagree, minute: 1);
        var agreement = Respond(Sandover, Stance.Agree, minute: 2);
        Assert.Equal([dissent], Standing([dissent]));
        Assert.Equal([agreement], Standing([dissent, agreement]));
    }

    [Fact]
    public void One_may_accept_the_what_and_dissent_from_the_why()
    {
        var what = Respond(Sandover, Stance.Agree, minute: 1, DecisionField.What);
        var why = Respond(Sandover, Stance.Disagree, minute: 2, DecisionField.Why);
        var whole = Respond(Sandover, Stance.Partly, minute: 3);
        Assert.Equal([what, why, whole], Standing([what, why, whole]));
    }

    [Fact]
    public void The_newest_stance_stands_whatever_order_they_are_read_in()
    {
        var first = Respond(Sandover, Stance.Disagree, minute: 1);
        var newest = Respond(Sandover, Stance.Partly, minute: 2);
        Assert.Equal([newest], Standing([newest, first]));
    }

    [Fact]
    public void What_stands_is_the_last_of_each_person_about_each_field() =>
        AnyStance.Array[0, 20].Sample(said =>
        {
            var responses = said.Select((s, minute) => Respond(s.By, s.Stance, minute, s.About)).ToList();
            var last = responses.Where((r, i) => !responses.Skip(i + 1).Any(later => (later.ById, later.About) == (r.ById, r.About)));
            Assert.Equal(last, Standing(responses).OrderBy(r => r.At));
        }, iter: 1_000);

    [Fact]
    public void Nobody_elses_stance_changes_what_stands_of_mine() =>
        Gen.Select(AnyStance.Array[0, 20], AnyStance).Sample((said, then) =>
        {
            var responses = said.Select((s, minute) => Respond(s.By, s.Stance, minute, s.About)).ToList();
            var before = Standing(responses).Where(r => r.ById != then.By);
            var after = Standing([.. responses, Respond(then.By, then.Stance, minute: 60, then.About)]).Where(r => r.ById != then.By);
            Assert.Equal(before, after);
        }, iter: 1_000);

    private static IEnumerable<DecisionResponse> Standing(IEnumerable<DecisionResponse> responses) =>
        responses.Standing(r => (r.ById, r.About, r.At, r.Id));

    private static DecisionResponse Respond(Guid by, Stance stance, int minute, DecisionField? about = null) =>
        new(Decision, by, stance, "Because", about, MeetingAt.AddMinutes(minute));
}
