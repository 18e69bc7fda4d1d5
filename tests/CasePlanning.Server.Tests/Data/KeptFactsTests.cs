using CasePlanning.Application.Pipeline;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// What was found of a caller is asked for once, and anew as soon as it may be otherwise. That revocations count at once for real callers is
/// tested with them: BearerTests, LocalSignInTests, ConsoleVerbTests and the race of T18.
/// </summary>
public sealed class KeptFactsTests : IDisposable
{
    private readonly KeptFacts kept;
    private long beside;
    private int asked;
    private string? stored = "a participant";

    public KeptFactsTests() => kept = new KeptFacts(isToldOfEveryWrite: true, () => beside);

    public void Dispose() => kept.Dispose();

    [Fact]
    public async Task It_is_asked_for_once_and_each_question_by_itself()
    {
        Assert.Equal("a participant", await Ask("Imke"));
        Assert.Equal("a participant", await Ask("Imke"));
        Assert.Equal(1, asked);
        await Ask("Dominic");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task While_something_is_written_nothing_is_believed_and_nothing_is_kept()
    {
        await Ask("Imke");
        kept.Writing();
        kept.Writing();
        await Ask("Imke");
        await Ask("Imke");
        Assert.Equal(3, asked);
        kept.Written();
        stored = "somebody who has left";
        Assert.Equal("somebody who has left", await Ask("Imke"));
        Assert.Equal("somebody who has left", await Ask("Imke"));
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task What_was_read_before_a_write_and_comes_after_it_is_not_kept()
    {
        Assert.Equal("a participant", await kept.Of("Imke", (string _) => true, () =>
        {
            kept.Writing();
            kept.Written();
            return Task.FromResult(stored);
        }));
        stored = "somebody who has left";
        Assert.Equal("somebody who has left", await Ask("Imke"));
    }

    [Fact]
    public async Task A_commit_that_wrote_no_fact_changes_nothing()
    {
        await Ask("Imke");
        kept.Written();
        await Ask("Imke");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_another_process_writes_counts_too()
    {
        await Ask("Imke");
        beside++;
        await Ask("Imke");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task What_does_not_hold_any_more_is_asked_for_anew()
    {
        await Ask("Imke");
        await Ask("Imke", stillHolds: false);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task What_is_not_there_is_looked_for_each_time()
    {
        stored = null;
        Assert.Null(await Ask("Imke"));
        stored = "a participant";
        Assert.Equal("a participant", await Ask("Imke"));
    }

    [Fact]
    public async Task Where_others_write_unseen_nothing_is_kept()
    {
        using var shared = new KeptFacts(isToldOfEveryWrite: false, () => 0);
        for (var i = 0; i < 2; i++)
            await shared.Of("Imke", (string _) => true, Find);
        Assert.Equal(2, asked);
    }

    private async Task<string?> Ask(string who, bool stillHolds = true) => await kept.Of(who, (string _) => stillHolds, Find);

    private Task<string?> Find()
    {
        asked++;
        return Task.FromResult(stored);
    }
}
