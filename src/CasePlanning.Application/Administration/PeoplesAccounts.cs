using CasePlanning.Application.Accounts;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Administration;

/// <summary>Nothing signs in as this person any more, and whatever was issued to them is refused from now on.</summary>
public sealed record DisableAccount(Guid AgencyId, Guid PersonId) : ICommand, IAppointed
{
    public Office Needs => Office.AgencyAdministrator | Office.AuthorityAdministrator;
}

/// <summary>This person may sign in again.</summary>
public sealed record EnableAccount(Guid AgencyId, Guid PersonId) : ICommand, IAppointed
{
    public Office Needs => Office.AgencyAdministrator | Office.AuthorityAdministrator;
}

/// <summary>Signs this person out everywhere; they may sign in again.</summary>
public sealed record EndSessions(Guid AgencyId, Guid PersonId) : ICommand, IAppointed
{
    public Office Needs => Office.AgencyAdministrator | Office.AuthorityAdministrator;
}

public sealed class PeoplesAccountsHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<DisableAccount, Written>, IRequestHandler<EnableAccount, Written>, IRequestHandler<EndSessions, Written>
{
    public async Task<Written> Handle(DisableAccount request, CancellationToken cancellationToken)
    {
        var account = await AccountOf(request.AgencyId, request.PersonId, cancellationToken);
        if (account.Id == call.PersonId)
            throw AdministrationRules.NotOnesOwnAccount.Broken();
        account.Disable(time.GetUtcNow());
        return new Written(account.Id);
    }

    public async Task<Written> Handle(EnableAccount request, CancellationToken cancellationToken)
    {
        var account = await AccountOf(request.AgencyId, request.PersonId, cancellationToken);
        account.Enable();
        return new Written(account.Id);
    }

    public async Task<Written> Handle(EndSessions request, CancellationToken cancellationToken)
    {
        var account = await AccountOf(request.AgencyId, request.PersonId, cancellationToken);
        account.EndSessions();
        return new Written(account.Id);
    }

    /// <summary>
    /// Whoever has none yet gets one with this: what is disabled must stay so when they first sign in. Those who hold an office of
    /// the authority are its administrators' affair: an agency must not be able to shut out whoever looks at what it does.
    /// </summary>
    private async Task<Account> AccountOf(Guid agencyId, Guid personId, CancellationToken cancellation)
    {
        var agency = await call.AgencyOf(database, agencyId, cancellation);
        if (!await Employed.By(database, agency.Id).AnyAsync(p => p.Id == personId, cancellation))
            throw new NotVisible();
        var now = time.GetUtcNow();
        var heldAbove = await database.Appointments.AsNoTracking().Where(a => a.PersonId == personId && a.Office != Office.AgencyAdministrator
            && a.From <= now && (a.Until == null || now < a.Until)).Select(a => a.Authority).ToListAsync(cancellation);
        if (heldAbove.Any(authority => !call.Appointments.Any(a => a.Office is Office.AuthorityAdministrator && a.Authority == authority)))
            throw AdministrationRules.HoldsAnOffice.Broken();
        var account = await database.Accounts.SingleOrDefaultAsync(a => a.Id == personId, cancellation);
        if (account is null)
            database.Accounts.Add(account = new Account(personId));
        return account;
    }
}
