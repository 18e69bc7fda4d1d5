using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>The words of the pages are those that children and families asked for; nothing is called what hurts, or by two names.</summary>
public sealed partial class WordsTests : IAsyncDisposable
{
    private readonly PlanningHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void The_search_finds_an_avoided_word()
    {
        Assert.Matches(Avoided(), "The case is closed");
        Assert.Matches(Avoided(), "Read the minutes");
        Assert.DoesNotMatch(Avoided(), "CasePlanning pauses for 15 minutes");
    }

    [Fact]
    public void No_source_of_a_page_has_a_word_to_be_avoided()
    {
        var folder = SourceFiles.At("src/CasePlanning.Server/Pages");
        var texts = Directory.EnumerateFiles(folder, "*.cshtml", SearchOption.AllDirectories).Select(f => (File: f, Text: Razor().Replace(File.ReadAllText(f), " ")))
            .Concat(SourceFiles.Below("src/CasePlanning.Server/Pages").Select(f => (File: f, Text: string.Join('\n', Sentence().Matches(Comments().Replace(File.ReadAllText(f), "")).Select(m => m.Value)))))
            .ToList();
        Assert.Contains(texts, t => t.Text.Contains("in everybody’s own words", StringComparison.Ordinal));
        Found.Nothing(texts.SelectMany(t => Avoided().Matches(t.Text).Select(m => $"{Path.GetRelativePath(folder, t.File)}: {m.Value}")));
    }

    [Theory]
    [InlineData("dominic.ferraby")]
    [InlineData("delphine.holt")]
    [InlineData("kezia.amari-holt")]
    [InlineData("hamo.tresk")]
    public async Task No_page_shows_a_word_to_be_avoided(string name)
    {
        using var visitor = await host.VisitAs(name);
        foreach (var address in (string[])["/my-work", "/plans", "/plans?name=nobody", "/account", "/account/mail", "/nowhere"])
        {
            // To the child their plans are their plan.
            var page = (await visitor.Get(address)).Document;
            Assert.NotEqual("", visitor.Text);
            foreach (var theirs in page.QuerySelectorAll("[dir=auto]").ToList())
                theirs.TextContent = "";
            Found.Nothing(Avoided().Matches($"{page.Title} {page.QuerySelector("main")!.TextContent}").Select(m => $"{address}: {m.Value}"));
        }
    }

    /// <summary>Our words round those of people, which are theirs.</summary>
    [Theory]
    [InlineData("dominic.ferraby")]
    [InlineData("delphine.holt")]
    [InlineData("kezia.amari-holt")]
    public async Task No_page_of_a_plan_shows_a_word_to_be_avoided(string name)
    {
        using var visitor = await host.VisitAs(name);
        var plan = await host.PlanOf("Kezia", name);
        foreach (var way in (string[])["", "?view=person", "?view=differ", "?view=child", "?view=since", "/print", "/history"])
        {
            var page = (await visitor.Get($"/plans/{plan}{way}")).Document;
            foreach (var theirs in page.QuerySelectorAll("[dir=auto]").ToList())
                theirs.TextContent = "";
            var ours = page.QuerySelector("main")!.TextContent;
            Assert.True(way is "/history" || ours.Contains("Autumn review", StringComparison.Ordinal), way);
            Found.Nothing(Avoided().Matches($"{page.Title} {ours}").Select(m => $"{way}: {m.Value}"));
        }
    }

    /// <summary>The child's own pages, as they are met on the way through.</summary>
    [Fact]
    public async Task No_page_of_the_child_s_own_shows_a_word_to_be_avoided()
    {
        using var kezia = await host.VisitAs("kezia.amari-holt");
        var plan = await host.PlanOf("Kezia", "kezia.amari-holt");
        foreach (var page in (string[])["", "/questions/be-healthy", "/questions/make-a-positive-contribution", "/check"])
        {
            await kezia.Get($"/plans/{plan}/my-say{page}");
            foreach (var theirs in kezia.Document.QuerySelectorAll("[dir=auto]").ToList())
                theirs.TextContent = "";
            Found.Nothing(Avoided().Matches($"{kezia.Document.Title} {kezia.Text}").Select(m => $"{page}: {m.Value}"));
            Found.Nothing(Hard().Matches(kezia.Text).Select(m => $"{page}: {m.Value}"));
        }

        foreach (var address in (string[])["/my-work", "/account", "/drafts", $"/plans/{plan}/people"])
            Found.Nothing(Hard().Matches((await kezia.Get(address)).Text).Select(m => $"{address}: {m.Value}"));
    }

    /// <summary>Words of ours that a child of nine would have to be told the meaning of.</summary>
    [GeneratedRegex(@"\b(contributions?|audience|participants?|outcomes?|outlook|professionals?|agenc(y|ies)|multi-agency|withdraw(n)?|confidential|designated|coordinat\w+|safeguarding|framework)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hard();

    [GeneratedRegex(@"""(?:[^""\\\n]|\\.)*\s(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"///?.*")]
    private static partial Regex Comments();

    /// <summary>What a template says to Razor and not to people.</summary>
    [GeneratedRegex(@"@using[^\n]*|@model[^\n]*|\bcase (?:[A-Z]\w+\.\w+|""\w+""):|class=""[^""]*""|@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Razor();

    [GeneratedRegex(
        @"\b(LAC|case|cases|placements?|contact|respite|siblings?|birth (parents?|mother|father)|abscond(s|ed|ing)?|challenging behaviour|care plan|peers|NEET"
        + @"|owner|guest|external user|non-attenders?|DNA|(?<!\d |ten )minutes|consensus|overrid(e|es|den)|approv(e|es|ed|al)|comments?|violations?|breach(es)?"
        + @"|submissions?|overdue contributors?|conflicts?|knotworking|rule-tool-object|DWR|co-configuration|relational agency)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Avoided();
}
