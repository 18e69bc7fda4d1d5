using System.Linq.Expressions;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Contributions;

/// <summary>What a viewer may know of a contribution.</summary>
public enum Sight
{
    Nothing,
    Summary,
    Words,
}

/// <summary>
/// The one rule of who reads whose words. Every route to a contribution passes through here: page, API, print, search, feed.
/// The same expressions serve as query predicates and, compiled, as functions.
/// </summary>
public static class ContributionVisibility
{
    /// <summary>Contributions whose words the viewer reads.</summary>
    public static IQueryable<Contribution> ContributionsVisibleTo(this IQueryable<Contribution> contributions, Viewer viewer) =>
        contributions.Where(c => c.PlanId == viewer.PlanId).Where(ReadsWords(viewer));

    /// <summary>Contributions of which the viewer reads only the summary for everyone. Project no words from these.</summary>
    public static IQueryable<Contribution> ContributionsSummarisedFor(this IQueryable<Contribution> contributions, Viewer viewer) =>
        contributions.Where(c => c.PlanId == viewer.PlanId).Where(Not(ReadsWords(viewer))).Where(HasSummary).Where(IsNotHidden(viewer));

    /// <summary>
    /// Contributions that are kept from the viewer altogether, for counting only, and only for viewers who may know: nothing at
    /// all for family, and nothing sealed for anybody.
    /// </summary>
    public static IQueryable<Contribution> ContributionsWithheldFrom(this IQueryable<Contribution> contributions, Viewer viewer) =>
        contributions
            .Where(c => viewer.IsToldWhatIsWithheld && c.PlanId == viewer.PlanId)
            .Where(c => c.Audience != AudienceKind.Sealed && c.WithdrawnAt == null)
            .Where(Not(ReadsWords(viewer)))
            .Where(Not(Both(HasSummary, IsNotHidden(viewer))));

    /// <summary>
    /// The viewer reads the words: by audience, or because they are the viewer's own or written down by the viewer. A client reads
    /// what it brought in until they are confirmed: from then on they are a person's, and the audience alone decides.
    /// </summary>
    public static Expression<Func<Contribution, bool>> ReadsWords(Viewer viewer)
    {
        var reader = Reader.Of(viewer);
        // Captured, so that a database is given its parts as parameters and not as text.
        Expression<Func<Reader>> captured = () => reader;
        return Expression.Lambda<Func<Contribution, bool>>(
            new Replaced(Rule.Parameters[1], captured.Body).Visit(Rule.Body), Rule.Parameters[0]);
    }

    /// <summary>
    /// What the viewer may know of a contribution: the rule as a function, for whoever looks at many plans at once, as another
    /// viewer in each.
    /// </summary>
    /// <param name="isSummarised">Its newest version carries a summary.</param>
    public static Sight SightOf(this Viewer viewer, Contribution contribution, bool isSummarised) =>
        contribution.PlanId != viewer.PlanId ? Sight.Nothing
        : AsFunction(contribution, Reader.Of(viewer)) ? Sight.Words
        : isSummarised && contribution.Audience is not AudienceKind.Sealed && !viewer.Hidden.Views.Contains(contribution.Id) ? Sight.Summary
        : Sight.Nothing;

    /// <summary>What the rule asks of a viewer.</summary>
    /// <param name="Listed">What is for named people stays closed in an emergency: a child said it in confidence.</param>
    private sealed record Reader(
        Guid Me, bool IsSomebody, Guid Agency, Guid Client, bool Professionals, bool Health, bool Home, bool Listed, IReadOnlyList<Guid> Hidden)
    {
        public static Reader Of(Viewer viewer) => new(
            viewer.ParticipantId, viewer.ParticipantId != Guid.Empty, viewer.AgencyId ?? Guid.Empty, viewer.ClientId ?? Guid.Empty,
            viewer.ReadsProfessionals, viewer.ReadsHealth, viewer.ReadsHome, viewer.Standing is not Standing.Emergency, viewer.Hidden.Views);
    }

    private static readonly Expression<Func<Contribution, Reader, bool>> Rule = (c, reader) =>
        c.VoiceId == reader.Me
        || c.ProxyId == reader.Me
        || (c.AssertedById == reader.Client && c.ConfirmedAt == null)
        || (!reader.Hidden.Contains(c.Id)
            && (c.Audience == AudienceKind.Everyone
                || (c.Audience == AudienceKind.Professionals && reader.Professionals)
                || (c.Audience == AudienceKind.Health && reader.Health)
                || (c.Audience == AudienceKind.Home && reader.Home)
                || (c.Audience == AudienceKind.Named && reader.Listed
                    && ((reader.IsSomebody && c.ReaderIds.Contains(reader.Me)) || c.ReaderAgencyIds.Contains(reader.Agency)))));

    private static readonly Func<Contribution, Reader, bool> AsFunction = Rule.Compile();

    /// <summary>No restriction keeps it from the viewer.</summary>
    private static Expression<Func<Contribution, bool>> IsNotHidden(Viewer viewer)
    {
        var hidden = viewer.Hidden.Views;
        return c => !hidden.Contains(c.Id);
    }

    /// <summary>
    /// The newest version carries a summary for everyone; a sealed contribution never does. One that is withdrawn leaves its trace
    /// like any other: by vanishing it would tell family that it had been no more than a summary.
    /// </summary>
    public static readonly Expression<Func<Contribution, bool>> HasSummary = c =>
        c.Audience != AudienceKind.Sealed
        && c.Versions.OrderByDescending(v => v.Number).Select(v => v.Summary).FirstOrDefault() != null;

    private static Expression<Func<Contribution, bool>> Both(
        Expression<Func<Contribution, bool>> one, Expression<Func<Contribution, bool>> other)
    {
        var contribution = one.Parameters[0];
        return Expression.Lambda<Func<Contribution, bool>>(
            Expression.AndAlso(one.Body, new Replaced(other.Parameters[0], contribution).Visit(other.Body)), contribution);
    }

    private sealed class Replaced(ParameterExpression old, Expression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == old ? replacement : node;
    }

    private static Expression<Func<Contribution, bool>> Not(Expression<Func<Contribution, bool>> predicate) =>
        Expression.Lambda<Func<Contribution, bool>>(Expression.Not(predicate.Body), predicate.Parameters);
}
