using System.Globalization;
using System.Text;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Journal;

/// <summary>The journal's entries of the caller's authority, newest first.</summary>
public sealed record ListAuditEntries(DateTimeOffset? From, DateTimeOffset? To, Guid? Plan, Guid? Person, PageOf Page)
    : IQuery<Page<AuditEntry>>, IAppointed, ITellsOfChildren
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>Proof that an entry is in the journal, for a privacy officer.</summary>
public sealed record ReadProof(Guid EntryId) : IQuery<ProofView>, IAppointed, ITellsOfChildren
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>Proof that the caller's own write is in the journal, by its receipt.</summary>
public sealed record ReadReceipt(string Hash) : IQuery<ProofView>, ISignedIn, ITellsOfChildren, IForClientsThatContribute;

/// <summary>The signed checkpoints, newest first.</summary>
public sealed record ListCheckpoints(PageOf Page) : IQuery<Page<CheckpointView>>, IAppointed
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>The whole journal up to its newest checkpoint, as lines that can be verified without a database.</summary>
public sealed record ExportJournal : IQuery<JournalExport>, IAppointed, ITellsOfChildren
{
    public Office Needs => Office.PrivacyOfficer;
}

/// <summary>An entry as it is kept: ids and hashes, never content.</summary>
/// <param name="Sequence">Its place in the order of commits; absent for the second until it has one.</param>
/// <param name="Person">The name of who it was; absent for a child, a parent or a carer: no office is told a child's name.</param>
/// <param name="Receipt">Its leaf hash.</param>
public sealed record AuditEntry(
    Guid Id, long? Sequence, DateTimeOffset At, Guid? PersonId, string? Person, string? ClientId, Guid? OnBehalfOf, Guid? AgencyId, string Act,
    bool Writes, Guid? PlanId, string? Part, Guid? PartId, Guid? ResultId, string? Purpose, Verdict Verdict, string RequestId, string Receipt);

/// <summary>The hashes that lead from an entry to a signed root (RFC 6962 §2.1.1).</summary>
/// <param name="Entry">The entry's bytes, of which the leaf hash is made.</param>
/// <param name="Path">In base64, from the leaf upwards.</param>
public sealed record ProofView(string Entry, long Sequence, string LeafHash, IReadOnlyList<string> Path, CheckpointView Checkpoint);

/// <summary>What the journal was at one time, signed.</summary>
/// <param name="Text">What is signed: origin, size and root, a line each.</param>
/// <param name="Signature">ECDSA over P-256 and SHA-256, in base64; the key is at <c>/.well-known/journal-key</c>.</param>
public sealed record CheckpointView(long Size, DateTimeOffset At, string Text, string Signature);

/// <summary>Lines of JSON: entries in their order, and after each stretch the checkpoint that was signed over it.</summary>
public sealed record JournalExport(string Lines);

