using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Journal;

/// <summary>What came of an act.</summary>
public enum Verdict
{
    Allowed,
    Denied,

    /// <summary>Allowed by emergency access alone.</summary>
    Emergency,
}

/// <summary>
/// One act or look, as it is kept for good: who, what, on which part of which plan, and what came of it. It holds ids and a
/// salted hash, never content, so that it can outlive what it tells of.
/// </summary>
public sealed class JournalEntry
{
    public const int ActLength = 60;
    public const int ClientLength = 100;
    public const int PartLength = 40;
    public const int RequestIdLength = 64;
    public const int PurposeLength = 100;
    public const int HashBytes = 32;
    public const int SaltBytes = 16;

    private JournalEntry()
    {
    }

    /// <param name="digest">
    /// SHA-256 of what was sent or written; empty where nothing was. It is brought along, because the same bytes are sent many times.
    /// </param>
    public JournalEntry(Actor actor, Deed deed, Verdict verdict, ReadOnlySpan<byte> digest, DateTimeOffset now)
    {
        Id = Ids.New(now);
        At = now.ToUniversalTime();
        (PersonId, ClientId, OnBehalfOfId, AgencyId, RequestId) = actor;
        (Act, Writes, PlanId, Part, PartId, ResultId, Purpose) = deed;
        Verdict = verdict;
        Salt = RandomNumberGenerator.GetBytes(SaltBytes);
        ContentHash = SHA256.HashData([.. Salt, .. digest]);
        LeafHash = MerkleTree.Leaf(Canonical());
    }

    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public Guid? PersonId { get; private set; }

    public string? ClientId { get; private set; }

    /// <summary>The person whose words a client says it brings.</summary>
    public Guid? OnBehalfOfId { get; private set; }

    public Guid? AgencyId { get; private set; }

    public string RequestId { get; private set; } = "";

    /// <summary>The name of what was asked: <c>ReadReading</c>, <c>AddContribution</c>.</summary>
    public string Act { get; private set; } = "";

    public bool Writes { get; private set; }

    public Guid? PlanId { get; private set; }

    /// <summary>The kind of thing that <see cref="PartId"/> is an id of.</summary>
    public string? Part { get; private set; }

    public Guid? PartId { get; private set; }

    /// <summary>What a write made.</summary>
    public Guid? ResultId { get; private set; }

    public string? Purpose { get; private set; }

    public Verdict Verdict { get; private set; }

    public byte[] Salt { get; private set; } = [];

    /// <summary>SHA-256 of the salt and of the SHA-256 of what was sent or written.</summary>
    public byte[] ContentHash { get; private set; } = [];

    /// <summary>What stands for this entry in the tree, and is given to whoever wrote it as a receipt.</summary>
    public byte[] LeafHash { get; private set; } = [];

    /// <summary>Its place in the order of commits, given once, by the sequencer, after the commit; null until then.</summary>
    public long? Sequence { get; private set; }

    /// <summary>The bytes that the leaf hash is made of: one line of JSON, whose members and their order never change.</summary>
    public byte[] Canonical()
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("id", Id);
            json.WriteNumber("ticks", At.UtcTicks);
            Write("person", PersonId?.ToString());
            Write("client", ClientId);
            Write("onBehalfOf", OnBehalfOfId?.ToString());
            Write("agency", AgencyId?.ToString());
            Write("request", RequestId);
            Write("act", Act);
            json.WriteBoolean("writes", Writes);
            Write("plan", PlanId?.ToString());
            Write("part", Part);
            Write("partId", PartId?.ToString());
            Write("result", ResultId?.ToString());
            Write("purpose", Purpose);
            Write("verdict", Verdict.ToString());
            json.WriteBase64String("salt", Salt);
            json.WriteBase64String("content", ContentHash);
            json.WriteEndObject();

            void Write(string name, string? value)
            {
                if (value is null)
                    json.WriteNull(name);
                else
                    json.WriteString(name, value);
            }
        }

        return line.WrittenSpan.ToArray();
    }
}

/// <summary>Who acts: a person, a client, or a client for a person.</summary>
public sealed record Actor(Guid? PersonId, string? ClientId, Guid? OnBehalfOfId, Guid? AgencyId, string RequestId)
{
    /// <summary>Whoever runs the server, at its console. Nobody signs in there, so it stands in the place of a client.</summary>
    public static Actor AtTheConsole(Guid? agencyId, string requestId) => new(PersonId: null, "console", OnBehalfOfId: null, agencyId, requestId);
}

/// <summary>What is done, to which part of which plan.</summary>
public sealed record Deed(string Act, bool Writes, Guid? PlanId, string? Part, Guid? PartId, Guid? ResultId = null, string? Purpose = null);
