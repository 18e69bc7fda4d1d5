using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using CasePlanning.Server.Development;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Boot;

/// <summary>What makes the product easy to try is not switched off in a Release build: it is not in it.</summary>
[Collection(ReleaseBuild.Name)]
public sealed class ReleaseContentTests(ReleaseBuild release)
{
    private static readonly string[] Secrets = [DemoClient.ClientId, DemoClient.Secret, "--as somebody", "Perrin Stallworthy", "Lettice Umber"];

    [Fact]
    public void No_type_of_it_is_for_Development_or_the_demo()
    {
        var types = Ours(release.Directory).SelectMany(TypesOf).ToList();
        Assert.Contains("CasePlanning.Server.Identity.KeyFiles", types);
        Found.Nothing(types.Where(IsForTrying));
    }

    [Fact]
    public void No_text_of_it_is_a_secret_that_everybody_knows() => Found.Nothing(Ours(release.Directory).SelectMany(SecretsIn));

    /// <summary>Half of its start would be compiling, and nobody would see why.</summary>
    [Fact]
    public void What_it_starts_with_is_compiled_ahead() => Found.Nothing(new[]
    {
        "CasePlanning.Server", "CasePlanning.Application", "CasePlanning.Domain", "CasePlanning.Infrastructure", "Microsoft.EntityFrameworkCore",
        "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.Data.Sqlite", "OpenIddict.Server", "MediatR", "FluentValidation",
    }.Where(name => !IsCompiled(Path.Combine(release.Directory, $"{name}.dll"))));

    /// <summary>DECISIONS 67. A name in the project file that the SDK does not know goes unnoticed, and costs 100 MB.</summary>
    [Fact]
    public void Its_memory_is_collected_as_on_a_desktop()
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(release.Directory, "CasePlanning.Server.runtimeconfig.json")));
        Assert.False(settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.GC.Server").GetBoolean());
    }

    /// <summary>The build that developers run has all of it, so these tests can tell.</summary>
    [Fact]
    public void In_the_build_for_developers_they_are_found()
    {
        var here = Ours(AppContext.BaseDirectory).ToList();
        foreach (var type in new[] { typeof(DemoClient), typeof(DevelopmentTokens), typeof(TokenVerb) })
            Assert.Contains(type.FullName!, here.SelectMany(TypesOf).Where(IsForTrying));
        Assert.Equal(Secrets.Length, here.SelectMany(SecretsIn).Distinct().Count());
    }

    private static IEnumerable<string> Ours(string directory) =>
        Directory.GetFiles(directory, "CasePlanning.*.dll").Where(file => !file.EndsWith("Tests.dll", StringComparison.Ordinal));

    private static bool IsForTrying(string type) =>
        type.Contains(".Development.", StringComparison.Ordinal) || type.Split('.', '+')[^1].StartsWith("Demo", StringComparison.Ordinal);

    private static bool IsCompiled(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        return assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static List<string> TypesOf(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        var metadata = assembly.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")];
    }

    private static IEnumerable<string> SecretsIn(string file)
    {
        // Texts of a program are kept as UTF-16, those of its resources mostly as UTF-8.
        var bytes = File.ReadAllBytes(file);
        return Secrets.Where(secret => Has(bytes, Encoding.Unicode.GetBytes(secret)) || Has(bytes, Encoding.UTF8.GetBytes(secret)));
    }

    private static bool Has(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;
}
