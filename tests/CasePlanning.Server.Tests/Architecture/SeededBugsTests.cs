using System.Globalization;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>
/// That the tests find twenty security bugs is shown by <c>tests/seeded-bugs/run</c>, which takes long. That the bugs still fit the
/// product, and that none is in it, is seen every time.
/// </summary>
public sealed class SeededBugsTests
{
    private const int Bugs = 20;
    private const string Names = "+++ b/";

    [Fact]
    public void Each_bug_fits_one_place_in_the_product()
    {
        var patches = Directory.GetFiles(SourceFiles.At("tests/seeded-bugs"), "*.patch").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Bugs, patches.Count);
        Found.Nothing(patches.Index().SelectMany(patch => Misfits(patch.Item, patch.Index + 1)));
    }

    [Fact]
    public void None_is_in_an_ordinary_build()
    {
        Assert.Null(typeof(Plan).Assembly.GetType("CasePlanning.SeededBugs"));
        Assert.DoesNotContain(SourceFiles.Below("src"), file => File.ReadAllText(file).Contains("SeededBugs", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Misfits(string patch, int number)
    {
        var lines = File.ReadAllLines(patch);
        var place = lines.Single(line => line.StartsWith(Names, StringComparison.Ordinal))[Names.Length..];
        var product = $"\n{string.Join('\n', File.ReadAllLines(SourceFiles.At(place)))}\n";
        if (!lines.Any(line => line.Contains(string.Create(CultureInfo.InvariantCulture, $"SeededBugs.Has({number})"), StringComparison.Ordinal)))
            yield return $"{patch} is not number {number}";
        foreach (var before in Hunks(lines))
        {
            var times = product.Split(before).Length - 1;
            if (times != 1)
                yield return $"{patch} fits {place} {times} times, with:{before}";
        }
    }

    /// <summary>The lines that each part of a patch finds in the product, between line ends.</summary>
    private static IEnumerable<string> Hunks(IEnumerable<string> lines)
    {
        var hunk = "";
        foreach (var line in lines.SkipWhile(line => line is not ['@', '@', ..]).Append("@@"))
        {
            if (line is [' ' or '-', .. var found])
                hunk += $"\n{found}";
            if (line is ['@', '@', ..] && hunk.Length > 0)
            {
                yield return $"{hunk}\n";
                hunk = "";
            }
        }
    }
}