public sealed class AuditHandler(IPlanningDatabase database, JournalRanges ranges, CurrentCall call)
    : IRequestHandler<ListAuditEntries, Page<AuditEntry>>, IRequestHandler<ReadProof, ProofView>, IRequestHandler<ReadReceipt, ProofView>,
        IRequestHandler<ListCheckpoints, Page<CheckpointView>>, IRequestHandler<ExportJournal, JournalExport>
{
    public async Task<Page<AuditEntry>> Handle(ListAuditEntries request, CancellationToken cancellationToken)
    {
        var (from, to, plan, person, page) = request;
        var mine = call.Appointments.Select(a => a.Authority).ToList();
        if (plan is not null && !await database.Plans.AnyAsync(p => p.Id == plan && mine.Contains(p.Authority), cancellationToken)
            && !await database.PlanMoves.AnyAsync(m => m.PlanId == plan && mine.Contains(m.From), cancellationToken))
            throw new NotVisible();
        if (person is not null && !await database.Persons.AnyAsync(p => p.Id == person, cancellationToken))
            throw new NotVisible();
        // One by one: a database uses no index for what may not be asked.
        var entries = OfMyAuthorities();
        if (from is not null)
            entries = entries.Where(e => e.At >= from);
        if (to is not null)
            entries = entries.Where(e => e.At < to);
        if (plan is not null)
            entries = entries.Where(e => e.PlanId == plan);
        if (person is not null)
            entries = entries.Where(e => e.PersonId == person);
        var rows = await (
            from entry in Place.NewestAfter(entries, Place.Parse(page.After)).Take(page.Limit + 1)
            join p in database.Persons on entry.PersonId equals (Guid?)p.Id into people
            from p in people.DefaultIfEmpty()
            orderby entry.At descending, entry.Id descending
            select new
            {
                Entry = entry,
                // No office is told a child's name, nor by a parent's or carer's what it is.
                Person = p == null || database.Participants.Any(part => part.PersonId == p.Id
                    && (part.Role == Role.Child || part.Role == Role.Parent || part.Role == Role.Carer)) ? null : p.Name,
            }).ToListAsync(cancellationToken);
        var items = rows.Take(page.Limit).Select(r => new AuditEntry(
            r.Entry.Id, r.Entry.Sequence, r.Entry.At, r.Entry.PersonId, r.Person, r.Entry.ClientId, r.Entry.OnBehalfOfId, r.Entry.AgencyId,
            r.Entry.Act, r.Entry.Writes, r.Entry.PlanId, r.Entry.Part, r.Entry.PartId, r.Entry.ResultId, r.Entry.Purpose, r.Entry.Verdict,
            r.Entry.RequestId, Convert.ToHexStringLower(r.Entry.LeafHash))).ToList();
        return new Page<AuditEntry>(items, rows.Count > page.Limit ? Place.Of(rows[page.Limit - 1].Entry).ToString() : null);
    }

    public async Task<ProofView> Handle(ReadProof request, CancellationToken cancellationToken) =>
        await Proof(await OfMyAuthorities().FirstOrDefaultAsync(e => e.Id == request.EntryId, cancellationToken), cancellationToken);

    public async Task<ProofView> Handle(ReadReceipt request, CancellationToken cancellationToken)
    {
        if (request.Hash.Length != 2 * MerkleTree.HashBytes || !request.Hash.All(char.IsAsciiHexDigitLower))
            throw new NotVisible();
        var (hash, person, client) = (Convert.FromHexString(request.Hash), call.Caller.PersonId, call.Caller.ClientId);
        return await Proof(await database.Journal.AsNoTracking().FirstOrDefaultAsync(e => e.LeafHash == hash && e.Writes && e.ResultId != null
            && (person != null ? e.PersonId == person : e.PersonId == null && e.ClientId == client), cancellationToken), cancellationToken);
    }

    public async Task<Page<CheckpointView>> Handle(ListCheckpoints request, CancellationToken cancellationToken)
    {
        var checkpoints = database.Checkpoints.AsNoTracking();
        if (request.Page.After is { } after && long.TryParse(after, out var last))
            checkpoints = checkpoints.Where(c => c.Size < last);
        var found = await checkpoints.OrderByDescending(c => c.Size).Take(request.Page.Limit + 1).ToListAsync(cancellationToken);
        return new Page<CheckpointView>([.. found.Take(request.Page.Limit).Select(View)],
            found.Count > request.Page.Limit ? found[request.Page.Limit - 1].Size.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<JournalExport> Handle(ExportJournal request, CancellationToken cancellationToken)
    {
        var authorities = call.Appointments.Select(a => a.Authority).ToList();
        if (await database.Agencies.AnyAsync(a => !authorities.Contains(a.Authority), cancellationToken))
            throw new NotAllowed("The export holds what was done under every authority on this server, and you answer for some of them only.");
        var checkpoints = await database.Checkpoints.AsNoTracking().OrderBy(c => c.Size).ToListAsync(cancellationToken);
        var lines = new StringBuilder();
        var from = 0L;
        foreach (var checkpoint in checkpoints)
        {
            var to = checkpoint.Size;
            await foreach (var entry in database.Journal.AsNoTracking().Where(e => e.Sequence >= from && e.Sequence < to)
                .OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
                lines.Append(Encoding.UTF8.GetString(entry.Canonical())).Append('\n');
            lines.Append(JournalFile.LineOf(checkpoint)).Append('\n');
            from = to;
        }

        return new JournalExport(lines.ToString());
    }

    /// <summary>Of plans that run by the clocks of an authority whose privacy officer the caller is, and of its agencies' people and systems.</summary>
    private IQueryable<JournalEntry> OfMyAuthorities()
    {
        var authorities = call.Appointments.Select(a => a.Authority).ToList();
        return database.Journal.AsNoTracking().Where(e =>
            database.Plans.Any(p => p.Id == e.PlanId && authorities.Contains(p.Authority))
            // What was done before a plan moved away stays theirs to look at.
            || database.PlanMoves.Any(m => m.PlanId == e.PlanId && authorities.Contains(m.From) && e.At < m.At)
            || (e.PlanId == null && database.Persons.Any(p => p.Id == e.PersonId
                && database.Agencies.Any(a => a.Id == p.AgencyId && authorities.Contains(a.Authority))))
            || (e.PlanId == null && e.PersonId == null && (
                database.Agencies.Any(a => a.Id == e.AgencyId && authorities.Contains(a.Authority))
                || database.Appointments.Any(a => a.Id == e.ResultId && authorities.Contains(a.Authority)))));
    }

    private async Task<ProofView> Proof(JournalEntry? entry, CancellationToken cancellation)
    {
        if (entry is null)
            throw new NotVisible();
        var checkpoint = await database.Checkpoints.AsNoTracking().Where(c => entry.Sequence != null && c.Size > entry.Sequence)
            .OrderBy(c => c.Size).FirstOrDefaultAsync(cancellation) ?? throw JournalRules.NotSignedYet.Broken();
        var place = entry.Sequence!.Value;
        var range = await ranges.Load(database, checkpoint.Size, [place], cancellation);
        return new ProofView(
            Encoding.UTF8.GetString(entry.Canonical()), place, Convert.ToHexStringLower(entry.LeafHash),
            [.. MerkleTree.InclusionProof(place, checkpoint.Size, range).Select(Convert.ToBase64String)], View(checkpoint));
    }

    private static CheckpointView View(Checkpoint checkpoint) => new(checkpoint.Size, checkpoint.At, checkpoint.Text, checkpoint.Signature);
}
