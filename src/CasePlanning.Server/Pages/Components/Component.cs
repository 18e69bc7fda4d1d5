using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CasePlanning.Server.Pages.Components;

/// <summary>
/// A piece of page from govuk-frontend: its options are those of the package's macro of the same name, and what it writes equals
/// what the macro writes (a test compares them with the package's own fixtures). Text is always encoded; <c>Html</c> options take
/// content that is encoded already. Pages write it as a tag (<c>&lt;govuk-button&gt;</c>) or as <c>@(new Button { Text = … })</c>.
/// </summary>
public abstract record Component : IHtmlContent
{
    public string? Classes { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => Build().WriteTo(writer, encoder);

    protected abstract IHtmlContent Build();

    /// <summary>An element; of its content, text is encoded and nulls are left out.</summary>
    protected static TagBuilder Element(string name, string? classes, params IEnumerable<object?> content)
    {
        var element = new TagBuilder(name);
        if (!string.IsNullOrEmpty(classes))
            element.Attributes["class"] = classes;
        foreach (var part in content)
        {
            if (part is IHtmlContent html)
                element.InnerHtml.AppendHtml(html);
            else if (part is string text)
                element.InnerHtml.Append(text);
        }

        if (name is "input")
            element.TagRenderMode = TagRenderMode.SelfClosing;
        return element;
    }

    /// <summary>One thing after another.</summary>
    protected static IHtmlContent Several(params IEnumerable<IHtmlContent?> parts)
    {
        var all = new HtmlContentBuilder();
        foreach (var part in parts.OfType<IHtmlContent>())
            all.AppendHtml(part);
        return all;
    }

    /// <summary>The component's class, with variants that apply and the caller's own.</summary>
    protected static string Class(params IEnumerable<string?> classes) => string.Join(' ', classes.Where(c => !string.IsNullOrEmpty(c)));

    /// <summary>Ids in one attribute; null when there is none.</summary>
    protected static string? Ids(params IEnumerable<string?> ids) => Class(ids) is { Length: > 0 } all ? all : null;
}

/// <summary>An element's attributes, in a row.</summary>
internal static class Attributed
{
    /// <summary>Sets an attribute unless there is nothing to say.</summary>
    public static TagBuilder With(this TagBuilder element, string name, string? value)
    {
        if (value is not null)
            element.Attributes[name] = value;
        return element;
    }

    public static TagBuilder With(this TagBuilder element, string name, bool? value) =>
        value is { } given ? element.With(name, given ? "true" : "false") : element;

    /// <summary>An attribute that says something by being there.</summary>
    public static TagBuilder Flag(this TagBuilder element, string name, bool isSet) => isSet ? element.With(name, "") : element;

    public static TagBuilder With(this TagBuilder element, IReadOnlyDictionary<string, string>? attributes)
    {
        foreach (var (name, value) in attributes ?? new Dictionary<string, string>())
            element.Attributes[name] = value;
        return element;
    }
}

/// <summary>A component that shows one text.</summary>
public abstract record TextComponent : Component
{
    public string? Text { get; init; }

    /// <summary>In place of the text: content that is encoded already.</summary>
    public IHtmlContent? Html { get; init; }

    protected object? Content => Html ?? (object?)Text;
}

/// <summary>Text with a few classes: part of a larger component.</summary>
public record Words
{
    public string? Text { get; init; }

    public IHtmlContent? Html { get; init; }

    public string? Classes { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    internal object? Content => Html ?? (object?)Text;
}
