using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CsCheck;
using Xunit;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class SideBySideTests
{
    private static readonly Guid Kezia = Guid.NewGuid();
    private static readonly Guid Sandover = Guid.NewGuid();
    private static readonly Guid Raike = Guid.NewGuid();

    [Fact]
    public void Child_first_then_family_then_roles_alphabetically_then_name()
    {
        Placed[] inOrder =
        [
            At(Role.Child, "Kezia"),
            At(Role.Carer, "Bryn"),
            At(Role.Carer, "Maud"),
            At(Role.Parent, "Delphine"),
            At(Role.Advocate, "Juno"),
            At(Role.DesignatedTeacher, "Imke"),
            At(Role.EducationWelfareOfficer, "Tobias"),
            At(Role.EducationalPsychologist, "Ngaire"),
            At(Role.Nurse, "Sunniva"),
            At(Role.SocialWorker, "Aled"),
            At(Role.SocialWorker, "Dominic"),
            At(Role.Teacher, "Cal"),
            At(Role.VirtualSchoolCaseworker, "Hamo"),
        ];
        Gen.Shuffle(inOrder).Sample(shuffled => Assert.Equal(inOrder, shuffled.InOrder(v => v)), iter: 200);
    }

    [Fact]
    public void Nothing_about_when_how_or_whether_somebody_attended_can_place_a_voice() =>
        Assert.Equal(
            [nameof(Placed.ParticipantId), nameof(Placed.Role), nameof(Placed.ShownName)],
            typeof(Placed).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_order_is_the_same_whoever_came_first_by_whatever_mode_in_the_room_or_not()
    {
        var anyManner = Gen.Select(Gen.Enum<Mode>(), Gen.Bool, Gen.DateTimeOffset);
        var anyVoice = Gen.Select(
            Gen.Enum<Role>(), Gen.OneOf("Carer", "Bryn", "Maud", "Zoë"), Gen.Guid, anyManner,
            (role, name, id, manner) => new Spoken(new Placed(role, name, id), manner));

        Gen.Select(anyVoice.Array[0, 12], anyManner)
            .SelectMany((voices, manner) => Gen.Shuffle(voices).Select(shuffled => (voices, shuffled, manner)))
            .Sample((voices, shuffled, manner) =>
            {
                var order = voices.InOrder(v => v.Place).Select(v => v.Place);
                Assert.Equal(order, shuffled.InOrder(v => v.Place).Select(v => v.Place));
                Assert.Equal(order, shuffled.Select(v => v with { Manner = manner }).InOrder(v => v.Place).Select(v => v.Place));
            }, iter: 1_000);
    }

    [Fact]
    public void Two_voices_differ_when_they_see_things_going_differently_and_both_can_tell()
    {
        Outlook?[] all = [null, .. Enum.GetValues<Outlook>().Cast<Outlook?>()];
        (Outlook, Outlook)[] differing =
        [
            (Outlook.GoingWell, Outlook.Mixed),
            (Outlook.GoingWell, Outlook.Worried),
            (Outlook.Mixed, Outlook.Worried),
        ];
        foreach (var one in all)
        {
            foreach (var other in all)
            {
                var expected = differing.Any(d => (one, other) == d || (other, one) == d);
                Assert.True(expected == SideBySide.Differ([(Kezia, one), (Sandover, other)], []), $"{one} beside {other}");
            }
        }
    }

    [Fact]
    public void One_voice_does_not_differ_with_itself() =>
        Assert.False(SideBySide.Differ([(Kezia, Outlook.GoingWell), (Kezia, Outlook.Worried)], []));

    [Fact]
    public void It_takes_two_among_many()
    {
        Assert.True(SideBySide.Differ([(Kezia, Outlook.Mixed), (Sandover, Outlook.Mixed), (Raike, Outlook.Worried)], []));
        Assert.True(SideBySide.Differ([(Kezia, Outlook.Mixed), (Kezia, Outlook.Worried), (Sandover, Outlook.Worried)], []));
        Assert.False(SideBySide.Differ([(Kezia, Outlook.Mixed), (Sandover, Outlook.Mixed), (Raike, Outlook.CannotTell)], []));
        Assert.False(SideBySide.Differ([(Kezia, Outlook.Mixed), (Raike, Outlook.OutsideMyExpertise)], []));
    }

    [Theory]
    [InlineData(Stance.Agree, false)]
    [InlineData(Stance.Partly, true)]
    [InlineData(Stance.Disagree, true)]
    [InlineData(Stance.NewToMe, true)]
    public void Somebody_who_said_that_they_do_not_agree_is_enough(Stance stance, bool differ)
    {
        Assert.Equal(differ, SideBySide.Differ([(Kezia, Outlook.Mixed)], [stance]));
        Assert.Equal(differ, SideBySide.Differ([], [Stance.Agree, stance]));
    }

    [Fact]
    public void Where_nobody_spoke_nothing_differs() => Assert.False(SideBySide.Differ([], []));

    /// <summary>A voice with all that must not place it: how and when it came, and whether its author was in the room.</summary>
    private sealed record Spoken(Placed Place, (Mode Mode, bool InTheRoom, DateTimeOffset At) Manner);

    private static Placed At(Role role, string name) => new(role, name, Guid.NewGuid());
}
