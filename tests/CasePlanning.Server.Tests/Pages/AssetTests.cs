using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What is made of the assets: small, ours, and kept by browsers.</summary>
[Collection(ReleaseBuild.Name)]
public sealed partial class AssetTests(ReleaseBuild release)
{
    private const int MostStyle = 16 * 1024;
    private const int MostScript = 12 * 1024;

    [Theory]
    [InlineData("site.css.br", MostStyle)]
    [InlineData("site.js.br", MostScript)]
    public void A_file_is_small(string name, int most) =>
        Assert.InRange(new FileInfo(Path.Combine(release.Directory, "wwwroot", "dist", name)).Length, 1, most);

    /// <summary>The package's code is free to use; the crown, the font and the pictures are for gov.uk alone.</summary>
    [Fact]
    public void Nothing_is_published_that_belongs_to_gov_uk()
    {
        var files = Directory.EnumerateFiles(Path.Combine(release.Directory, "wwwroot"), "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(
            ["site.css", "site.css.br", "site.css.gz", "site.js", "site.js.br", "site.js.gz", "worker.js", "worker.js.br", "worker.js.gz"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Found.Nothing(files.Where(f => f.EndsWith(".css", StringComparison.Ordinal) || f.EndsWith(".js", StringComparison.Ordinal))
            .SelectMany(f => NotOurs().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")));
        Found.Nothing(Directory.EnumerateFiles(release.Directory, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is "package.json" or "tsconfig.json" || f.Contains("node_modules", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_search_finds_what_belongs_to_gov_uk()
    {
        var package = File.ReadAllText(SourceFiles.At("src/CasePlanning.Server/Assets/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css"));
        foreach (var found in (string[])["GDS Transport", "@font-face", "url(", "crest"])
            Assert.Contains(found, NotOurs().Matches(package).Select(m => m.Value));
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

    [GeneratedRegex(@"GDS Transport|@font-face|(?-i:url\()|crown|crest|logotype|govuk-(image|icon|logo)|nhsuk|(?<!\^=.)https?://(?!www\.w3\.org)", RegexOptions.IgnoreCase)]
    private static partial Regex NotOurs();
}
