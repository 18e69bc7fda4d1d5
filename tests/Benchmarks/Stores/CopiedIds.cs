using System.Buffers.Binary;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>The ids that a copy of the plan has in the place of the plan's own: UUIDv7, as many milliseconds later as there are copies before it.</summary>
internal sealed class CopiedIds
{
    public const int Length = 36;

    private readonly Dictionary<Guid, int> own = [];
    private readonly Dictionary<Guid, int> parts = [];
    private readonly KnownPeople people;

    public CopiedIds(KnownPeople people)
    {
        this.people = people;
        for (var part = 0; part < people.Parts.Count; part++)
            parts[people.Taking(part, 0)] = part;
    }

    public bool Add(Guid id) => own.TryAdd(id, own.Count);

    public bool IsOwn(Guid id) => own.ContainsKey(id);

    /// <summary>Something else stands in its place in a copy.</summary>
    public bool Has(Guid id) => own.ContainsKey(id) || parts.ContainsKey(id);

    /// <param name="copy">0 for the plan itself.</param>
    public Guid Of(Guid id, int copy)
    {
        if (copy == 0)
            return id;
        if (parts.TryGetValue(id, out var part))
            return people.Taking(part, copy);
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16) + (ulong)copy;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | ((ulong)own[id] << 32) | (uint)copy);
        return new Guid(bytes, bigEndian: true);
    }

    public static void Write(Guid id, Span<byte> text, bool isSmall)
    {
        id.TryFormat(text, out _);
        if (isSmall)
            return;
        foreach (ref var letter in text)
        {
            if (letter >= (byte)'a')
                letter -= 'a' - 'A';
        }
    }
}
