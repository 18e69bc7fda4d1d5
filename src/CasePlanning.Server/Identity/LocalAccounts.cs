using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Passwords and codes of the accounts kept here. Each try is paid for before it is looked at, in one statement of the database,
/// so that a thousand tries at once are still no more than five. An address that nobody has is treated like any other.
/// </summary>
internal sealed class LocalAccounts(
    IPlanningDatabase database, IWriteLane lane, IPasswordHasher<Account> hasher, ISealing sealing, TimeProvider time)
{
    private const int RecoveryCodes = 8;

    private static readonly Account Nobody = new(Guid.Empty);
    private static string? hashOfNobody;

    /// <returns>Whose address and password these are; null when they are wrong or the account is paused or disabled.</returns>
    public async Task<Guid?> CheckPassword(string? email, string? password, CancellationToken cancellation)
    {
        var address = Person.NormaliseEmail(email ?? "");
        var account = await (
            from person in database.Persons
            join known in database.Accounts on person.Id equals known.Id
            where person.Email == address && known.PasswordHash != null
            select known).AsNoTracking().FirstOrDefaultAsync(cancellation);

        var mayTry = await Pay(account?.Id ?? Guid.Empty, cancellation) && account is not null;
        var hash = mayTry ? account!.PasswordHash! : hashOfNobody ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        if (hasher.VerifyHashedPassword(account ?? Nobody, hash, password ?? "") is PasswordVerificationResult.Failed || !mayTry)
            return null;

        // The right password alone must not wipe out wrong codes, or they could be tried for ever.
        await (account!.TwoFactorEnabled ? GiveBack(account.Id, cancellation) : Forgive(account.Id, cancellation));
        return account.Id;
    }

    /// <summary>A code of the authenticator app, or one of the recovery codes; each works once.</summary>
    public async Task<bool> CheckSecondFactor(Guid personId, string? code, CancellationToken cancellation)
    {
        if (!await Pay(personId, cancellation))
            return false;
        var account = await database.Accounts.AsNoTracking().SingleAsync(a => a.Id == personId, cancellation);
        var given = Plain(code);
        if (account.TotpSecret is null || sealing.Unseal(account.TotpSecret) is not { } secret || given.Length == 0)
            return false;

        var isRight = Totp.StepOf(given, secret, account.LastTotpStep, time.GetUtcNow()) is { } step
            ? await TakeStep(personId, step, cancellation)
            : await TakeRecoveryCode(account, HashOf(given), cancellation);
        if (isRight)
            await Forgive(personId, cancellation);
        return isRight;
    }

    /// <summary>Turns the second factor on, once a code has shown that the person's app holds the secret.</summary>
    /// <returns>The recovery codes, to be shown once; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> SetUpSecondFactor(Guid personId, string secret, string? code, CancellationToken cancellation)
    {
        if (Totp.StepOf(Plain(code), secret, 0, time.GetUtcNow()) is not { } step)
            return null;
        var (codes, hashes) = NewCodes();
        var sealedSecret = sealing.Seal(secret);
        await Change(personId, account => account.UseTotp(sealedSecret, step, hashes), cancellation);
        return codes;
    }

    /// <summary>Gives somebody who has a second factor new recovery codes; those they had before work no more.</summary>
    /// <returns>The codes, to be shown once.</returns>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(Guid personId, CancellationToken cancellation)
    {
        var (codes, hashes) = NewCodes();
        await Change(personId, account => account.UseRecoveryCodes(hashes), cancellation);
        return codes;
    }

    /// <summary>Sets a password that keeps to the rules.</summary>
    /// <returns>What is wrong with it; nothing when it was set.</returns>
    public Task<IReadOnlyList<string>> SetPassword(Guid personId, string? password, CancellationToken cancellation) =>
        lane.Run<IReadOnlyList<string>>(async (services, inside) =>
        {
            var accounts = services.GetRequiredService<UserManager<Account>>();
            var account = await AccountOf(services, personId, inside);
            await services.GetRequiredService<IPlanningDatabase>().SaveChangesAsync(inside);
            account.PasswordHash = null;
            var result = await accounts.AddPasswordAsync(account, password ?? "");
            return [.. result.Errors.Select(e => e.Description)];
        }, cancellation);

    /// <summary>Whether the person has a password, which must then be given before another is set.</summary>
    public Task<bool> HasPassword(Guid personId, CancellationToken cancellation) =>
        database.Accounts.AnyAsync(a => a.Id == personId && a.PasswordHash != null, cancellation);

    public Task<bool> HasSecondFactor(Guid personId, CancellationToken cancellation) =>
        database.Accounts.AnyAsync(a => a.Id == personId && a.TwoFactorEnabled, cancellation);

    /// <summary>How somebody can sign in.</summary>
    public async Task<WaysIn> WaysInOf(Guid personId, CancellationToken cancellation)
    {
        var account = await database.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == personId, cancellation);
        var hasProvider = await database.ProviderSubjects.AnyAsync(s => s.PersonId == personId, cancellation);
        return new WaysIn(
            await AddressOf(personId, cancellation), account?.PasswordHash is not null, hasProvider, account?.LinkCode is not null, account?.TwoFactorEnabled is true,
            account?.RecoveryCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length ?? 0);
    }

    public Task<string?> AddressOf(Guid personId, CancellationToken cancellation) =>
        database.Persons.Where(p => p.Id == personId).Select(p => p.Email).SingleOrDefaultAsync(cancellation);

    public Task SignOutEverywhere(Guid personId, CancellationToken cancellation) =>
        Change(personId, account => account.EndSessions(), cancellation);

    private static (IReadOnlyList<string> Codes, IReadOnlyList<string> Hashes) NewCodes()
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)))];
        return ([.. codes.Select(c => $"{c[..4]}-{c[4..8]}-{c[8..]}")], [.. codes.Select(HashOf)]);
    }

    private Task<bool> Change(Guid personId, Action<Account> change, CancellationToken cancellation) =>
        lane.Run(async (services, inside) =>
        {
            change(await AccountOf(services, personId, inside));
            await services.GetRequiredService<IPlanningDatabase>().SaveChangesAsync(inside);
            return true;
        }, cancellation);

    /// <summary>A person known by an agency's provider gets an account with the first thing that needs one.</summary>
    private static async Task<Account> AccountOf(IServiceProvider services, Guid personId, CancellationToken cancellation)
    {
        var inside = services.GetRequiredService<IPlanningDatabase>();
        var account = await inside.Accounts.SingleOrDefaultAsync(a => a.Id == personId, cancellation);
        if (account is null)
            inside.Accounts.Add(account = new Account(personId));
        return account;
    }

    /// <summary>Counts a failure in advance. False when the account is paused or disabled, or there is none.</summary>
    private Task<bool> Pay(Guid personId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? until = now + Account.Pause;
        DateTimeOffset? never = null;
        return Update(accounts => accounts
            .Where(a => a.Id == personId && a.DisabledAt == null && (a.LockoutEnd == null || a.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set
                .SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount + 1 >= Account.MostFailures ? until : never)
                .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1 >= Account.MostFailures ? 0 : a.AccessFailedCount + 1), cancellation), cancellation);
    }

    private Task<bool> GiveBack(Guid personId, CancellationToken cancellation) => Update(accounts => accounts
        .Where(a => a.Id == personId)
        .ExecuteUpdateAsync(set => set
            .SetProperty(a => a.LockoutEnd, a => null)
            .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount == 0 ? Account.MostFailures - 1 : a.AccessFailedCount - 1), cancellation), cancellation);

    private Task<bool> Forgive(Guid personId, CancellationToken cancellation) => Update(accounts => accounts
        .Where(a => a.Id == personId)
        .ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, a => null).SetProperty(a => a.AccessFailedCount, 0), cancellation), cancellation);

    private Task<bool> TakeStep(Guid personId, long step, CancellationToken cancellation) => Update(accounts => accounts
        .Where(a => a.Id == personId && a.LastTotpStep < step)
        .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastTotpStep, step), cancellation), cancellation);

    private async Task<bool> TakeRecoveryCode(Account account, string hash, CancellationToken cancellation)
    {
        var (before, id) = (account.RecoveryCodes, account.Id);
        var left = before.Split(' ').Where(known => known != hash).ToList();
        if (left.Count == before.Split(' ').Length)
            return false;
        var after = string.Join(' ', left);
        return await Update(accounts => accounts.Where(a => a.Id == id && a.RecoveryCodes == before)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.RecoveryCodes, after), cancellation), cancellation);
    }

    private Task<bool> Update(Func<DbSet<Account>, Task<int>> update, CancellationToken cancellation) =>
        lane.Run(async (services, _) => await update(services.GetRequiredService<IPlanningDatabase>().Accounts) == 1, cancellation);

    /// <summary>People type codes in groups, and copy them with spaces.</summary>
    private static string Plain(string? code) => new([.. (code ?? "").Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}

/// <summary>How somebody can sign in, and what they have for the second step.</summary>
/// <param name="Address">Where a new link goes, and what is typed in with a password.</param>
/// <param name="Provider">Their agency's own sign-in knows them.</param>
/// <param name="Link">By a link to their address and the code that they were given.</param>
/// <param name="RecoveryCodes">How many are left.</param>
public sealed record WaysIn(string? Address, bool Password, bool Provider, bool Link, bool SecondFactor, int RecoveryCodes);
