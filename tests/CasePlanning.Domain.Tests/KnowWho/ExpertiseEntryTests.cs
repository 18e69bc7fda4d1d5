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
        Assert.Equal(["bullying", "north", "thornmere", "transition"], entry.Words.Order(StringComparer.Ordinal));
        Assert.Equal("No sleep work", entry.CannotDo);
        Assert.Equal(entry.Words, ExpertiseWord.Of(entry).Select(w => w.Word).ToHashSet());
    }

    [Theory]
    [InlineData("bullying thornmere", true)]
    [InlineData("bull thorn", true)]
    [InlineData("bullying sleep", false)]
    [InlineData("ullying", false)]
    [InlineData("", true)]
    public void An_entry_fits_when_every_word_begins_one_of_its_own(string need, bool fits) =>
        Assert.Equal(fits, Entry().Fits(ExpertiseWord.AllIn(need)));

    [Theory]
    [InlineData("Won't go on the BUS", "wont,go,on,the,bus")]
    [InlineData("children’s self-harm; A&E", "childrens,self,harm,a,e")]
    [InlineData("Zoë Ångström 2nd", "zoë,ångström,2nd")]
    [InlineData("' – ...", "")]
    public void Words_are_letters_and_digits_in_lower_case(string text, string words) => Assert.Equal(words, string.Join(',', ExpertiseWord.AllIn(text)));

    [Fact]
    public void Of_a_long_word_the_beginning_is_kept()
    {
        var word = Assert.Single(ExpertiseWord.AllIn(new string('a', 60)));
        Assert.Equal(ExpertiseWord.Length, word.Length);
    }

    [Theory]
    [InlineData("sleep", "sleepy", true)]
    [InlineData("sleep", "sleep", true)]
    [InlineData("sleep", "sleeves", false)]
    [InlineData("zoë", "zoës", true)]
    public void All_words_with_a_beginning_come_before_what_comes_after_it(string beginning, string word, bool hasIt)
    {
        Assert.True(string.CompareOrdinal(beginning, word) <= 0);
        Assert.Equal(hasIt, string.CompareOrdinal(word, ExpertiseWord.After(beginning)) < 0);
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
