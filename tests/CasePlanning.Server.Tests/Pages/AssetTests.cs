using System.IO.Compression;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What is made of the assets: small, ours, and kept by browsers.</summary>
public sealed partial class AssetTests
{
    private const int MostStyle = 16 * 1024;
    private const int MostScript = 12 * 1024;

    [Theory]
    [InlineData("site.css", MostStyle)]
    [InlineData("site.js", MostScript)]
    public async Task A_file_is_small(string name, int most)
    {
        using var compressed = new MemoryStream();
        await using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            await brotli.WriteAsync(await File.ReadAllBytesAsync(Path.Combine(Dist, name), TestContext.Current.CancellationToken));
        Assert.InRange(compressed.Length, 1, most);
    }

    /// <summary>The package's code is free to use; the crown, the font and the pictures are for gov.uk alone.</summary>
    [Fact]
    public void Nothing_is_there_that_belongs_to_gov_uk()
    {
        var files = Directory.EnumerateFiles(SourceFiles.At("src/CasePlanning.Server/wwwroot"), "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(["site.css", "site.js"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Found.Nothing(files.SelectMany(f => NotOurs().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")));
    }

    [Fact]
    public async Task A_page_asks_for_files_under_names_that_browsers_may_keep()
    {
        // In Development they are asked for anew each time, for whoever is changing them.
        await using var production = new PlanningHost { Environment = "Production" };
        using var visitor = production.Visit("https://localhost");
        await visitor.Get("/");
        var style = visitor.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var script = visitor.Document.QuerySelector("script[src]")!.GetAttribute("src")!;
        using var http = production.CreateClient();
        foreach (var address in (string[])[style, script])
        {
            Assert.Matches(@"^/dist/site\.\w+\.(css|js)$", address);
            using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Dist => SourceFiles.At("src/CasePlanning.Server/wwwroot/dist");

    [GeneratedRegex(@"GDS Transport|@font-face|url\(|crown|crest|logotype|govuk-(image|icon|logo)|nhsuk|(?<!\^=.)https?://(?!www\.w3\.org)", RegexOptions.IgnoreCase)]
    private static partial Regex NotOurs();
}
