using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// Somebody who has a keyboard and nothing else. Whatever they want they come to with Tab, as it is read out to them; and where they
/// are can be seen, with nothing lying over it.
/// </summary>
internal sealed class Keyboard(IPage page)
{
    /// <summary>More than any page of ours has to stop at.</summary>
    private const int MostStops = 250;

    public IPage Page => page;

    public int Keys { get; private set; }

    /// <summary>Over everything that stands at the top of every page, as whoever hears a page read out goes first.</summary>
    public async Task Skip()
    {
        await Key("Tab");
        await Assertions.Expect(page.Locator(".govuk-skip-link")).ToBeFocusedAsync();
        await Key("Enter");
    }

    public async Task Follow(ILocator link)
    {
        await Reach(link);
        await Key("Enter");
    }

    public async Task Press(ILocator button)
    {
        await Reach(button);
        await Key("Enter");
    }

    /// <summary>Of several of one name, Tab leads to the first or to the one that is chosen, and the arrows to the others.</summary>
    public async Task Choose(ILocator radio)
    {
        await Reach(radio, await radio.GetAttributeAsync("name"));
        for (var arrows = 0; arrows < MostStops && !await HasFocus(radio); arrows++)
            await Key("ArrowDown");
        if (!await radio.IsCheckedAsync())
            await Key("Space");
        await Assertions.Expect(radio).ToBeCheckedAsync();
    }

    public async Task Tick(ILocator checkbox)
    {
        await Reach(checkbox);
        await Key("Space");
        await Assertions.Expect(checkbox).ToBeCheckedAsync();
    }

    /// <summary>In the place of what stood there.</summary>
    public async Task Type(ILocator box, string words)
    {
        await Reach(box);
        await Key("Control+A");
        Keys += words.Length;
        await page.Keyboard.TypeAsync(words);
        await Assertions.Expect(box).ToHaveValueAsync(words);
    }

    /// <summary>Into the three boxes of a day.</summary>
    public async Task TypeDay(string name, DateOnly day)
    {
        await Type(page.Locator($"#{name}"), $"{day.Day}");
        await Type(page.Locator($"#{name}-month"), $"{day.Month}");
        await Type(page.Locator($"#{name}-year"), $"{day.Year}");
    }

    /// <summary>Goes on with Tab until something has the focus, or another of its group.</summary>
    private async Task Reach(ILocator what, string? group = null)
    {
        for (var stops = 0; stops < MostStops; stops++)
        {
            var stop = await what.EvaluateAsync<Stop>(Where, group);
            Assert.True(stop.IsSeen, $"What has the focus is not to be seen on {page.Url}: {stop.What}");
            if (stop.IsReached)
                return;
            await Key("Tab");
        }

        Assert.Fail($"Tab does not lead to {what} on {page.Url}.");
    }

    private static Task<bool> HasFocus(ILocator what) => what.EvaluateAsync<bool>("e => e === document.activeElement");

    private Task Key(string key)
    {
        Keys++;
        return page.Keyboard.PressAsync(key);
    }

    /// <summary>
    /// A control may be drawn by its label, and a link may run over two lines; one piece of it in the window is enough. Round it is a
    /// line, but for what a whole page is in.
    /// </summary>
    private const string Where = """
        (wanted, group) => {
          const at = document.activeElement;
          if (!at || at === document.body)
            return { isReached: false, isSeen: true, what: "" };
          const own = [at, ...(at.labels ?? [])];
          const isOwn = e => own.some(o => o.contains(e));
          const isSeen = own.some(o => [...o.getClientRects()].some(r => {
            const [left, right] = [Math.max(r.left, 0), Math.min(r.right, innerWidth)];
            const [top, bottom] = [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)];
            return [0.02, 0.5, 0.98].some(x => [0.1, 0.5, 0.9].some(y => isOwn(document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y))));
          }));
          const isMarked = at.localName === "main" || own.some(o => [null, "::before"].some(part => getComputedStyle(o, part).outlineStyle !== "none"));
          return { isReached: at === wanted || group !== null && at.name === group, isSeen: isSeen && isMarked, what: at.outerHTML.slice(0, 200) };
        }
        """;

    /// <summary>Where the focus is.</summary>
    private sealed class Stop
    {
        public bool IsReached { get; set; }

        public bool IsSeen { get; set; }

        public string What { get; set; } = "";
    }
}
