using Xunit;

namespace CasePlanning.Server.Tests.Support;

/// <summary>Tests that look back on the whole run: xunit runs collections that allow no parallel ones when those have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterAllOthers
{
    public const string Name = "After all others";
}
