using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CsCheck;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class ContributionVisibilityTests
{
    /// <summary>
    /// Which words somebody reads who neither spoke, wrote nor is named: the table of roles as a second hand wrote it down. (Whether
    /// a role may open the plan at all is another question: a strategist may not.)
    /// </summary>
    private const string Table = """
                                    everyone professionals health home named sealed
        Child                       reads    -             -      reads -    -
        Parent                      reads    -             -      -     -    -
        Carer                       reads    -             -      reads -    -
        SocialWorker                reads    reads         -      reads -    -
        TeamManager                 reads    reads         -      reads -    -
        IndependentReviewingOfficer reads    reads         reads  reads -    -
        DesignatedTeacher           reads    reads         -      -     -    -
        Teacher                     reads    -             -      -     -    -
        Senco                       reads    reads         -      -     -    -
        EducationalPsychologist     reads    reads         -      -     -    -
        EducationWelfareOfficer     reads    reads         -      -     -    -
        Nurse                       reads    reads         reads  -     -    -
        CamhsPractitioner           reads    reads         reads  -     -    -
        YouthJusticeWorker          reads    reads         -      -     -    -
        VirtualSchoolCaseworker     reads    reads         -      -     -    -
        VirtualSchoolHead           reads    reads         -      -     -    -
        Advocate                    reads    -             -      -     -    -
        Mentor                      reads    -             -      -     -    -
        Strategist                  reads    -             -      -     -    -
        """;

    private static readonly Participant Author = Gather(Role.CamhsPractitioner, HealthTrust);

    public static TheoryData<Role, AudienceKind, bool> Rows()
    {
        const StringSplitOptions words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var lines = Table.Split('\n').Select(l => l.Split(' ', words)).ToList();
        var audiences = lines[0].Select(a => Enum.Parse<AudienceKind>(a, ignoreCase: true));
        return
        [
            .. lines.Skip(1).SelectMany(l =>
                audiences.Zip(l.Skip(1), (audience, reads) => (Enum.Parse<Role>(l[0]), audience, reads == "reads"))),
        ];
    }

    public static TheoryData<Role> EveryRole => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_role_reads_the_words_of_the_audiences_it_is_in(Role role, AudienceKind audience, bool reads) =>
        Assert.Equal(reads, Reads(Gather(role).Reads(), View(AudienceOf(audience))));

    [Fact]
    public void The_table_has_every_role_and_every_audience() =>
        Assert.Equal(
            Enum.GetValues<Role>().SelectMany(role => Enum.GetValues<AudienceKind>().Select(audience => (role, audience))),
            Rows().Select(r => (r.Data.Item1, r.Data.Item2)));

    [Theory]
    [MemberData(nameof(EveryRole))]
    public void Whose_words_they_are_and_who_wrote_them_down_always_read_them(Role role)
    {
        var reader = Gather(role);
        foreach (var kind in Enum.GetValues<AudienceKind>())
        {
            Assert.True(Reads(reader.Reads(), Say(Gather(Role.Child), OpenReview(), writer: reader, AudienceOf(kind))));
            if (reader.HasVoice)
                Assert.True(Reads(reader.Reads(), Say(reader, OpenReview(), audience: AudienceOf(kind))));
        }
    }

    [Theory]
    [MemberData(nameof(EveryRole))]
    public void Whoever_is_named_reads_in_person_or_through_their_agency_and_no_one_else_does(Role role)
    {
        var reader = Gather(role, Larkmoor);
        Assert.True(Reads(reader.Reads(), View(Named(participants: [Guid.NewGuid(), reader.Id]))));
        Assert.True(Reads(reader.Reads(), View(Named(agencies: [HealthTrust, Larkmoor]))));
        Assert.False(Reads(reader.Reads(), View(Named(participants: [Guid.NewGuid()], agencies: [HealthTrust]))));
    }

    [Fact]
    public void Whoever_is_of_no_agency_is_named_by_none() =>
        Assert.False(Reads(Gather(Role.Parent).Reads(), View(Named(agencies: [Larkmoor, HealthTrust]))));

    [Fact]
    public void Those_who_are_named_count_only_for_the_audience_named()
    {
        var reader = Gather(Role.Parent, Larkmoor);
        Assert.All(Enum.GetValues<AudienceKind>().Except([AudienceKind.Everyone, AudienceKind.Named]), kind =>
            Assert.False(Reads(reader.Reads(), View(new Audience(kind, [reader.Id], [Larkmoor])))));
    }

    [Fact]
    public void A_system_reads_what_is_for_everyone_or_for_its_agency_and_nothing_else()
    {
        var system = Viewer.Integrator(KeziasPlan.Id, Larkmoor, Guid.NewGuid(), Hidden.Nothing);
        Assert.Equal([AudienceKind.Everyone], Enum.GetValues<AudienceKind>().Where(kind => Reads(system, View(AudienceOf(kind)))));
        Assert.True(Reads(system, View(Named(agencies: [HealthTrust, Larkmoor]))));
        Assert.False(Reads(system, View(Named(participants: [Guid.NewGuid(), Guid.Empty], agencies: [HealthTrust]))));
        Assert.All(Enum.GetValues<AudienceKind>().Except([AudienceKind.Everyone, AudienceKind.Named]), kind =>
            Assert.False(Reads(system, View(new Audience(kind, [], [Larkmoor])))));
        Assert.False(system.IsToldWhatIsWithheld || system.MayRestrict || system.May(Permission.Contribute));
    }

    [Fact]
    public void A_system_reads_back_what_it_brought_until_that_is_confirmed()
    {
        var client = Guid.NewGuid();
        var (system, another) = (Viewer.Integrator(KeziasPlan.Id, Larkmoor, client, Hidden.Nothing), Viewer.Integrator(KeziasPlan.Id, Larkmoor, Guid.NewGuid(), Hidden.Nothing));
        var brought = Say(Author, OpenReview(), audience: AudienceOf(AudienceKind.Health), assertedBy: client);
        Assert.True(Reads(system, brought));
        Assert.False(Reads(another, brought));
        Assert.False(Reads(system with { ClientId = null }, brought));
        brought.Confirm(Author.Id, MeetingAt);
        Assert.False(Reads(system, brought));
    }

    [Fact]
    public void A_view_that_is_hidden_from_a_colleague_is_hidden_from_their_system()
    {
        var view = View(Audience.Everyone, summary: "In short.");
        var hidden = Hidden.Together([Hidden.Nothing, new Hidden([Author.Id], [view.Id], Home: false), new Hidden([], [], Home: true)]);
        var system = Viewer.Integrator(KeziasPlan.Id, Larkmoor, Guid.NewGuid(), hidden);
        Assert.False(Reads(system, view));
        Assert.Empty(new[] { view }.AsQueryable().ContributionsSummarisedFor(system));
        Assert.Equal(Sight.Nothing, SightOf(system, view));
        Assert.False(system.SeesIdentityOf(Author.Id, Role.CamhsPractitioner, releasedToParents: false));
        Assert.True(hidden.Home);
    }

    [Fact]
    public void A_teacher_reads_what_is_for_professionals_only_as_the_lead()
    {
        var (wexley, words) = (Gather(Role.Teacher), View(AudienceOf(AudienceKind.Professionals)));
        Assert.False(Reads(wexley.Reads(), words));
        Assert.True(Reads(wexley.Reads(isLead: true), words));
    }

    [Fact]
    public void To_lead_opens_neither_health_nor_home_nor_named_nor_sealed_words() =>
        Assert.All([AudienceKind.Health, AudienceKind.Home, AudienceKind.Named, AudienceKind.Sealed], kind =>
            Assert.False(Reads(Gather(Role.VirtualSchoolCaseworker).Reads(isLead: true), View(AudienceOf(kind)))));

    [Fact]
    public void Words_of_another_plan_are_neither_read_summarised_nor_counted()
    {
        var elsewhere = Gather(Role.IndependentReviewingOfficer).Reads() with { PlanId = Guid.NewGuid() };
        var views = new[] { View(Audience.Everyone), View(AudienceOf(AudienceKind.Home), summary: "Moved."), View(Named()) }.AsQueryable();
        Assert.Empty(views.ContributionsVisibleTo(elsewhere));
        Assert.Empty(views.ContributionsSummarisedFor(elsewhere));
        Assert.Empty(views.ContributionsWithheldFrom(elsewhere));
        Assert.All(views, view => Assert.Equal(Sight.Nothing, SightOf(elsewhere, view)));
    }

    [Fact]
    public void Whoever_may_not_read_the_words_reads_the_newest_summary_if_there_is_one()
    {
        var (mother, review) = (Gather(Role.Parent).Reads(), OpenReview());
        var view = Say(Author, review, audience: AudienceOf(AudienceKind.Health), summary: "Sleep clinic on 2 November.");
        var views = new[] { view }.AsQueryable();
        Assert.Equal([view], views.ContributionsSummarisedFor(mother));

        view.Revise(review, Author.Id, Words("No longer."), "The summary said too much", MeetingAt);
        Assert.Empty(views.ContributionsSummarisedFor(mother));
    }

    [Fact]
    public void Sealed_words_have_no_summary_and_are_not_counted()
    {
        var views = new[] { Say(Author, OpenReview(), audience: AudienceOf(AudienceKind.Sealed), summary: "Not to be.") }.AsQueryable();
        var worker = Gather(Role.SocialWorker).Reads();
        Assert.Empty(views.ContributionsSummarisedFor(worker));
        Assert.Empty(views.ContributionsWithheldFrom(worker));
    }

    [Fact]
    public void A_withdrawn_summary_leaves_its_trace_as_withdrawn_words_do_and_is_not_counted()
    {
        var review = OpenReview();
        var withdrawn = Say(Author, review, audience: AudienceOf(AudienceKind.Health), summary: "Sleep clinic.");
        withdrawn.Withdraw(review, Author.Id, MeetingAt);
        var views = new[] { withdrawn }.AsQueryable();
        Assert.Equal([withdrawn], views.ContributionsSummarisedFor(Gather(Role.Parent).Reads()));
        Assert.Empty(views.ContributionsWithheldFrom(Gather(Role.SocialWorker).Reads()));
    }

    [Theory]
    [MemberData(nameof(EveryRole))]
    public void Professionals_are_told_of_what_is_kept_from_them_and_family_and_those_beside_it_never(Role role)
    {
        var views = new[] { View(Named()), View(AudienceOf(AudienceKind.Sealed)), View(Audience.Everyone) };
        var withheld = views.AsQueryable().ContributionsWithheldFrom(Gather(role).Reads());
        Assert.Equal(role is Role.Child or Role.Parent or Role.Carer or Role.Advocate or Role.Mentor ? [] : [views[0]], withheld);
    }

    /// <summary>
    /// The rule, written a second time by hand, agrees with the rule as a function and as a query; and what somebody reads, what
    /// they read the summary of, and what they are told is withheld never meet.
    /// </summary>
    [Fact]
    public void Function_and_query_agree_on_every_view_and_reader() =>
        Gen.Select(AnyView.Array[0, 25], AnyReader).Sample((views, viewer) =>
        {
            var query = views.AsQueryable();
            var function = ContributionVisibility.ReadsWords(viewer).Compile();
            var inFull = query.ContributionsVisibleTo(viewer).ToList();
            var inSummary = query.ContributionsSummarisedFor(viewer).ToList();
            var withheld = query.ContributionsWithheldFrom(viewer).ToList();

            Assert.Equal(views.Where(c => ByHand(c, viewer)), views.Where(function));
            Assert.Equal(views.Where(function), inFull);
            Assert.Equal(views.Where(c => !ByHand(c, viewer) && SummaryByHand(c) is not null), inSummary);
            Assert.Equal(inFull, views.Where(c => SightOf(viewer, c) is Sight.Words));
            Assert.Equal(inSummary, views.Where(c => SightOf(viewer, c) is Sight.Summary));
            Assert.Equal(
                viewer.IsToldWhatIsWithheld
                    ? views.Where(c => !ByHand(c, viewer) && SummaryByHand(c) is null)
                        .Where(c => c.WithdrawnAt is null && c.Audience is not AudienceKind.Sealed)
                    : [],
                withheld);

            List<Guid> hidden = [.. viewer.Hidden.Views];
            var (me, agency, brought) = (viewer.ParticipantId, viewer.AgencyId ?? Guid.Empty, viewer.ClientId ?? Guid.Empty);
            var (professionals, health, home, named) = (viewer.ReadsProfessionals, viewer.ReadsHealth, viewer.ReadsHome, viewer.ReadsNamed);
            var readInPlace = ContributionVisibility.WithRule<Func<Contribution, bool>>(
                c => ContributionVisibility.IsReadBy(c, me, agency, brought, professionals, health, home, named, hidden));
            var summarisedInPlace = ContributionVisibility.WithRule<Func<Contribution, bool>>(c => ContributionVisibility.IsSummarised(c, hidden));
            Assert.DoesNotContain(nameof(ContributionVisibility.IsReadBy), readInPlace.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(nameof(ContributionVisibility.IsSummarised), summarisedInPlace.ToString(), StringComparison.Ordinal);
            Assert.Equal(inFull, query.Where(readInPlace));
            Assert.Equal(inFull, views.Where(c => ContributionVisibility.IsReadBy(c, me, agency, brought, professionals, health, home, named, hidden)));
            Assert.Equal(inSummary, query.Where(summarisedInPlace).Where(c => !inFull.Contains(c)));
            Assert.Equal(inSummary, views.Where(c => !inFull.Contains(c) && ContributionVisibility.IsSummarised(c, hidden)));

            if (viewer.ClientId is not { } client)
                return;
            var inPlace = ContributionVisibility.WithRule<Func<Contribution, bool>>(c => ContributionVisibility.IsReadByClient(c, Larkmoor, client, hidden));
            Assert.DoesNotContain(nameof(ContributionVisibility.IsReadByClient), inPlace.ToString(), StringComparison.Ordinal);
            Assert.Equal(inFull, query.Where(inPlace));
            Assert.Equal(inFull, views.Where(c => ContributionVisibility.IsReadByClient(c, Larkmoor, client, hidden)));
        }, iter: 100);

    private static readonly Participant[] Team =
        [.. Enum.GetValues<Role>().Select((role, i) => Gather(role, i % 2 == 0 ? Larkmoor : null))];

    private static readonly Participant[] Voices = [.. Team.Where(p => p.HasVoice)];

    private static readonly Viewer System = Viewer.Integrator(KeziasPlan.Id, Larkmoor, Guid.NewGuid(), Hidden.Nothing);

    private static readonly Gen<Viewer> AnyReader = Gen.Select(
        Gen.OneOf(Team), Gen.Bool, Gen.Int[0, 4], (reader, isLead, system) => system == 0 ? System : reader.Reads(isLead));

    private static readonly Gen<Contribution> AnyView = Gen.Select(
        Gen.OneOf(Voices), Gen.OneOf(Team), Gen.Bool, Gen.Enum<AudienceKind>(), Gen.OneOf(Team).Array[0, 3],
        Gen.OneOf(Larkmoor, HealthTrust).Array[0, 1], Gen.Select(Gen.OneOf(null, "In short.").Array[1, 3], Gen.Bool, Gen.OneOf<Guid?>(null, System.ClientId)))
        .Select((voice, other, byProxy, kind, readers, agencies, rest) =>
        {
            var (summaries, withdrawn, assertedBy) = rest;
            var review = OpenReview();
            var audience = new Audience(kind, [.. readers.Select(r => r.Id)], agencies);
            var view = Say(voice, review, byProxy ? other : voice, audience, summaries[0], assertedBy: assertedBy);
            foreach (var summary in summaries.Skip(1))
                view.Revise(review, voice.Id, Words("More.", summary), null, MeetingAt);
            if (withdrawn)
                view.Withdraw(review, voice.Id, MeetingAt);
            return view;
        });

    private static bool ByHand(Contribution view, Viewer viewer)
    {
        if (new[] { view.VoiceId, view.ProxyId }.Contains(viewer.ParticipantId))
            return true;
        if (viewer.ClientId is not null && view.AssertedById == viewer.ClientId && view.IsUnconfirmed)
            return true;
        return view.Audience switch
        {
            AudienceKind.Everyone => true,
            AudienceKind.Professionals => viewer.ReadsProfessionals,
            AudienceKind.Health => viewer.ReadsHealth,
            AudienceKind.Home => viewer.ReadsHome,
            AudienceKind.Named => view.ReaderIds.Contains(viewer.ParticipantId)
                || (viewer.AgencyId is { } agency && view.ReaderAgencyIds.Contains(agency)),
            _ => false,
        };
    }

    private static string? SummaryByHand(Contribution view) =>
        view.Audience is AudienceKind.Sealed ? null : view.Versions[^1].Summary;

    private static bool Reads(Viewer viewer, Contribution view) => ContributionVisibility.ReadsWords(viewer).Compile()(view);

    private static Sight SightOf(Viewer viewer, Contribution view) => viewer.SightOf(view, isSummarised: view.Versions[^1].Summary is not null);

    private static Contribution View(Audience audience, string? summary = null) =>
        Say(Author, OpenReview(), audience: audience, summary: summary);
}
