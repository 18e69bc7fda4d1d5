using System.Reflection;
using System.Runtime.CompilerServices;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>What every type of the domain keeps to.</summary>
public sealed class DomainTests
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = [.. House.Types.Where(t => t.Assembly == typeof(Plan).Assembly)];

    /// <summary>State changes by acts that have names. A record's <c>init</c> is no change.</summary>
    [Fact]
    public void Nothing_is_set_from_outside()
    {
        var properties = Types.SelectMany(t => t.GetProperties(Own)).Where(p => p.SetMethod is { IsPublic: true } set && !IsInit(set));
        var fields = Types.Where(t => !t.IsEnum).SelectMany(t => t.GetFields(Own)).Where(f => f is { IsPublic: true, IsInitOnly: false, IsLiteral: false });
        Found.Nothing(properties.Concat<MemberInfo>(fields).Select(m => $"{m.DeclaringType!.Name}.{m.Name}"));
    }

    /// <summary>Rules decide; they wait for nothing.</summary>
    [Fact]
    public void Nothing_is_asynchronous()
    {
        var waiting = Types.SelectMany(t => t.GetMethods(Own))
            .Where(m => typeof(Task).IsAssignableFrom(m.ReturnType) || m.ReturnType.Name.StartsWith(nameof(ValueTask), StringComparison.Ordinal));
        Found.Nothing(waiting.Select(m => $"{m.DeclaringType!.Name}.{m.Name}"));
    }

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
