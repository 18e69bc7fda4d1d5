using System.Linq.Expressions;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Contributions;

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
        var (me, agency) = (viewer.ParticipantId, viewer.AgencyId ?? Guid.Empty);
        var isSomebody = me != Guid.Empty;
        var (professionals, health, home) = (viewer.ReadsProfessionals, viewer.ReadsHealth, viewer.ReadsHome);
        // What is for named people stays closed in an emergency: a child said it in confidence.
        var listed = viewer.Standing is not Standing.Emergency;
        var (hidden, client) = (viewer.Hidden.Views, viewer.ClientId ?? Guid.Empty);
        return c =>
            c.VoiceId == me
            || c.ProxyId == me
            || (c.AssertedById == client && c.ConfirmedAt == null)
            || (!hidden.Contains(c.Id)
                && (c.Audience == AudienceKind.Everyone
                    || (c.Audience == AudienceKind.Professionals && professionals)
                    || (c.Audience == AudienceKind.Health && health)
                    || (c.Audience == AudienceKind.Home && home)
                    || (c.Audience == AudienceKind.Named && listed && ((isSomebody && c.ReaderIds.Contains(me)) || c.ReaderAgencyIds.Contains(agency)))));
    }

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

    private sealed class Replaced(ParameterExpression old, ParameterExpression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == old ? replacement : node;
    }

    private static Expression<Func<Contribution, bool>> Not(Expression<Func<Contribution, bool>> predicate) =>
        Expression.Lambda<Func<Contribution, bool>>(Expression.Not(predicate.Body), predicate.Parameters);
}
