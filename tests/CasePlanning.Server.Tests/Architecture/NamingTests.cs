using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

public sealed class NamingTests
{
    /// <summary>Such a name says that nobody knew what the type is for.</summary>
    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Service"];
        Found.Nothing(House.Types.Select(t => t.Name.Split('`')[0]).Where(name => empty.Any(e => name.EndsWith(e, StringComparison.Ordinal))));
    }
}
