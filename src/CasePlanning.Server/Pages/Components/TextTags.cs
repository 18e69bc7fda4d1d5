using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CasePlanning.Server.Pages.Components;

/// <summary>A component that shows what is between its tags.</summary>
public abstract class ContentTag : TagHelper
{
    public string? Classes { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var component = Around(await output.GetChildContentAsync());
        output.BecomeOnly(component with { Classes = Classed(component.Classes, Classes), Attributes = output.OtherAttributes() });
    }

    /// <summary>The component without what is the same for all: more classes, and attributes that no property takes.</summary>
    protected abstract Component Around(IHtmlContent content);

    private static string? Classed(params IEnumerable<string?> classes) =>
        string.Join(' ', classes.OfType<string>()) is { Length: > 0 } all ? all : null;
}

/// <summary><c>&lt;govuk-button&gt;Add my view&lt;/govuk-button&gt;</c>; with <c>href</c> a link that looks like one. A second press within a second is not sent.</summary>
[HtmlTargetElement("govuk-button")]
public sealed class ButtonTag : ContentTag
{
    public string? Name { get; set; }

    public string? Value { get; set; }

    public string? Id { get; set; }

    public string? Href { get; set; }

    public bool Secondary { get; set; }

    public bool Warning { get; set; }

    protected override Component Around(IHtmlContent content) => new Button
    {
        Html = content,
        Name = Name,
        Value = Value,
        Id = Id,
        Href = Href,
        PreventDoubleClick = Href is null ? true : null,
        Classes = Secondary ? "govuk-button--secondary" : Warning ? "govuk-button--warning" : null,
    };
}

/// <summary>A word of state. Colours are those of the package: grey, green, purple, teal, red, orange, yellow, magenta; blue without one.</summary>
[HtmlTargetElement("govuk-tag")]
public sealed class TagTag : ContentTag
{
    public string? Colour { get; set; }

    protected override Component Around(IHtmlContent content) =>
        new Tag { Html = content, Classes = string.IsNullOrEmpty(Colour) ? null : $"govuk-tag--{Colour}" };
}

[HtmlTargetElement("govuk-inset-text")]
public sealed class InsetTextTag : ContentTag
{
    protected override Component Around(IHtmlContent content) => new InsetText { Html = content };
}

[HtmlTargetElement("govuk-warning-text")]
public sealed class WarningTextTag : ContentTag
{
    protected override Component Around(IHtmlContent content) => new WarningText { Html = content };
}

[HtmlTargetElement("govuk-hint")]
public sealed class HintTag : ContentTag
{
    public string? Id { get; set; }

    protected override Component Around(IHtmlContent content) => new Hint { Html = content, Id = Id };
}

[HtmlTargetElement("govuk-back-link", Attributes = "href")]
public sealed class BackLinkTag : ContentTag
{
    public string Href { get; set; } = "";

    protected override Component Around(IHtmlContent content) => new BackLink { Html = content, Href = Href };
}

[HtmlTargetElement("govuk-skip-link", Attributes = "href")]
public sealed class SkipLinkTag : ContentTag
{
    public string Href { get; set; } = "";

    protected override Component Around(IHtmlContent content) => new SkipLink { Html = content, Href = Href };
}

[HtmlTargetElement("govuk-details", Attributes = "summary")]
public sealed class DetailsTag : ContentTag
{
    public string Summary { get; set; } = "";

    public string? Id { get; set; }

    public bool Open { get; set; }

    protected override Component Around(IHtmlContent content) =>
        new Details { SummaryText = Summary, Html = content, Id = Id, Open = Open };
}

/// <summary>Something to know before all else; <c>success</c> after something was done.</summary>
[HtmlTargetElement("govuk-notification-banner")]
public sealed class NotificationBannerTag : ContentTag
{
    public bool Success { get; set; }

    public string? Heading { get; set; }

    public string? Id { get; set; }

    protected override Component Around(IHtmlContent content) => new NotificationBanner
    {
        Type = Success ? "success" : null,
        TitleText = Heading,
        TitleId = Id ?? "govuk-notification-banner-title",
        Html = content,
    };
}

/// <summary>All that is wrong with a form, from its top down, each leading to its field; nothing when nothing is. The layout shows it on every page.</summary>
[HtmlTargetElement("govuk-error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTag : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = WrongFields.InOrder(ViewContext).SelectMany(field => field.Value.Errors.Select(error =>
            new ErrorItem { Text = error.ErrorMessage, Href = field.Key is "" ? null : $"#{FieldTag.IdOf(field.Key)}" })).ToList();
        output.BecomeOnly(errors.Count > 0 ? new ErrorSummary { TitleText = "There is a problem", ErrorList = errors } : null);
    }
}

/// <summary>What is wrong with the field of a name, where the field is no component.</summary>
[HtmlTargetElement("govuk-error-message", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorMessageTag : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public string For { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = WrongFields.Found(ViewContext, For);
        output.BecomeOnly(error is null ? null : error with { Id = $"{FieldTag.IdOf(For)}-error" });
    }
}
