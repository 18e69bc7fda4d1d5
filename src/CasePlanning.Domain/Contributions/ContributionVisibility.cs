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

    /// <summary>
    /// Whether somebody reads the words, by what the rule asks of a viewer: the rule as a function. In a query that is translated once it
    /// stands for the rule itself, when the query has passed <see cref="WithRule"/>.
    /// </summary>
    /// <param name="me">The viewer's participation; nobody's id where there is none, as with the agency and the client.</param>
    /// <param name="listed">What is for named people is open to them.</param>
    /// <param name="hidden">What is hidden from the viewer.</param>
    public static bool IsReadBy(
        Contribution contribution, Guid me, Guid agency, Guid client, bool professionals, bool health, bool home, bool listed, List<Guid> hidden) =>
        AsFunction(contribution, new Reader(me, me != Guid.Empty, agency, client, professionals, health, home, listed, hidden));

    /// <summary>Whether it has a summary for everyone that is not hidden. It stands for that in a query as <see cref="IsReadBy"/> does for the rule.</summary>
    public static bool IsSummarised(Contribution contribution, List<Guid> hidden) => HasSummaryAsFunction(contribution) && !hidden.Contains(contribution.Id);

    /// <summary>
    /// Whether a client reads the words, whatever plan they are in: <see cref="IsReadBy"/>, of a viewer who is nobody in person.
    /// </summary>
    /// <param name="client">Nobody's id where what it brought in itself is not to count.</param>
    /// <param name="hidden">What is hidden from its agency.</param>
    public static bool IsReadByClient(Contribution contribution, Guid agency, Guid client, List<Guid> hidden) =>
        AsFunction(contribution, new Reader(Guid.Empty, IsSomebody: false, agency, client, Professionals: false, Health: false, Home: false, Listed: true, hidden));

    /// <summary>The query with the rule in the place of each <see cref="IsReadBy"/>, <see cref="IsReadByClient"/> and <see cref="IsSummarised"/>.</summary>
    public static Expression<TQuery> WithRule<TQuery>(Expression<TQuery> query) => (Expression<TQuery>)new RuleInPlace().Visit(query);

    /// <summary>What the rule asks of a viewer.</summary>
    private sealed record Reader(
        Guid Me, bool IsSomebody, Guid Agency, Guid Client, bool Professionals, bool Health, bool Home, bool Listed, IReadOnlyList<Guid> Hidden)
    {
        public static Reader Of(Viewer viewer) => new(
            viewer.ParticipantId, viewer.ParticipantId != Guid.Empty, viewer.AgencyId ?? Guid.Empty, viewer.ClientId ?? Guid.Empty,
            viewer.ReadsProfessionals, viewer.ReadsHealth, viewer.ReadsHome, viewer.ReadsNamed, viewer.Hidden.Views);
    }

    private static readonly Expression<Func<Contribution, Reader, bool>> Rule = (c, reader) =>
        (!reader.Hidden.Contains(c.Id)
            && (c.Audience == AudienceKind.Everyone
                || (c.Audience == AudienceKind.Professionals && reader.Professionals)
                || (c.Audience == AudienceKind.Health && reader.Health)
                || (c.Audience == AudienceKind.Home && reader.Home)
                || (c.Audience == AudienceKind.Named && reader.Listed
                    && ((reader.IsSomebody && c.ReaderIds.Contains(reader.Me)) || c.ReaderAgencyIds.Contains(reader.Agency)))))
        || c.VoiceId == reader.Me
        || c.ProxyId == reader.Me
        || (c.AssertedById == reader.Client && c.ConfirmedAt == null);

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

    private static readonly Func<Contribution, bool> HasSummaryAsFunction = HasSummary.Compile();

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

    private sealed class RuleInPlace : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(ContributionVisibility)
                || node.Method.Name is not (nameof(IsReadBy) or nameof(IsReadByClient) or nameof(IsSummarised)))
                return base.VisitMethodCall(node);
            var given = node.Method.GetParameters().Zip(node.Arguments).ToDictionary(g => g.First.Name!, g => g.Second);
            var (contribution, hidden) = (given["contribution"], given["hidden"]);
            return node.Method.Name switch
            {
                nameof(IsReadBy) => Of(contribution, member => member is nameof(Reader.IsSomebody)
                    ? Expression.NotEqual(given["me"], Expression.Constant(Guid.Empty))
                    : given[char.ToLowerInvariant(member[0]) + member[1..]]),
                nameof(IsReadByClient) => Of(contribution, member => member switch
                {
                    nameof(Reader.Me) => Expression.Constant(Guid.Empty),
                    nameof(Reader.Agency) => given["agency"],
                    nameof(Reader.Client) => given["client"],
                    nameof(Reader.Hidden) => hidden,
                    nameof(Reader.Listed) => Expression.Constant(true),
                    _ => Expression.Constant(false),
                }),
                _ => Expression.AndAlso(
                    new Replaced(HasSummary.Parameters[0], contribution).Visit(HasSummary.Body),
                    Expression.Not(Expression.Call(hidden, nameof(List<>.Contains), null, Expression.Property(contribution, nameof(Contribution.Id))))),
            };
        }

        private static Expression Of(Expression contribution, Func<string, Expression> reader) =>
            new Replaced(Rule.Parameters[0], contribution).Visit(new ReaderInPlace(reader).Visit(Rule.Body));
    }

    private sealed class ReaderInPlace(Func<string, Expression> valueOf) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression == Rule.Parameters[1] ? valueOf(node.Member.Name) : base.VisitMember(node);
    }
}
