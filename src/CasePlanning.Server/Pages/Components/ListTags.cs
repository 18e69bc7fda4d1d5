using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CasePlanning.Server.Pages.Components;

/// <summary>A component of parts that are tags between its own.</summary>
public abstract class ListTag<T> : TagHelper
    where T : class
{
    public string? Classes { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = new List<T>();
        context.Items[typeof(T)] = parts;
        await output.GetChildContentAsync();
        output.BecomeOnly(Of(parts));
    }

    protected abstract IHtmlContent Of(IReadOnlyList<T> parts);
}

/// <summary>One part of the list round it.</summary>
public abstract class PartTag<T> : TagHelper
    where T : class
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (Of(await output.GetChildContentAsync()) is { } part)
            ((List<T>)context.Items[typeof(T)]).Add(part);
        output.SuppressOutput();
    }

    protected abstract T? Of(IHtmlContent content);
}

[HtmlTargetElement("govuk-summary-list")]
public sealed class SummaryListTag : ListTag<SummaryRow>
{
    protected override IHtmlContent Of(IReadOnlyList<SummaryRow> parts) => new SummaryList { Rows = parts, Classes = Classes };
}

/// <summary><c>&lt;govuk-row key="School" action="Change" href="…"&gt;Larkmoor Academy&lt;/govuk-row&gt;</c>: the link is read out with the key.</summary>
[HtmlTargetElement("govuk-row", Attributes = "key")]
public sealed class SummaryRowTag : PartTag<SummaryRow>
{
    public string Key { get; set; } = "";

    public string? Action { get; set; }

    public string? Href { get; set; }

    protected override SummaryRow Of(IHtmlContent content) => new()
    {
        Key = new Words { Text = Key },
        Value = new Words { Html = content },
        Actions = Href is null ? null : new SummaryActions
        {
            Items = [new SummaryAction { Href = Href, Text = Action ?? "Change", VisuallyHiddenText = char.ToLowerInvariant(Key[0]) + Key[1..] }],
        },
    };
}

[HtmlTargetElement("govuk-breadcrumbs")]
public sealed class BreadcrumbsTag : ListTag<Link>
{
    protected override IHtmlContent Of(IReadOnlyList<Link> parts) => new Breadcrumbs { Items = parts, Classes = Classes, CollapseOnMobile = true };
}

/// <summary>A step of the way here; without <c>href</c>, here.</summary>
[HtmlTargetElement("govuk-crumb")]
public sealed class CrumbTag : PartTag<Link>
{
    public string? Href { get; set; }

    protected override Link Of(IHtmlContent content) => new() { Href = Href, Html = content };
}

/// <summary>The navigation of the product; <c>end</c> stands at its end.</summary>
[HtmlTargetElement("govuk-service-navigation")]
public sealed class ServiceNavigationTag : ListTag<NavigationItem>
{
    public string Label { get; set; } = "Menu";

    public IHtmlContent? End { get; set; }

    protected override IHtmlContent Of(IReadOnlyList<NavigationItem> parts) => new ServiceNavigation
    {
        Navigation = parts,
        NavigationLabel = Label,
        Classes = Classes,
        Slots = End is null ? null : new NavigationSlots { End = new EndSlot { Html = End, Align = "inline" } },
    };
}

/// <summary>Leads to a Razor page by its name, <c>page="/MyWork"</c>; when there is no such page, there is no such item.</summary>
[HtmlTargetElement("govuk-navigation-item", Attributes = "page")]
public sealed class NavigationItemTag(IUrlHelperFactory urls) : PartTag<NavigationItem>
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public string Page { get; set; } = "";

    /// <summary>Addresses that begin so are within this part of the product.</summary>
    public string? Within { get; set; }

    protected override NavigationItem? Of(IHtmlContent content)
    {
        if (urls.GetUrlHelper(ViewContext).Page(Page) is not { } address)
            return null;
        var here = ViewContext.HttpContext.Request.Path;
        var isHere = here == new PathString(address);
        return new NavigationItem
        {
            Href = address,
            Html = content,
            Current = isHere,
            Active = !isHere && Within is not null && here.StartsWithSegments(Within, StringComparison.OrdinalIgnoreCase),
        };
    }
}
