using CasePlanning.Application.Journal;
using CasePlanning.Domain.Journal;

namespace CasePlanning.Server.Api.V1;

/// <summary>Who looked and who wrote, and the proof that this was not altered.</summary>
public static class JournalRoutes
{
    public static void MapJournal(this RouteGroupBuilder api)
    {
        var log = api.Section("Access log", "Who looked at a plan, and who wrote in it.");
        log.MapGet("/plans/{id:guid}/access-log", (Guid id, Paging paging, Answers answers) => answers.List(new ReadAccessLog(id, paging.Page)))
            .Describes("readAccessLog", "List who looked and who wrote",
                "Newest first, by the names you may see, and without what would tell of views that you do not see. Professionals also see who was refused and who came in by emergency access.",
                response: Examples.ListOf(Examples.AccessLogEntry));
        log.MapGet("/me/receipts/{hash}", (string hash, Answers answers) => answers.Read(new ReadReceipt(hash)))
            .Describes("readReceipt", "Prove that your write is kept",
                "By the Journal-Receipt of a write of your own: its entry, and the hashes that lead from it to a signed root.",
                response: Examples.Proof, rules: [JournalRules.NotSignedYet]);

        var audit = api.Section("Audit", "The journal, for privacy officers: of their own authority, and never content.");
        audit.MapGet("/audit/entries", (Query<AuditChoice> query, Paging paging, Answers answers) =>
                answers.List(new ListAuditEntries(query.Value.From, query.Value.To, query.Value.Plan, query.Value.Person, paging.Page)))
            .Describes("listAuditEntries", "List journal entries", "Newest first. That you looked is an entry too.",
                response: Examples.ListOf(Examples.AuditEntry))
            .WithMetadata(new CanBeMissing());
        audit.MapGet("/audit/proofs/{id:guid}", (Guid id, Answers answers) => answers.Read(new ReadProof(id)))
            .Describes("readProof", "Prove that an entry is kept", "The hashes that lead from the entry to a signed root (RFC 6962).",
                response: Examples.Proof, rules: [JournalRules.NotSignedYet]);
        audit.MapGet("/audit/checkpoints", (Paging paging, Answers answers) => answers.List(new ListCheckpoints(paging.Page)))
            .Describes("listCheckpoints", "List signed checkpoints", "Newest first. Keep copies where those who run the database cannot write.",
                response: Examples.ListOf(Examples.Checkpoint));
        audit.MapGet("/audit/export", (Answers answers) => answers.Read(new ExportJournal()))
            .Describes("exportJournal", "Export the journal",
                "All entries under a checkpoint, in order, with the checkpoints between them: what `audit verify` checks without a database. For privacy officers of the only authority on this server.",
                response: Examples.Export);
    }
}

/// <param name="From">Not before this time.</param>
/// <param name="To">Before this time.</param>
/// <param name="Plan">On this plan.</param>
/// <param name="Person">By this person.</param>
public sealed record AuditChoice(DateTimeOffset? From = null, DateTimeOffset? To = null, Guid? Plan = null, Guid? Person = null);
