using CasePlanning.Application.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Infrastructure.Data;

public static class AccountStore
{
    /// <summary>
    /// ASP.NET Core Identity keeps its accounts where everything else is kept. In the scope of a command it writes through the
    /// lane's context, and so within the command's transaction.
    /// </summary>
    public static void AddAccountStore(this IServiceCollection services) =>
        services.AddScoped<IUserStore<Account>>(scope => new UserOnlyStore<Account, PlanningContext, Guid>(
            scope.GetRequiredService<ContextOfTheLane>().Context ?? scope.GetRequiredService<PlanningContext>()));
}
