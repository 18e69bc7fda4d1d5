using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace CasePlanning.Server.Pages.Components;

public sealed record Button : TextComponent
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Value { get; init; }

    public string Type { get; init; } = "submit";

    /// <summary>Makes it a link that looks like a button.</summary>
    public string? Href { get; init; }

    public bool Disabled { get; init; }

    public bool? PreventDoubleClick { get; init; }

    protected override IHtmlContent Build() => (Href is null
            ? Element("button", Class("govuk-button", Classes), Content)
                .With("type", Type).With("name", Name).With("value", Value)
                .Flag("disabled", Disabled).With("aria-disabled", Disabled ? "true" : null).With("data-prevent-double-click", PreventDoubleClick)
            : Element("a", Class("govuk-button", Classes), Content).With("href", Href).With("role", "button").With("draggable", "false"))
        .With("data-module", "govuk-button").With(Attributes).With("id", Id);
}

public sealed record Tag : TextComponent
{
    protected override IHtmlContent Build() => Element("strong", Class("govuk-tag", Classes), Content).With(Attributes);
}

public sealed record InsetText : TextComponent
{
    public string? Id { get; init; }

    protected override IHtmlContent Build() => Element("div", Class("govuk-inset-text", Classes), Content).With("id", Id).With(Attributes);
}

public sealed record WarningText : TextComponent
{
    public string IconFallbackText { get; init; } = "Warning";

    protected override IHtmlContent Build() => Element("div", Class("govuk-warning-text", Classes),
        Element("span", "govuk-warning-text__icon", "!").With("aria-hidden", "true"),
        Element("strong", "govuk-warning-text__text",
            Element("span", "govuk-visually-hidden", IconFallbackText is "" ? "Warning" : IconFallbackText), " ", Content)).With(Attributes);
}

public sealed record BackLink : TextComponent
{
    public string? Href { get; init; }

    protected override IHtmlContent Build() =>
        Element("a", Class("govuk-back-link", Classes), Content is null or "" ? "Back" : Content)
            .With("href", string.IsNullOrEmpty(Href) ? "#" : Href).With(Attributes);
}

public sealed record SkipLink : TextComponent
{
    public string? Href { get; init; }

    protected override IHtmlContent Build() => Element("a", Class("govuk-skip-link", Classes), Content)
        .With("href", string.IsNullOrEmpty(Href) ? "#content" : Href).With("data-module", "govuk-skip-link").With(Attributes);
}

public sealed record Details : TextComponent
{
    public string? Id { get; init; }

    public string? SummaryText { get; init; }

    public IHtmlContent? SummaryHtml { get; init; }

    public bool Open { get; init; }

    protected override IHtmlContent Build() => Element("details", Class("govuk-details", Classes),
            Element("summary", "govuk-details__summary", Element("span", "govuk-details__summary-text", SummaryHtml ?? (object?)SummaryText)),
            Element("div", "govuk-details__text", Content))
        .With("id", Id).With(Attributes).Flag("open", Open);
}

public sealed record NotificationBanner : TextComponent
{
    private const string UsualTitleId = "govuk-notification-banner-title";

    /// <summary><c>success</c>, or nothing.</summary>
    public string? Type { get; init; }

    public string? TitleText { get; init; }

    public IHtmlContent? TitleHtml { get; init; }

    public string TitleId { get; init; } = UsualTitleId;

    public int TitleHeadingLevel { get; init; } = 2;

    public string? Role { get; init; }

    public bool? DisableAutoFocus { get; init; }

    protected override IHtmlContent Build()
    {
        var isSuccess = Type is "success";
        object title = TitleHtml ?? (object)(TitleText ?? (isSuccess ? "Success" : "Important"));
        return Element("div", Class("govuk-notification-banner", isSuccess ? "govuk-notification-banner--success" : null, Classes),
                Element("div", "govuk-notification-banner__header",
                    Element($"h{TitleHeadingLevel.ToString(CultureInfo.InvariantCulture)}", "govuk-notification-banner__title", title).With("id", TitleId)),
                Element("div", "govuk-notification-banner__content", Html ?? (object?)(Text is null ? null : Element("p", "govuk-notification-banner__heading", Text))))
            .With("role", Role ?? (isSuccess ? "alert" : "region")).With("aria-labelledby", TitleId)
            .With("data-module", "govuk-notification-banner").With("data-disable-auto-focus", DisableAutoFocus).With(Attributes);
    }
}

public sealed record ErrorSummary : Component
{
    public string? TitleText { get; init; }

    public IHtmlContent? TitleHtml { get; init; }

    public string? DescriptionText { get; init; }

    public IHtmlContent? DescriptionHtml { get; init; }

    public IReadOnlyList<ErrorItem> ErrorList { get; init; } = [];

    public bool? DisableAutoFocus { get; init; }

    protected override IHtmlContent Build()
    {
        var description = DescriptionHtml ?? (object?)DescriptionText;
        return Element("div", Class("govuk-error-summary", Classes),
                Element("div", null,
                    Element("h2", "govuk-error-summary__title", TitleHtml ?? (object?)TitleText),
                    Element("div", "govuk-error-summary__body",
                        description is null ? null : Element("p", null, description),
                        ErrorList.Count == 0 ? null : Element("ul", "govuk-list govuk-error-summary__list", ErrorList.Select(i => Element("li", null, LinkOf(i))))))
                    .With("role", "alert"))
            .With("data-disable-auto-focus", DisableAutoFocus).With(Attributes).With("data-module", "govuk-error-summary");
    }

    private static object? LinkOf(ErrorItem item)
    {
        var content = item.Html ?? (object?)item.Text;
        return string.IsNullOrEmpty(item.Href) ? content : Element("a", null, content).With("href", item.Href).With(item.Attributes);
    }
}

public sealed record ErrorItem : Link;

/// <summary>Something that leads somewhere.</summary>
public record Link
{
    public string? Href { get; init; }

    public string? Text { get; init; }

    public IHtmlContent? Html { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    internal object? Content => Html ?? (object?)Text;
}
