using System.Buffers;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>Texts that nobody could guess, and who may come across each of them.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, (string What, HashSet<string> Readers)> planted = [];

    /// <summary>A new text, to be planted somewhere.</summary>
    public string Plant(string what, params IEnumerable<string> readers)
    {
        var text = $"zq{Guid.NewGuid():N}";
        Watch(text, what, readers);
        return text;
    }

    /// <summary>
    /// Something that is there anyway and tells as much: an id, a name. Whoever has left reads nothing, not even what they wrote.
    /// </summary>
    public void Watch(string text, string what, params IEnumerable<string> readers) =>
        planted.Add(text, (what, [.. readers.Except(Readers.Outsiders)]));

    /// <summary>Looks for all at once that this reader must not come across, and says what of it is in a text.</summary>
    public Func<string, string?> ForeignTo(string reader)
    {
        var foreign = planted.Where(p => !p.Value.Readers.Contains(reader)).ToDictionary(p => p.Key, p => p.Value.What, StringComparer.OrdinalIgnoreCase);
        var all = SearchValues.Create([.. foreign.Keys], StringComparison.OrdinalIgnoreCase);
        return text => text.AsSpan().ContainsAny(all) ? foreign.First(f => text.Contains(f.Key, StringComparison.OrdinalIgnoreCase)).Value : null;
    }

    /// <summary>What this reader came across and may not, or may and did not, in all that they read.</summary>
    public IEnumerable<string> Faults(string reader, IReadOnlyCollection<(string Address, string Text)> read)
    {
        foreach (var (text, (what, readers)) in planted)
        {
            var found = read.Where(r => r.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(r => r.Address).ToList();
            if (found.Count > 0 && !readers.Contains(reader))
                yield return $"{reader} must not read, and finds in {found[0]}: {what}";
            if (found.Count == 0 && readers.Contains(reader))
                yield return $"{reader} may read, and finds nowhere: {what}";
        }
    }
}
