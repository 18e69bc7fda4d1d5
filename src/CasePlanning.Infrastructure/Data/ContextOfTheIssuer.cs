using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// OpenIddict keeps its clients where everything else is kept. In the scope of a command it writes through the lane's context, and
/// so within the command's transaction.
/// </summary>
internal sealed class ContextOfTheIssuer(PlanningContext context) : IOpenIddictEntityFrameworkCoreContext
{
    public ValueTask<DbContext> GetDbContextAsync(CancellationToken cancellationToken) => new(context);
}
