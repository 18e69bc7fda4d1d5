using System.Buffers;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>Texts that nobody could guess, and who may come across each of them.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, (string What, HashSet<string> Readers)> planted = new(StringComparer.OrdinalIgnoreCase);

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
        var foreign = new Search(planted.Where(p => !p.Value.Readers.Contains(reader)).Select(p => p.Key));
        return text => foreign.In(text).Select(found => planted[found].What).FirstOrDefault();
    }

    /// <summary>What this reader came across and may not, or may and did not, in all that they read.</summary>
    public IEnumerable<string> Faults(string reader, IReadOnlyCollection<(string Address, string Text)> read)
    {
        var (all, places) = (new Search(planted.Keys), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        foreach (var (address, text) in read)
        {
            foreach (var found in all.In(text))
                places.TryAdd(found, address);
        }

        foreach (var (text, (what, readers)) in planted)
        {
            var mayRead = readers.Contains(reader);
            if (places.TryGetValue(text, out var place) && !mayRead)
                yield return $"{reader} must not read, and finds in {place}: {what}";
            if (place is null && mayRead)
                yield return $"{reader} may read, and finds nowhere: {what}";
        }
    }

    /// <summary>Finds any of many texts in one pass.</summary>
    private sealed class Search(IEnumerable<string> texts)
    {
        private readonly SearchValues<string> any = SearchValues.Create([.. texts], StringComparison.OrdinalIgnoreCase);
        private readonly HashSet<string> all = new(texts, StringComparer.OrdinalIgnoreCase);
        private readonly int[] lengths = [.. texts.Select(text => text.Length).Distinct()];

        /// <summary>Each that is in a text, as often as it is there.</summary>
        public IEnumerable<string> In(string text)
        {
            for (var at = 0; text.AsSpan(at).IndexOfAny(any) is >= 0 and var next; at += next + 1)
            {
                foreach (var length in lengths)
                {
                    if (at + next + length <= text.Length && text.Substring(at + next, length) is var found && all.Contains(found))
                        yield return found;
                }
            }
        }
    }
}
