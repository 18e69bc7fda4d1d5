using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CasePlanning.Server.Pages.Components;

public sealed record SummaryList : Component
{
    public IReadOnlyList<SummaryRow?> Rows { get; init; } = [];

    protected override IHtmlContent Build()
    {
        var anyActs = Rows.Any(r => r?.Actions?.Items is { Count: > 0 });
        return Element("dl", Class("govuk-summary-list", Classes), Rows.OfType<SummaryRow>().Select(r => RowOf(r, anyActs))).With(Attributes);
    }

    private static TagBuilder RowOf(SummaryRow row, bool anyActs) =>
        Element("div", Class("govuk-summary-list__row", anyActs && row.Actions?.Items is null ? "govuk-summary-list__row--no-actions" : null, row.Classes),
            Element("dt", Class("govuk-summary-list__key", row.Key?.Classes), row.Key?.Content),
            Element("dd", Class("govuk-summary-list__value", row.Value?.Classes), row.Value?.Content),
            row.Actions?.Items is { Count: > 0 } actions ? ActionsOf(row.Actions, actions) : null);

    private static TagBuilder ActionsOf(SummaryActions all, IReadOnlyList<SummaryAction> actions) =>
        Element("dd", Class("govuk-summary-list__actions", all.Classes), actions is [var one]
            ? LinkOf(one)
            : Element("ul", "govuk-summary-list__actions-list", actions.Select(a => Element("li", "govuk-summary-list__actions-list-item", LinkOf(a)))));

    private static TagBuilder LinkOf(SummaryAction action) =>
        Element("a", Class("govuk-link", action.Classes), action.Content,
                string.IsNullOrEmpty(action.VisuallyHiddenText) ? null : Element("span", "govuk-visually-hidden", $" {action.VisuallyHiddenText}"))
            .With("href", action.Href ?? "").With(action.Attributes);
}

public sealed record SummaryRow
{
    public string? Classes { get; init; }

    public Words? Key { get; init; }

    public Words? Value { get; init; }

    public SummaryActions? Actions { get; init; }
}

public sealed record SummaryActions
{
    public string? Classes { get; init; }

    public IReadOnlyList<SummaryAction>? Items { get; init; }
}

public sealed record SummaryAction : Link
{
    public string? Classes { get; init; }

    public string? VisuallyHiddenText { get; init; }
}

public sealed record Breadcrumbs : Component
{
    public IReadOnlyList<Link> Items { get; init; } = [];

    public bool CollapseOnMobile { get; init; }

    public string LabelText { get; init; } = "Breadcrumb";

    protected override IHtmlContent Build() =>
        Element("nav", Class("govuk-breadcrumbs", Classes, CollapseOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : null),
                Element("ol", "govuk-breadcrumbs__list", Items.Select(ItemOf)))
            .With(Attributes).With("aria-label", LabelText);

    private static TagBuilder ItemOf(Link item) => string.IsNullOrEmpty(item.Href)
        ? Element("li", "govuk-breadcrumbs__list-item", item.Content).With("aria-current", "page")
        : Element("li", "govuk-breadcrumbs__list-item",
            Element("a", "govuk-breadcrumbs__link", item.Content).With("href", item.Href).With(item.Attributes));
}

public sealed record ServiceNavigation : Component
{
    public IReadOnlyList<NavigationItem?> Navigation { get; init; } = [];

    public string? NavigationClasses { get; init; }

    public string NavigationId { get; init; } = "navigation";

    public string? NavigationLabel { get; init; }

    public string MenuButtonText { get; init; } = "Menu";

    public string? MenuButtonLabel { get; init; }

    public bool? CollapseNavigationOnMobile { get; init; }

    public string AriaLabel { get; init; } = "Service information";

    public string? ServiceName { get; init; }

    public string? ServiceUrl { get; init; }

    public NavigationSlots? Slots { get; init; }

    protected override IHtmlContent Build()
    {
        var items = Navigation.OfType<NavigationItem>().ToList();
        var hasList = items.Count > 0 || Slots is { NavigationStart: not null } or { NavigationEnd: not null };
        var isNamed = ServiceName is not null || Slots is { Start: not null } or { End: not null };
        var inside = Element("div", Class("govuk-width-container", Slots?.End?.Align is "inline" ? "govuk-service-navigation__inlining-container" : null),
            Slots?.Start,
            Element("div", "govuk-service-navigation__container", NameOf(), hasList ? ListOf(items) : null),
            Slots?.End?.Html);
        return Element(isNamed ? "section" : "div", Class("govuk-service-navigation", Classes), inside)
            .With("aria-label", isNamed ? AriaLabel : null).With("data-module", "govuk-service-navigation").With(Attributes);
    }

    private TagBuilder? NameOf() => ServiceName is null ? null : Element("span", "govuk-service-navigation__service-name", ServiceUrl is null
        ? Element("span", "govuk-service-navigation__text", ServiceName)
        : Element("a", "govuk-service-navigation__link", ServiceName).With("href", ServiceUrl));

    private TagBuilder ListOf(List<NavigationItem> items)
    {
        var toggle = CollapseNavigationOnMobile ?? items.Count > 1
            ? Element("button", "govuk-service-navigation__toggle govuk-js-service-navigation-toggle", MenuButtonText)
                .With("type", "button").With("aria-controls", NavigationId)
                .With("aria-label", MenuButtonLabel is { } label && label != MenuButtonText ? label : null)
                .Flag("hidden", true).With("aria-hidden", "true")
            : null;
        return Element("nav", Class("govuk-service-navigation__wrapper", NavigationClasses), toggle,
                Element("ul", "govuk-service-navigation__list", Slots?.NavigationStart, Several(items.Select(ItemOf)), Slots?.NavigationEnd).With("id", NavigationId))
            .With("aria-label", NavigationLabel ?? MenuButtonText);
    }

    private static TagBuilder ItemOf(NavigationItem item)
    {
        var isHere = item.Active || item.Current;
        var here = isHere ? item.Current ? "page" : "true" : null;
        var content = isHere ? Element("strong", "govuk-service-navigation__active-fallback", item.Content) : item.Content;
        return Element("li", Class("govuk-service-navigation__item", isHere ? "govuk-service-navigation__item--active" : null),
            item.Href is null
                ? item.Content is null ? null : Element("span", "govuk-service-navigation__text", content).With("aria-current", here)
                : Element("a", "govuk-service-navigation__link", content).With("href", item.Href).With("aria-current", here).With(item.Attributes));
    }
}

public sealed record NavigationItem : Link
{
    /// <summary>This page.</summary>
    public bool Current { get; init; }

    /// <summary>The part of the product that this page is in.</summary>
    public bool Active { get; init; }
}

/// <summary>Places for content of one's own.</summary>
public sealed record NavigationSlots
{
    public IHtmlContent? Start { get; init; }

    public EndSlot? End { get; init; }

    public IHtmlContent? NavigationStart { get; init; }

    public IHtmlContent? NavigationEnd { get; init; }
}

public sealed record EndSlot
{
    public IHtmlContent? Html { get; init; }

    public string? Align { get; init; }
}
