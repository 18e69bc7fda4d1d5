using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// Somebody with a browser that runs no script: keeps each host's cookies, follows redirects from host to host, and fills in
/// forms. It stops where nobody answers, as at the redirect address of a client.
/// </summary>
public sealed class Visitor(HttpClient product) : IDisposable
{
    private readonly Dictionary<string, Dictionary<string, string>> cookies = [];
    private readonly HttpClient elsewhere = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>The cookies as they were set, attributes included.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<Uri> Passed { get; } = [];

    public Uri At { get; private set; } = product.BaseAddress!;

    public HttpStatusCode Status { get; private set; }

    public string Html { get; private set; } = "";

    /// <summary>Where the answer wants to send the visitor; null when it does not, or they have been there.</summary>
    public Uri? Towards { get; private set; }

    public string Title => new HtmlParser().ParseDocument(Html).QuerySelector("h1")?.TextContent.Trim() ?? "";

    public string? Alert => new HtmlParser().ParseDocument(Html).QuerySelector("[role=alert]")?.TextContent;

    public IHtmlDocument Document => new HtmlParser().ParseDocument(Html);

    public bool HasCookie(string part) => cookies.Values.Any(jar => jar.Keys.Any(name => name.Contains(part, StringComparison.Ordinal)));

    public Task<Visitor> Get(string address) => Send(HttpMethod.Get, new Uri(At, address), null);

    /// <summary>Fills in the form of the page and sends it.</summary>
    public Task<Visitor> Submit(params (string Name, string Value)[] fields)
    {
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(Document.QuerySelector("form"));
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>()
            .Select(i => KeyValuePair.Create(i.Name!, i.Value)).ToList();
        values.AddRange(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        var action = form.GetAttribute("action") is { Length: > 0 } given ? new Uri(At, given) : At;
        return Post(action, values);
    }

    public Task<Visitor> Post(Uri address, IEnumerable<KeyValuePair<string, string>> values) =>
        Send(HttpMethod.Post, address, new FormUrlEncodedContent(values));

    /// <summary>The query of where they are sent or are.</summary>
    public string? Query(string name) =>
        System.Web.HttpUtility.ParseQueryString((Towards ?? At).Query)[name];

    private async Task<Visitor> Send(HttpMethod method, Uri address, HttpContent? content)
    {
        for (var redirects = 0; redirects < 20; redirects++)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            var jar = cookies.TryGetValue(address.Authority, out var kept) ? kept : cookies[address.Authority] = [];
            if (jar.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", jar.Select(c => $"{c.Key}={c.Value}")));
            var http = address.Authority == product.BaseAddress!.Authority ? product : elsewhere;
            using var response = await http.SendAsync(request);
            Keep(jar, response);
            Passed.Add(address);
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
}
