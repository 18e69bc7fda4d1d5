using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What is hidden from somebody is in no byte of any page of the plan that they can reach, and leaves no gap to be counted.</summary>
public sealed partial class PlanLeakTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    [Fact]
    public async Task Whoever_may_read_it_does() =>
        Assert.Contains(await EverythingOf("dominic.ferraby"), p => p.Value.Contains("asking at school", StringComparison.Ordinal));

    [Theory]
    [InlineData("delphine.holt", "Ellerthwaite|Maud|Bryn|asking at school|SDQ 19|sleep clinic|dip fits loss|at half term|not shared|withheld|restrict|For (professionals|health|some)|In short")]
    [InlineData("kezia.amari-holt", "SDQ 19|sleep clinic|dip fits loss|at half term|not shared|withheld|restrict|For (professionals|health)|In short")]
    [InlineData("cal.wexley", "asking at school|SDQ 19|sleep clinic|dip fits loss|at half term")]
    [InlineData("imke.sandover", "asking at school|SDQ|sleep clinic|safe adult")]
    public async Task Nothing_of_it_is_on_any_page(string name, string hidden)
    {
        var pages = await EverythingOf(name);
        Assert.True(pages.Count > 15, $"Only {pages.Count} pages were reached.");
        Found.Nothing(pages.SelectMany(p => Regex.Matches(p.Value, hidden, RegexOptions.IgnoreCase).Select(m => $"{p.Key}: {m.Value}")));
    }

    [Fact]
    public async Task A_view_that_is_hidden_changes_no_byte_of_what_others_read()
    {
        using var kezia = host.SignInAs("kezia.amari-holt");
        var plan = (await kezia.Get("/plans")).Items.First().GetProperty("id").GetString()!;
        var whole = (await kezia.Get($"/plans/{plan}")).Json;
        var review = whole.GetProperty("reviews").EnumerateArray().First().GetProperty("id").GetString();
        var dominic = (await kezia.Get($"/plans/{plan}/participants")).Items.Single(p => p.GetProperty("role").GetString() == "socialWorker").GetProperty("id").GetString();
        var before = await SaidAndDone();

        foreach (var outcome in new[] { "be-healthy", "stay-safe", "achieve-economic-wellbeing" })
        {
            (await kezia.Post($"/plans/{plan}/contributions", new
            {
                reviewId = review,
                outcome,
                outlook = "worried",
                words = "This is for Dominic.",
                audience = new { kind = "named", participants = new[] { dominic } },
            })).Expect(201);
        }

        var after = await SaidAndDone();
        Assert.Equal(before.Keys, after.Keys);
        Found.Nothing(before.Where(p => after[p.Key] != p.Value).Select(p => p.Key));
        var told = await EverythingOf("dominic.ferraby");
        Assert.Contains(told, p => p.Value.Contains("This is for Dominic.", StringComparison.Ordinal));

        // Who looked is another page each time that somebody looks, and she is one of them.
        async Task<SortedDictionary<string, string>> SaidAndDone() =>
            new((await EverythingOf("delphine.holt")).Where(p => !p.Key.Contains("view=looks", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>Every page of the plan that links lead to, by address, without what is new in each answer.</summary>
    private async Task<SortedDictionary<string, string>> EverythingOf(string name)
    {
        using var visitor = await host.VisitAs(name);
        var plan = $"/plans/{await host.PlanOf("Kezia", name)}";
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([plan]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var address))
        {
            if (!seen.Add(address))
                continue;
            await visitor.Get(address);
            var (place, key) = (Varying().Replace(address, ""), Varying().Replace(address, ""));
            for (var more = 2; pages.ContainsKey(key); more++)
                key = $"{place} {more}";
            pages[key] = Varying().Replace(visitor.Html, "");
            foreach (var link in visitor.Document.QuerySelectorAll("a[href], img[src], audio[src]"))
            {
                var to = (link.GetAttribute("href") ?? link.GetAttribute("src") ?? "").Split('#')[0];
                if (to.StartsWith(plan, StringComparison.Ordinal))
                    waiting.Enqueue(to);
            }
        }

        return pages;
    }

    [GeneratedRegex("""value="[A-Za-z0-9_-]{32,}"|since=[^"&]*|now=[^"&]*|from=[^"&]*""")]
    private static partial Regex Varying();
}
