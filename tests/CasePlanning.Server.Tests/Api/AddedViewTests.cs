using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>Whoever adds a view is answered from what was written, without reading it again; a read must give the very same.</summary>
public sealed class AddedViewTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    [Fact]
    public async Task Is_answered_byte_for_byte_as_it_reads_afterwards()
    {
        using var imke = host.SignInAs("imke.sandover");
        using var system = host.Integrators.As(await host.Integrators.Register("Larkmoor Academy"));
        var plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString();
        var review = (await imke.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString();
        var team = (await imke.Get($"/plans/{plan}/participants?limit=100")).Items
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("id").GetString()!);
        var named = new { kind = "named", participants = new[] { team["Hamo Tresk"], team["Imke Sandover"] } };
        (ApiCaller By, object? Audience, string? Summary, string? For, string? AuthoredBy, bool InMeeting, bool Draft)[] views =
        [
            (imke, null, null, null, null, false, false),
            (imke, null, null, null, null, true, false),
            (imke, named, "In short.", null, null, false, false),
            (imke, new { kind = "sealed" }, null, null, null, false, false),
            (imke, null, null, team["Kezia"], null, false, false),
            (imke, named, "In short.", null, null, false, true),
            (imke, null, null, team["Kezia"], null, false, true),
            (system, null, null, null, team["Imke Sandover"], false, false),
            (system, named, "In short.", null, team["Imke Sandover"], false, false),
        ];
        foreach (var (by, audience, summary, onBehalfOf, authoredBy, saidInMeeting, draft) in views)
        {
            var added = (await by.Post($"/plans/{plan}/contributions", new
            {
                reviewId = review,
                outcome = "be-healthy",
                words = "She eats lunch again.\r\n“Every” day.",
                outlook = "mixed",
                audience,
                summary,
                onBehalfOf,
                authoredBy,
                saidInMeeting,
                draft,
            })).Expect(201);
            var read = (await by.Get($"/contributions/{added.Id}")).Expect(200);

            Assert.Equal(read.Text, added.Text);
            Assert.Equal(read.ETag, added.ETag);
        }
    }
}
