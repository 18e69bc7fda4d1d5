using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using CasePlanning.Application;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>The compiled product, and which of its types use which.</summary>
internal static class House
{
    public const string Domain = "CasePlanning.Domain";
    public const string Application = "CasePlanning.Application";
    public const string Infrastructure = "CasePlanning.Infrastructure";
    public const string MigrationsSqlite = "CasePlanning.Migrations.Sqlite";
    public const string MigrationsSqlServer = "CasePlanning.Migrations.SqlServer";
    public const string Server = "CasePlanning.Server";

    private static readonly IReadOnlyList<IType> Compiled =
    [
        .. new ArchLoader().LoadAssemblies(
            typeof(Plan).Assembly, typeof(ApplicationRegistration).Assembly, typeof(Registration).Assembly,
            Assembly.Load(MigrationsSqlite), Assembly.Load(MigrationsSqlServer),
            typeof(Program).Assembly).Build().Types,
    ];

    /// <summary>Every type of our own, as it is written: what the compiler adds belongs to the type it was added to.</summary>
    public static IEnumerable<Type> Types { get; } =
        new[] { typeof(Plan), typeof(ApplicationRegistration), typeof(Registration), typeof(Program) }
            .SelectMany(t => t.Assembly.GetTypes())
            .Where(t => !t.Name.Contains('<', StringComparison.Ordinal) && t.FullName!.StartsWith("CasePlanning.", StringComparison.Ordinal));

    /// <summary>The types of a room, its smaller rooms included.</summary>
    public static bool IsIn(this IType type, string room) =>
        type.Namespace?.FullName is { } name && (name == room || name.StartsWith(room + ".", StringComparison.Ordinal));

    public static bool HasTypesIn(string room) => Compiled.Any(t => t.IsIn(room));

    /// <summary>Each use of one type by another of which <paramref name="isOne"/> says so, as <c>user → used</c>.</summary>
    public static IEnumerable<string> Uses(Func<IType, IType, bool> isOne) =>
        Compiled.SelectMany(user => user.Dependencies.Select(d => d.Target).Where(used => !used.Equals(user) && isOne(user, used))
                .Select(used => $"{user.FullName} → {used.FullName}"))
            .Distinct();
}
