using CasePlanning.Domain.Kernel;
using Xunit;

namespace CasePlanning.Domain.Tests;

/// <summary>How a test says which rule stood in the way.</summary>
internal static class Rules
{
    /// <summary>Passes when the act is refused, and by this rule and no other.</summary>
    public static BrokenRule AssertBroken(NamedRule rule, Action act)
    {
        var broken = Assert.Throws<BrokenRule>(act);
        Assert.Equal(rule, broken.Rule);
        return broken;
    }

    /// <summary>The same for something that cannot be made.</summary>
    public static BrokenRule AssertBroken(NamedRule rule, Func<object> make) => AssertBroken(rule, () => { make(); });

    /// <summary>Lets an act of a random sequence be refused, and says whether it was.</summary>
    public static bool Refuse(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (BrokenRule)
        {
            return true;
        }
    }
}
