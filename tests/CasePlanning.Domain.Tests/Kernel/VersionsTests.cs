using CasePlanning.Domain.Kernel;
using Xunit;

namespace CasePlanning.Domain.Tests.Kernel;

public sealed class VersionsTests
{
    [Fact]
    public void Whoever_has_read_the_stored_version_may_write()
    {
        var plan = new Shared(3);
        Assert.Same(plan, plan.AsReadAt(3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Whoever_has_read_another_version_is_told_the_current_one(int read) =>
        Assert.Equal(3, Assert.Throws<StaleVersion>(() => new Shared(3).AsReadAt(read)).Current);

    [Fact]
    public void Ids_are_of_version_7_and_sort_by_the_time_they_were_made()
    {
        var earlier = Ids.New(KeziasPlan.Begin);
        var later = Ids.New(KeziasPlan.MeetingAt);
        Assert.Equal(7, earlier.Version);
        Assert.True(earlier.CompareTo(later) < 0);
    }

    private sealed record Shared(int Version) : IVersioned;
}
