using CasePlanning.Domain.Reviews;

namespace CasePlanning.Application.Reading;

/// <summary>Which review a plan is read by when none is named.</summary>
public static class CurrentReview
{
    /// <summary>The one that has begun last; before any has begun, the next one to come.</summary>
    public static Review? Of(IEnumerable<Review> reviews, DateOnly today)
    {
        var all = reviews.OrderBy(r => r.OpensOn).ThenBy(r => r.Id).ToList();
        return all.LastOrDefault(r => r.OpensOn <= today) ?? all.FirstOrDefault();
    }
}
