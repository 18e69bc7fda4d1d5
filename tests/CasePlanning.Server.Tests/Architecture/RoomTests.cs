using System.Xml.Linq;
using ArchUnitNET.Domain;
using CasePlanning.Application;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Support;
using Xunit;
using Type = System.Type;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>The rooms of the house and the arrows between them. The domain is used by all and uses none.</summary>
public sealed class RoomTests
{
    private const string Api = House.Server + ".Api";
    private const string Pages = House.Server + ".Pages";

    /// <summary>The rooms of the application that its features share.</summary>
    private static readonly string[] Shared = ["Accounts", "Mail", "Pipeline", "Ports", "Reading"];

    private static readonly string[] Features =
    [
        .. typeof(ApplicationRegistration).Assembly.GetTypes().Select(t => t.Namespace ?? "")
            .Where(n => n.StartsWith(House.Application + ".", StringComparison.Ordinal)).Select(n => n.Split('.')[2])
            .Distinct().Except(Shared).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData(House.Domain)]
    [InlineData(House.Application)]
    [InlineData(House.Infrastructure)]
    [InlineData(House.MigrationsSqlite)]
    [InlineData(House.MigrationsSqlServer)]
    [InlineData(House.Server)]
    [InlineData(Api)]
    public void There_is_somebody_in_the_room(string room) => Assert.True(House.HasTypesIn(room));

    [Theory]
    [InlineData(House.Domain, House.Application, House.Infrastructure, House.MigrationsSqlite, House.MigrationsSqlServer, House.Server)]
    [InlineData(House.Application, House.Infrastructure, House.MigrationsSqlite, House.MigrationsSqlServer, House.Server)]
    [InlineData(House.Infrastructure, House.MigrationsSqlite, House.MigrationsSqlServer, House.Server)]
    [InlineData(House.MigrationsSqlite, House.MigrationsSqlServer, House.Server)]
    [InlineData(House.MigrationsSqlServer, House.MigrationsSqlite, House.Server)]
    // The file that starts the server stands in no room, and is the one place that joins these.
    [InlineData(House.Server, House.Infrastructure, House.MigrationsSqlite, House.MigrationsSqlServer)]
    [InlineData(Api, Pages)]
    [InlineData(Pages, Api)]
    public void A_room_does_not_use(string room, params string[] others) =>
        Found.Nothing(House.Uses((user, used) => user.IsIn(room) && others.Any(used.IsIn)));

    [Fact]
    public void The_domain_needs_no_package_and_no_framework()
    {
        Found.Nothing(UsedBy(typeof(Plan)).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)));
        var project = XDocument.Load(SourceFiles.At("src/CasePlanning.Domain/CasePlanning.Domain.csproj"));
        Found.Nothing(project.Descendants().Where(e => e.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)).Select(e => e.ToString()));
    }

    [Fact]
    public void The_application_knows_neither_the_web_nor_a_database_product()
    {
        string[] unwanted = ["Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sql"];
        Found.Nothing(UsedBy(typeof(ApplicationRegistration)).Where(name => unwanted.Any(u => name.StartsWith(u, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_feature_uses_no_other_feature()
    {
        Assert.Equal(["Administration", "Contributions", "Feed", "Journal", "KnowWho", "Plans", "Reviews", "Sharing"], Features);
        Found.Nothing(House.Uses((user, used) => FeatureOf(user) is { } own && FeatureOf(used) is { } other && own != other));
    }

    [Fact]
    public void What_features_share_knows_none_of_them() =>
        Found.Nothing(House.Uses((user, used) => Shared.Any(s => user.IsIn($"{House.Application}.{s}")) && FeatureOf(used) is not null));

    private static IEnumerable<string> UsedBy(Type ofAssembly) => ofAssembly.Assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static string? FeatureOf(IType type) => Features.FirstOrDefault(f => type.IsIn($"{House.Application}.{f}"));
}
