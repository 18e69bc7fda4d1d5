using CasePlanning.Domain.KnowWho;
using Xunit;

namespace CasePlanning.Domain.Tests.KnowWho;

public sealed class ExpertiseEntryTests
{
    private static readonly DateOnly Confirmed = new(2026, 4, 1);

    [Fact]
    public void The_offer_and_the_area_are_searched_and_the_limits_are_not()
    {
        var entry = Entry();
        Assert.Contains("bullying", entry.Searchable, StringComparison.Ordinal);
        Assert.Contains("thornmere", entry.Searchable, StringComparison.Ordinal);
        Assert.DoesNotContain("sleep", entry.Searchable, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(entry.Searchable.ToLowerInvariant(), entry.Searchable);
        Assert.Equal("No sleep work", entry.CannotDo);
    }

    [Theory]
    [InlineData(180, false)]
    [InlineData(181, true)]
    public void An_entry_is_stale_when_more_than_180_days_have_gone_without_confirmation(int days, bool stale) =>
        Assert.Equal(stale, Entry().IsStale(Confirmed.AddDays(days)));

    [Fact]
    public void To_confirm_it_makes_it_fresh()
    {
        var entry = Entry();
        entry.Confirm("Bullying", "Sleep", 5, 16, "Thornmere", "By phone", Confirmed.AddDays(181));
        Assert.False(entry.IsStale(Confirmed.AddDays(181)));
    }

    private static ExpertiseEntry Entry()
    {
        var entry = new ExpertiseEntry(Guid.NewGuid());
        entry.Confirm("Bullying, Transition", "No sleep work", 5, 16, "Thornmere North", "By phone on Mondays", Confirmed);
        return entry;
    }
}
