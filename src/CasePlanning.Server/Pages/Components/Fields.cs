using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CasePlanning.Server.Pages.Components;

public sealed record Input : LabelledField
{
    public string Type { get; init; } = "text";

    public string? Value { get; init; }

    public string? Autocomplete { get; init; }

    public string? Autocapitalize { get; init; }

    public string? Inputmode { get; init; }

    public string? Pattern { get; init; }

    public bool? Spellcheck { get; init; }

    public bool Disabled { get; init; }

    protected override IHtmlContent Build() => Group(OwnLabel, HintAndError, Box(AllDescribedBy));

    private TagBuilder Box(string? describedBy) =>
        Element("input", Class("govuk-input", Classes, ErrorClass("govuk-input")))
            .With("id", OwnId).With("name", Name).With("type", Type).With("spellcheck", Spellcheck).With("value", Value)
            .Flag("disabled", Disabled).With("aria-describedby", describedBy).With("autocomplete", Autocomplete)
            .With("autocapitalize", Autocapitalize).With("pattern", Pattern).With("inputmode", Inputmode).With(Attributes);
}

public sealed record Textarea : LabelledField
{
    public string? Value { get; init; }

    public int Rows { get; init; } = 5;

    public bool? Spellcheck { get; init; }

    public string? Autocomplete { get; init; }

    public bool Disabled { get; init; }

    protected override IHtmlContent Build() =>
        // A browser drops a line break right after the tag, so one is put there for it to drop.
        Group(OwnLabel, HintAndError, Element("textarea", Class("govuk-textarea", ErrorClass("govuk-textarea"), Classes), "\n", Value)
            .With("id", OwnId).With("name", Name).With("rows", Rows.ToString(CultureInfo.InvariantCulture)).With("spellcheck", Spellcheck)
            .Flag("disabled", Disabled).With("aria-describedby", AllDescribedBy).With("autocomplete", Autocomplete).With(Attributes));
}

public sealed record Select : LabelledField
{
    public string? Value { get; init; }

    public bool Disabled { get; init; }

    public IReadOnlyList<Option?> Items { get; init; } = [];

    protected override IHtmlContent Build() =>
        Group(OwnLabel, HintAndError, Element("select", Class("govuk-select", Classes, ErrorClass("govuk-select")), Items.OfType<Option>().Select(OptionOf))
            .With("id", OwnId).With("name", Name).Flag("disabled", Disabled).With("aria-describedby", AllDescribedBy).With(Attributes));

    private TagBuilder OptionOf(Option item)
    {
        var isSelected = item.Selected ?? (!string.IsNullOrEmpty(Value) && (item.Value ?? item.Text) == Value);
        return Element("option", null, item.Text).With("value", item.Value)
            .Flag("selected", isSelected).Flag("disabled", item.Disabled).With(item.Attributes);
    }
}

public sealed record Option
{
    public string? Value { get; init; }

    public string? Text { get; init; }

    public bool? Selected { get; init; }

    public bool Disabled { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

public sealed record Radios : ChoiceField
{
    public string? Value { get; init; }

    protected override IHtmlContent Build()
    {
        var describedBy = Ids(Fieldset?.DescribedBy, AllDescribedBy);
        var choices = Items.Select((item, index) => item is null ? null : OneOf("govuk-radios", item, IdOf(item, index), "radio", Name,
            item.Checked ?? (!string.IsNullOrEmpty(Value) && item.Value == Value), describedBy: null));
        return Grouped(describedBy, Element("div", Class("govuk-radios", Classes), choices).With(Attributes).With("data-module", "govuk-radios"));
    }
}

public sealed record Checkboxes : ChoiceField
{
    public IReadOnlyList<string>? Values { get; init; }

    protected override IHtmlContent Build()
    {
        var describedBy = Fieldset?.DescribedBy is { } own ? Ids(own, (this with { DescribedBy = null }).AllDescribedBy) : AllDescribedBy;
        var choices = Items.Select((item, index) => item is null ? null : OneOf("govuk-checkboxes", item, IdOf(item, index), "checkbox", item.Name ?? Name,
            item.Checked ?? Values?.Contains(item.Value ?? "") is true, Fieldset is null ? describedBy : null));
        return Grouped(describedBy, Element("div", Class("govuk-checkboxes", Classes), choices).With(Attributes).With("data-module", "govuk-checkboxes"));
    }
}

public sealed record DateInput : Field
{
    public Fieldset? Fieldset { get; init; }

    /// <summary>Day, month and year, in this order.</summary>
    public IReadOnlyList<DatePart?> Items { get; init; } = [];

    public string? NamePrefix { get; init; }

    private static readonly DatePart[] Usual = [new() { Name = "day" }, new() { Name = "month" }, new() { Name = "year" }];

    protected override IHtmlContent Build()
    {
        var parts = (Items.Count > 0 ? Items : Usual).OfType<DatePart>().ToList();
        var onlySome = parts.Any(p => p.HasError);
        var boxes = Element("div", Class("govuk-date-input", Classes),
            parts.Select(p => Element("div", "govuk-date-input__item", BoxOf(p, onlySome))))
            .With(Attributes).With("id", Id);
        var inside = Several(HintAndError, boxes);
        return Group(Fieldset is null
            ? inside
            : Fieldset with { Role = "group", DescribedBy = Ids(Fieldset.DescribedBy, AllDescribedBy), Html = inside });
    }

    private Input BoxOf(DatePart part, bool onlySome)
    {
        var width = part.Name is "year" ? 4 : 2;
        var isWrong = part.HasError || (ErrorMessage is not null && !onlySome && part.Error is not false);
        var name = part.Name ?? "";
        return new Input
        {
            Label = new Label
            {
                Text = part.Label ?? string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1)),
                Classes = "govuk-date-input__label",
            },
            Id = part.Id ?? $"{Id}-{name}",
            Name = NamePrefix is null ? name : $"{NamePrefix}-{name}",
            Classes = Class("govuk-date-input__input",
                isWrong && part.Classes?.Contains("govuk-input--error", StringComparison.Ordinal) is not true ? "govuk-input--error" : null,
                part.Classes?.Contains("govuk-input--width-", StringComparison.Ordinal) is true ? null : $"govuk-input--width-{width}", part.Classes),
            Value = part.Value,
            Inputmode = part.Inputmode ?? "numeric",
            Autocomplete = part.Autocomplete,
            Pattern = part.Pattern,
            Attributes = part.Attributes,
        };
    }
}

public sealed record DatePart
{
    public string? Name { get; init; }

    public string? Id { get; init; }

    public string? Label { get; init; }

    public string? Value { get; init; }

    public string? Classes { get; init; }

    public string? Inputmode { get; init; }

    public string? Autocomplete { get; init; }

    public string? Pattern { get; init; }

    public bool? Error { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    internal bool HasError => Error is true || Classes?.Contains("govuk-input--error", StringComparison.Ordinal) is true;
}
