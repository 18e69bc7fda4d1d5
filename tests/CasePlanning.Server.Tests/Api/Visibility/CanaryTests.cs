using System.Collections.Concurrent;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// Texts that nobody could guess are written under every audience, and each reader reads all there is to read: every byte of
/// every answer, body and headers, holds what they may know and nothing else.
/// </summary>
public sealed partial class CanaryTests(PlayedScene played) : IClassFixture<PlayedScene>
{
    private readonly Scene scene = played.Scene;

    /// <summary>Whoever looks after people, settings or the journal reads all that they may, and meets no child by name, nor by their family's.</summary>
    [Fact]
    public async Task No_office_is_told_a_childs_name()
    {
        string[] names = ["Wren", "Oldacre", "Skerrivore", "Brambleheath", "Kezia", "Amari", "Jomi", "Adesina", scene.Team.Identifier];
        var operations = await Operation.All(scene.Team.As("anonymous"));
        var told = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Readers.Officers, async (officer, _) =>
        {
            var round = await ReadingRound.Of(scene.Team.As(officer), operations, scene.Known);
            Assert.Contains(round, r => r.Text.Contains("\"items\":[{", StringComparison.Ordinal));
            foreach (var (address, text) in round)
            {
                var readable = Sealed().Replace(text, "");
                foreach (var name in names.Where(n => readable.Contains(n, StringComparison.OrdinalIgnoreCase)))
                    told.Add($"{officer} is told {name} by {address}: {readable}");
            }
        });
        Found.Nothing(told);
    }

    /// <summary>"1 view is not shared with you": for professionals a true count, for family and their companions not even a nought.</summary>
    [Fact]
    public async Task Professionals_are_told_how_much_is_withheld_and_families_are_not()
    {
        foreach (var reader in Readers.Everybody)
        {
            var reading = await scene.Team.As(reader).Get($"/plans/{scene.Team.Plan}/reading?review={scene.Review}");
            foreach (var outcome in reading["outcomes"].EnumerateArray())
            {
                var told = outcome.TryGetProperty("withheld", out var count) ? count.GetInt32() : (int?)null;
                var expected = Readers.Told.Contains(reader) ? scene.WithheldFrom(reader, outcome.GetProperty("code").GetString()!) : (int?)null;
                Assert.True(expected == told, $"{reader} is told {told} and should be told {expected} on {outcome.GetProperty("code")}.");
            }
        }
    }

    /// <summary>A cursor, a signature, a hash, a salt, an ETag: random characters, and among thousands of those any short name comes up.</summary>
    [System.Text.RegularExpressions.GeneratedRegex(@"""next"":""[^""]*""|cursor=[^>]*|ETag: (?:W/)?""[^""]*""|[\w+/-]{40,}|[\w+/]{22}==")]
    private static partial System.Text.RegularExpressions.Regex Sealed();
}
