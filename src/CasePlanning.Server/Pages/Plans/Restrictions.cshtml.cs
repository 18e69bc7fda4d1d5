using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>What is hidden from whom in a plan, why, and when it is looked at again.</summary>
public sealed class RestrictionsModel : PlanPage
{
    private const int Most = 200;

    public IReadOnlyList<RestrictionView> All { get; private set; } = [];

    public IEnumerable<RestrictionView> InForce => All.Where(r => r.LiftedAt is null).OrderBy(r => r.ReviewOn);

    public IEnumerable<RestrictionView> Lifted => All.Where(r => r.LiftedAt is not null);

    protected override async Task Load()
    {
        await base.Load();
        Must(MayRestrict, "The lead professional and the social worker see what is hidden from whom.");
        All = (await Read(new ListRestrictions(Id, new PageOf(null, Most)))).Items;
    }
}

internal static class RestrictionWords
{
    /// <summary>What it hides: "Who Maud Ellerthwaite is".</summary>
    public static string Of(RestrictionView restriction) => restriction.Kind switch
    {
        RestrictionKind.Identity => $"Who {restriction.Subject!.Name} is",
        RestrictionKind.Home => "What is said of the home",
        RestrictionKind.View => "A view",
        _ => throw new ArgumentOutOfRangeException(nameof(restriction), restriction.Kind, message: null),
    };

    public static string WhoOpened(OpenedView opened) => opened switch
    {
        { Who: { } who } => ReviewWords.Called(who),
        { Client: { } client } => $"{client}, a system of {opened.Agency}",
        { Agency: { } agency } => $"{opened.Outsider}, {agency}, in an emergency",
        _ => $"{opened.Outsider}, in an emergency",
    };
}
