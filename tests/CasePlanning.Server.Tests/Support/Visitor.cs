using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// Somebody with a browser that runs no script: keeps each host's cookies, follows redirects from host to host, and fills in
/// forms. It stops where nobody answers, as at the redirect address of a client. What <paramref name="seen"/> is told of is
/// compared with the journal.
/// </summary>
public sealed partial class Visitor(HttpClient product, Action<HttpRequestMessage, HttpResponseMessage>? seen = null) : IDisposable
{
    private readonly Dictionary<string, Dictionary<string, string>> cookies = [];
    private readonly HttpClient elsewhere = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>The cookies as they were set, attributes included.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<Uri> Passed { get; } = [];

    /// <summary>What the browser says of the page that a form is on: <c>same-origin</c>, <c>cross-site</c>. Old ones say nothing.</summary>
    public string? ComesFrom { get; set; }

    /// <summary>How many forms were sent.</summary>
    public int Submitted { get; private set; }

    public Uri At { get; private set; } = product.BaseAddress!;

    public HttpStatusCode Status { get; private set; }

    public string Html { get; private set; } = "";

    /// <summary>Where the answer wants to send the visitor; null when it does not, or they have been there.</summary>
    public Uri? Towards { get; private set; }

    public string Title => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What is wrong, as it is said at the top of the page.</summary>
    public string? Alert => Document.QuerySelector("[role=alert]")?.TextContent;

    /// <summary>What can be read on the page itself, without what is round it.</summary>
    public string Text => SpacesOf().Replace(Document.QuerySelector("main")?.TextContent ?? "", " ").Trim();

    public HttpResponseHeaders? Headers { get; private set; }

    public IHtmlDocument Document => new HtmlParser().ParseDocument(Html);

    public bool HasCookie(string part) => cookies.Values.Any(jar => jar.Keys.Any(name => name.Contains(part, StringComparison.Ordinal)));

    /// <summary>A cookie runs out.</summary>
    public void Forget(string part)
    {
        foreach (var jar in cookies.Values)
            jar.Keys.Where(name => name.Contains(part, StringComparison.Ordinal)).ToList().ForEach(name => jar.Remove(name));
    }

    /// <summary>Back to a page that is open in another tab.</summary>
    public void Show(string html) => Html = html;

    public Task<Visitor> Get(string address) => Send(HttpMethod.Get, new Uri(At, address), null);

    /// <summary>Fills in the first form of the page itself and sends it.</summary>
    public Task<Visitor> Submit(params (string Name, string Value)[] fields) => SubmitThe("main form", fields);

    /// <summary>Fills in the form that a CSS selector names and sends it.</summary>
    public Task<Visitor> SubmitThe(string which, params (string Name, string Value)[] fields)
    {
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(Document.QuerySelector(which));
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>()
            .Select(i => KeyValuePair.Create(i.Name!, i.Value)).ToList();
        values.AddRange(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        var action = form.GetAttribute("action") is { Length: > 0 } given ? new Uri(At, given) : At;
        return Post(action, values);
    }

    public Task<Visitor> Post(Uri address, IEnumerable<KeyValuePair<string, string>> values)
    {
        Submitted++;
        return Send(HttpMethod.Post, address, new FormUrlEncodedContent(values));
    }

    /// <summary>The query of where they are sent or are.</summary>
    public string? Query(string name) =>
        System.Web.HttpUtility.ParseQueryString((Towards ?? At).Query)[name];

    private async Task<Visitor> Send(HttpMethod method, Uri address, HttpContent? content)
    {
        for (var redirects = 0; redirects < 20; redirects++)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
            var jar = cookies.TryGetValue(address.Authority, out var kept) ? kept : cookies[address.Authority] = [];
            if (ComesFrom is { } site)
                request.Headers.Add("Sec-Fetch-Site", site);
            if (jar.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", jar.Select(c => $"{c.Key}={c.Value}")));
            var http = address.Authority == product.BaseAddress!.Authority ? product : elsewhere;
            using var response = await http.SendAsync(request);
            Keep(jar, response);
            Passed.Add(address);
            seen?.Invoke(request, response);
            Headers = response.Headers;
            (At, Status, Html) = (address, response.StatusCode, await response.Content.ReadAsStringAsync());
            Towards = response.Headers.Location is { } location ? new Uri(address, location) : null;
            if (Towards is null || (int)response.StatusCode is < 300 or >= 400 || Towards.Host.EndsWith(".example", StringComparison.Ordinal))
                return this;
            (method, address, content) = (HttpMethod.Get, Towards, null);
        }

        throw new InvalidOperationException($"Sent round in a circle, last to {address.AbsolutePath}.");
    }

    private void Keep(Dictionary<string, string> jar, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var set))
            return;
        foreach (var cookie in set)
        {
            SetCookies.Add(cookie);
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
                jar.Remove(pair[0]);
            else
                jar[pair[0]] = pair[1];
        }
    }

    public void Dispose()
    {
        product.Dispose();
        elsewhere.Dispose();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacesOf();
}
