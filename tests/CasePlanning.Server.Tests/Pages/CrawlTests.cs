using System.Net;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>
/// Whoever somebody is, every link that they are shown leads to a page that opens to them, and every place on a page that a link names is
/// there. Of pages that differ by nothing but an id, a few are followed.
/// </summary>
public sealed partial class CrawlTests(KeziasPages kezia) : IClassFixture<KeziasPages>
{
    private const int OfEachKind = 2;

    [Theory]
    [InlineData("kezia.amari-holt")]
    [InlineData("delphine.holt")]
    [InlineData("maud.ellerthwaite")]
    [InlineData("bryn.ellerthwaite")]
    [InlineData("juno.prideaux")]
    [InlineData("dominic.ferraby")]
    [InlineData("roz.applegarth")]
    [InlineData("lettice.umber")]
    [InlineData("imke.sandover")]
    [InlineData("cal.wexley")]
    [InlineData("sunniva.raike")]
    [InlineData("ngaire.holloway-bose")]
    [InlineData("hamo.tresk")]
    [InlineData("jomi.adesina-thorley")]
    [InlineData("abeni.adesina")]
    [InlineData("femi.thorley")]
    [InlineData("tobias.quill")]
    [InlineData("gwilym.sarn")]
    [InlineData("kwabena.lisle")]
    [InlineData("xanthe.moorcroft")]
    [InlineData("winifred.tolland")]
    [InlineData("edmund.skerry")]
    [InlineData("petra.lanyon")]
    public async Task Every_link_leads_somewhere(string name)
    {
        using var visitor = await kezia.Host.VisitAs(name);
        var (waiting, met, kinds, faults) = (new Queue<(string Address, string On)>([("/my-work", "the start")]), new HashSet<string> { "/my-work" }, new Dictionary<string, int>(), new List<string>());
        while (waiting.TryDequeue(out var next))
        {
            var page = (await visitor.Get(next.Address)).Document;
            if (visitor.Status != HttpStatusCode.OK)
            {
                faults.Add($"{next.Address}, from {next.On}: {visitor.Status}");
                continue;
            }

            if (next.Address.Split('#') is [_, { Length: > 0 } place] && page.GetElementById(place) is null)
                faults.Add($"{next.Address}, from {next.On}: nothing there is called {place}");
            foreach (var link in page.QuerySelectorAll("a[href]").Select(a => new Uri(visitor.At, a.GetAttribute("href"))).Where(IsOurs))
            {
                var kind = Id().Replace($"{link.PathAndQuery}{link.Fragment}", "{id}");
                if (kinds.GetValueOrDefault(kind) >= OfEachKind || !met.Add($"{link.PathAndQuery}{link.Fragment}"))
                    continue;
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                waiting.Enqueue(($"{link.PathAndQuery}{link.Fragment}", next.Address));
            }
        }

        Found.Nothing(faults);
        Assert.True(met.Count > 5, $"{name} met {met.Count} pages.");
    }

    private static bool IsOurs(Uri link) => link.Scheme is "http" && link.Host is "localhost";

    /// <summary>Of a thing, of a place in a list, and of an instant.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|(?<=from=)[^&#]+|(?<=since=)[^&#]+")]
    private static partial Regex Id();
}
