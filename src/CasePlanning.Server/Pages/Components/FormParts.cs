using Microsoft.AspNetCore.Html;

namespace CasePlanning.Server.Pages.Components;

public sealed record Label : TextComponent
{
    public string? For { get; init; }

    public bool IsPageHeading { get; init; }

    protected override IHtmlContent Build()
    {
        if (Content is null or "")
            return HtmlString.Empty;
        var label = Element("label", Class("govuk-label", Classes), Content).With(Attributes).With("for", For);
        return IsPageHeading ? Element("h1", "govuk-label-wrapper", label) : label;
    }
}

public sealed record Hint : TextComponent
{
    public string? Id { get; init; }

    protected override IHtmlContent Build() =>
        Element("div", Class("govuk-hint", Classes), Content).With(Attributes).With("id", Id);
}

public sealed record ErrorMessage : TextComponent
{
    public string? Id { get; init; }

    public string VisuallyHiddenText { get; init; } = "Error";

    protected override IHtmlContent Build() =>
        Element("p", Class("govuk-error-message", Classes),
                VisuallyHiddenText is "" ? null : Element("span", "govuk-visually-hidden", $"{VisuallyHiddenText}:"),
                VisuallyHiddenText is "" ? null : " ", Content)
            .With(Attributes).With("id", Id);
}

public sealed record Fieldset : Component
{
    public Legend? Legend { get; init; }

    public string? DescribedBy { get; init; }

    public string? Role { get; init; }

    public IHtmlContent? Html { get; init; }

    protected override IHtmlContent Build()
    {
        var legend = Legend?.Content is null or "" ? null : Element("legend", Class("govuk-fieldset__legend", Legend.Classes),
            Legend.IsPageHeading ? Element("h1", "govuk-fieldset__heading", Legend.Content) : Legend.Content);
        return Element("fieldset", Class("govuk-fieldset", Classes), legend, Html)
            .With(Attributes).With("role", Role).With("aria-describedby", DescribedBy is "" ? null : DescribedBy);
    }
}

public sealed record Legend : Words
{
    public bool IsPageHeading { get; init; }
}

/// <summary>What is round a field.</summary>
public sealed record FormGroup
{
    public string? Classes { get; init; }
}

/// <summary>A field, with its hint and what is wrong with it.</summary>
public abstract record Field : Component
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public Hint? Hint { get; init; }

    public ErrorMessage? ErrorMessage { get; init; }

    public string? DescribedBy { get; init; }

    public FormGroup? FormGroup { get; init; }

    /// <summary>What the ids of the field's parts begin with.</summary>
    protected virtual string OwnId => Id ?? Name ?? "";

    protected string? AllDescribedBy => Ids(DescribedBy, Hint is null ? null : $"{OwnId}-hint", ErrorMessage is null ? null : $"{OwnId}-error");

    protected string? ErrorClass(string block) => ErrorMessage is null ? null : $"{block}--error";

    protected IHtmlContent HintAndError => Several(
        Hint is null ? null : Hint with { Id = $"{OwnId}-hint" }, ErrorMessage is null ? null : ErrorMessage with { Id = $"{OwnId}-error" });

    protected IHtmlContent Group(params IEnumerable<object?> content) =>
        Element("div", Class("govuk-form-group", ErrorClass("govuk-form-group"), FormGroup?.Classes), content);
}

/// <summary>A field with one label.</summary>
public abstract record LabelledField : Field
{
    public Label? Label { get; init; }

    protected IHtmlContent? OwnLabel => Label is null ? null : Label with { For = OwnId };
}

/// <summary>Several boxes or buttons under one legend.</summary>
public abstract record ChoiceField : Field
{
    public Fieldset? Fieldset { get; init; }

    public string? IdPrefix { get; init; }

    public IReadOnlyList<Choice?> Items { get; init; } = [];

    protected override string OwnId => IdPrefix ?? Name ?? "";

    protected string IdOf(Choice item, int index) => item.Id ?? (index == 0 ? OwnId : $"{OwnId}-{index + 1}");

    protected IHtmlContent Grouped(string? describedBy, IHtmlContent choices)
    {
        var inside = Several(HintAndError, choices);
        return Group(Fieldset is null ? inside : Fieldset with { DescribedBy = describedBy, Html = inside });
    }

    /// <summary>One button or box with its label, its hint and what it opens.</summary>
    protected IHtmlContent OneOf(string block, Choice item, string id, string type, string? name, bool isChecked, string? describedBy)
    {
        if (item.Divider is not null)
            return Element("div", $"{block}__divider", item.Divider);
        var hasHint = item.Hint is { Text: not null } or { Html: not null };
        var input = Element("input", $"{block}__input")
            .With("id", id).With("name", name).With("type", type).With("value", item.Value ?? "")
            .Flag("checked", isChecked).Flag("disabled", item.Disabled)
            .With("data-aria-controls", item.Conditional is null ? null : $"conditional-{id}")
            .With("data-behaviour", item.Behaviour)
            .With("aria-describedby", Ids(describedBy, hasHint ? $"{id}-item-hint" : null))
            .With(item.Attributes);
        var label = new Label
        {
            Text = item.Text,
            Html = item.Html,
            Classes = Class($"{block}__label", item.Label?.Classes),
            Attributes = item.Label?.Attributes,
            For = id,
        };
        var hint = hasHint ? item.Hint! with { Id = $"{id}-item-hint", Classes = Class($"{block}__hint", item.Hint.Classes) } : null;
        return Several(
            Element("div", $"{block}__item", input, label, hint),
            item.Conditional is null ? null : Element("div", Class($"{block}__conditional", isChecked ? null : $"{block}__conditional--hidden"), item.Conditional.Html)
                .With("id", $"conditional-{id}"));
    }
}

/// <summary>One of the things to choose from.</summary>
public sealed record Choice
{
    public string? Value { get; init; }

    public string? Text { get; init; }

    public IHtmlContent? Html { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public Hint? Hint { get; init; }

    public Label? Label { get; init; }

    /// <summary>Given to override what the value says.</summary>
    public bool? Checked { get; init; }

    public bool Disabled { get; init; }

    /// <summary>What is shown only while this is chosen.</summary>
    public Conditional? Conditional { get; init; }

    /// <summary>Words between choices, in place of one.</summary>
    public string? Divider { get; init; }

    /// <summary><c>exclusive</c>: none of the others.</summary>
    public string? Behaviour { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

public sealed record Conditional
{
    public IHtmlContent? Html { get; init; }
}
