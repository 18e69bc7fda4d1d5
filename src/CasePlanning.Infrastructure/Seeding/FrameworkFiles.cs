using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CasePlanning.Application;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Infrastructure.Seeding;

/// <summary>
/// The frameworks that plans can be structured by: those shipped in <c>Seeding/frameworks</c> and those an installation adds as
/// <c>frameworks/*.json</c> in its data directory. A new one needs no code.
/// </summary>
public static partial class FrameworkFiles
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="StartRefused">A file is faulty; the message names the file and the fault.</exception>
    public static IReadOnlyList<Framework> Read(string dataDirectory)
    {
        var frameworks = new List<Framework>();
        foreach (var (file, json) in Shipped().Concat(Added(dataDirectory)))
        {
            var framework = Parse(file, json);
            if (frameworks.Any(other => other.Code == framework.Code))
                throw Fault(file, $"the code '{framework.Code}' is taken by another framework");
            frameworks.Add(framework);
        }

        return frameworks;
    }

    private static IEnumerable<(string File, string Json)> Shipped()
    {
        var assembly = typeof(FrameworkFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }

    private static IEnumerable<(string File, string Json)> Added(string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "frameworks");
        return Directory.Exists(directory)
            ? Directory.GetFiles(directory, "*.json").Order().Select(file => (file, File.ReadAllText(file)))
            : [];
    }

    private static Framework Parse(string file, string json)
    {
        FrameworkFile content;
        try
        {
            content = JsonSerializer.Deserialize<FrameworkFile>(json, Strict) ?? throw Fault(file, "it is empty");
        }
        catch (JsonException fault)
        {
            throw Fault(file, fault.Message);
        }

        RequireCode(file, "code", content.Code);
        RequireName(file, "name", content.Name);
        if (content.Outcomes.Count == 0)
            throw Fault(file, "it has no outcomes");
        var outcomes = content.Outcomes.Select(outcome => Parse(file, outcome)).ToList();
        if (outcomes.DistinctBy(outcome => outcome.Code).Count() != outcomes.Count)
            throw Fault(file, "two outcomes have the same code");
        return new Framework(content.Code, content.Name, outcomes);
    }

    private static Outcome Parse(string file, OutcomeInFile? outcome)
    {
        if (outcome is null)
            throw Fault(file, "an outcome is null");
        RequireCode(file, "the code of an outcome", outcome.Code);
        RequireName(file, $"the name of '{outcome.Code}'", outcome.Name);
        RequireName(file, $"the childName of '{outcome.Code}'", outcome.ChildName);
        if (outcome.Aims.Any(string.IsNullOrWhiteSpace))
            throw Fault(file, $"an aim of '{outcome.Code}' is blank");
        return new Outcome(outcome.Code, outcome.Name, outcome.ChildName, outcome.Aims);
    }

    private static void RequireCode(string file, string what, string value)
    {
        if (value.Length > Framework.CodeLength || !CodeShape().IsMatch(value))
            throw Fault(file, $"{what} must be lower-case words joined by hyphens, at most {Framework.CodeLength} characters");
    }

    private static void RequireName(string file, string what, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > Framework.NameLength)
            throw Fault(file, $"{what} must have 1 to {Framework.NameLength} characters");
    }

    private static StartRefused Fault(string file, string fault) => new($"The framework file {file} cannot be used: {fault}.");

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape();

    private sealed record FrameworkFile(string Code, string Name, IReadOnlyList<OutcomeInFile?> Outcomes);

    private sealed record OutcomeInFile(string Code, string Name, string ChildName, IReadOnlyList<string> Aims);
}
