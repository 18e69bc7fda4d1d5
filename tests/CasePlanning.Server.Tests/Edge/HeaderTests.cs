using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>
/// What each kind of answer says to browsers, as read and agreed by people in <c>headers.txt</c>. Written anew, to be read again,
/// with <c>WRITE_HEADERS=1</c>.
/// </summary>
public sealed partial class HeaderTests(ITestOutputHelper output)
{
    private const string Place = "tests/CasePlanning.Server.Tests/Edge/headers.txt";

    /// <summary>These say how much there is and when; that is looked at elsewhere.</summary>
    private static readonly string[] Unlooked = ["Date", "Content-Length", "Transfer-Encoding"];

    private static readonly string[] OnEveryAnswer =
    [
        "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy",
        "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "X-Request-Id", "Cache-Control",
    ];

    private static readonly string[] OnNone = ["Server", "X-Powered-By", "Access-Control-Allow-Origin"];

    [Fact]
    public async Task Every_kind_of_answer_has_the_headers_agreed()
    {
        await using var host = new PlanningHost { Environment = "Production" };
        await host.InitializeAsync();
        var cast = await OneOfEverything.Gather(host);
        var one = await OneOfEverything.For(cast);
        using var hamo = host.SignInAs("hamo");
        using var stranger = host.CreateClient(new() { AllowAutoRedirect = false });

        var told = new StringBuilder();
        var faults = new List<string>();
        await Ask("an answer of the API", "/api/v1/me", signedIn: true);
        await Ask("a list", "/api/v1/plans", signedIn: true);
        await Ask("a refusal of the API", "/api/v1/me");
        await Ask("something that is not there", $"/api/v1/plans/{Guid.NewGuid()}", signedIn: true);
        await Ask("something that the caller may not do", $"/api/v1/audit/entries?plan={one.Plan}", signedIn: true);
        await Ask("a bad request", "/api/v1/plans?limit=none", signedIn: true);
        await Ask("a wrong method", "/api/v1/me", HttpMethod.Delete, signedIn: true);
        await Ask("an address that is none", "/nowhere");
        await Ask("a token refused", "/connect/token", HttpMethod.Post);
        await Ask("what the issuer says of itself", "/.well-known/openid-configuration");
        await Ask("the journal's key", "/.well-known/journal-key");
        await Ask("a page", "/sign-in");
        await Ask("a page for somebody else", "/sign-in/second-factor");
        await Ask("what stands in without a connection", "/worker.js");
        await Ask("a page about a problem", "/problems/request-too-many");
        await Ask("the API description", "/swagger/v1/swagger.json");
        await Ask("the page to try the API", "/swagger/index.html");
        await Ask("a script of that page", "/swagger/swagger-ui-bundle.js");
        await Ask("health", "/health/live");

        if (Environment.GetEnvironmentVariable("WRITE_HEADERS") == "1")
            await File.WriteAllTextAsync(SourceFiles.At(Place), told.ToString());
        Found.Nothing(faults);
        Assert.Equal(await File.ReadAllTextAsync(SourceFiles.At(Place)), told.ToString());
        output.WriteLine($"Headers: {Kinds().Count(told.ToString())} kinds of answer are as agreed.");

        async Task Ask(string what, string address, HttpMethod? method = null, bool signedIn = false)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, $"https://localhost{address}");
            using var answer = await (signedIn ? hamo.Http : stranger).SendAsync(request);
            var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            faults.AddRange(OnEveryAnswer.Where(name => !headers.ContainsKey(name)).Select(name => $"{what} has no {name}"));
            faults.AddRange(OnNone.Where(headers.ContainsKey).Select(name => $"{what} has {name}"));
            told.Append(CultureInfo.InvariantCulture, $"{what}: {method ?? HttpMethod.Get} {address.Split('?')[0].Split("plans/")[0]} {(int)answer.StatusCode}\n");
            foreach (var (name, value) in headers.Where(h => !Unlooked.Contains(h.Key)).OrderBy(h => h.Key, StringComparer.Ordinal))
                told.Append(CultureInfo.InvariantCulture, $"    {name}: {Plain(name, value)}\n");
            told.Append('\n');
        }
    }

    /// <summary>Without what differs each time.</summary>
    private static string Plain(string name, string value) => name.ToLowerInvariant() switch
    {
        "x-request-id" or "etag" or "last-modified" => "…",
        "set-cookie" => CookieValue().Replace(value, "=…;"),
        _ => Numbers().Replace(value, "$1…"),
    };

    [GeneratedRegex("=[^;,=]+;")]
    private static partial Regex CookieValue();

    [GeneratedRegex("(;[rt]=)\\d+")]
    private static partial Regex Numbers();

    [GeneratedRegex("^\\S", RegexOptions.Multiline)]
    private static partial Regex Kinds();
}
