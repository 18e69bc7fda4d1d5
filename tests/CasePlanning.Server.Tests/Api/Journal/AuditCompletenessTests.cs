using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Journal;

/// <summary>Each host of the whole run compared its journal with what its callers saw, when it ended; here is how much that was.</summary>
[Collection(AfterAllOthers.Name)]
public sealed class AuditCompletenessTests(ITestOutputHelper output)
{
    [Fact]
    public void What_was_shown_or_refused_in_the_whole_run_was_compared_with_the_journal()
    {
        output.WriteLine(RecordedCalls.Figures);
        TestContext.Current.SendDiagnosticMessage(RecordedCalls.Figures);
    }

    [Fact]
    public async Task A_look_that_is_not_journaled_is_found()
    {
        await using var host = new PlanningHost { ComparesJournal = false, Replace = s => s.AddSingleton<Application.Ports.IJournal, Nothing>() };
        using var hamo = host.SignInAs("hamo.tresk");
        (await hamo.Get("/plans")).Expect(200);
        Assert.Single((await host.Calls.Compare(host.Services)).Faults);
    }

    private sealed class Nothing : Application.Ports.IJournal
    {
        public Task Record(Domain.Journal.JournalEntry entry, CancellationToken cancellation) => Task.CompletedTask;
    }
}
