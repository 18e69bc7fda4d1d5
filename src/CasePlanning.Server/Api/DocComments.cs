using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CasePlanning.Server.Api;

/// <summary>
/// The doc comments of our own types, which the compiler writes beside each assembly: what they say of a view or a body is what
/// integrators read.
/// </summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<Assembly> read = [];

    public string? Of(Type type) => Text(Member($"T:{NameOf(type)}", type)?.Element("summary"));

    /// <summary>A record's member may be described where it is declared or as a parameter of the record.</summary>
    public string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Text(Member($"P:{NameOf(type)}.{property.Name}", type)?.Element("summary"))
            ?? Text(Member($"T:{NameOf(type)}", type)?.Elements("param")
                .FirstOrDefault(p => (string?)p.Attribute("name") == property.Name));
    }

    private XElement? Member(string name, Type type)
    {
        if (read.Add(type.Assembly) && type.Assembly.GetName().Name!.StartsWith("CasePlanning.", StringComparison.Ordinal))
            Read(Path.ChangeExtension(type.Assembly.Location, ".xml"));
        return members.GetValueOrDefault(name);
    }

    private void Read(string file)
    {
        foreach (var member in XDocument.Load(file).Descendants("member"))
            members[(string)member.Attribute("name")!] = member;
    }

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    /// <summary>The words of a comment: a reference reads as the last part of what it refers to.</summary>
    private static string? Text(XElement? comment)
    {
        if (comment is null)
            return null;
        var words = comment.Nodes().Select(node => node switch
        {
            XElement element when element.Attribute("cref") is { } reference => $"`{reference.Value.Split('.', ':')[^1]}`",
            XElement element when element.Attribute("name") is { } parameter => $"`{parameter.Value}`",
            XElement element => $"`{element.Value}`",
            _ => node.ToString(),
        });
        return Space().Replace(System.Net.WebUtility.HtmlDecode(string.Concat(words)), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
