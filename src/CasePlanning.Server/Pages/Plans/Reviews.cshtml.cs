using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The reviews of a plan, newest first.</summary>
public sealed class ReviewsModel : PlanPage
{
    public string? ToOpen => May(Permission.Coordinate) ? To("OpenReview") : null;
}
