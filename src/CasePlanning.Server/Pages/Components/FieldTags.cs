using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CasePlanning.Server.Pages.Components;

/// <summary>
/// A field of a form: <c>&lt;govuk-textarea name="words" label="What do you see?" value="@Model.Words" /&gt;</c>. What is wrong with
/// it comes from the model state under its name, and the error summary leads to its id.
/// </summary>
public abstract class FieldTag : TagHelper
{
    private static readonly string[] Sizes = ["s", "m", "l", "xl"];

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>In camel case, as the API would name it; <c>due.day</c> for a part.</summary>
    public string Name { get; set; } = "";

    public string? Hint { get; set; }

    public string? Classes { get; set; }

    /// <summary>The size of the label or legend: s, m, l or xl.</summary>
    public string? Size { get; set; }

    /// <summary>The label or legend is the heading of the page.</summary>
    public bool Heading { get; set; }

    public string? DescribedBy { get; set; }

    protected string Id => IdOf(Name);

    protected Hint? OwnHint => Hint is null ? null : new Hint { Text = Hint };

    protected ErrorMessage? Error => WrongFields.Found(ViewContext, Name);

    /// <summary>The id of a field by its name; also of one named in an error, where each part may begin as its property does.</summary>
    public static string IdOf(string name) =>
        string.Join('-', name.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Select(part => $"{char.ToLowerInvariant(part[0])}{part[1..]}"));

    protected Label LabelOf(string text) => new() { Text = text, IsPageHeading = Heading, Classes = SizeOf("govuk-label") };

    protected Fieldset FieldsetOf(string legend) => new() { Legend = new Legend { Text = legend, IsPageHeading = Heading, Classes = SizeOf("govuk-fieldset__legend") } };

    protected static string? Classed(params IEnumerable<string?> classes) =>
        string.Join(' ', classes.OfType<string>()) is { Length: > 0 } all ? all : null;

    private string? SizeOf(string block) => Size is { } size
        ? Sizes.Contains(size) ? $"{block}--{size}" : throw new ArgumentException($"There is no size {size}.")
        : null;
}

/// <summary>One line. <c>width</c> is 2, 3, 4, 5, 10, 20 or 30 characters.</summary>
[HtmlTargetElement("govuk-input", Attributes = "name,label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class InputTag : FieldTag
{
    public string Label { get; set; } = "";

    public string? Value { get; set; }

    public string Type { get; set; } = "text";

    public int? Width { get; set; }

    public string? Autocomplete { get; set; }

    public string? Inputmode { get; set; }

    public bool? Spellcheck { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.BecomeOnly(new Input
    {
        Id = Id,
        Name = Name,
        Label = LabelOf(Label),
        Hint = OwnHint,
        ErrorMessage = Error,
        Value = Value,
        Type = Type,
        Classes = Classed(Width is { } width ? $"govuk-input--width-{width}" : null, Classes),
        Autocomplete = Autocomplete,
        Inputmode = Inputmode,
        Spellcheck = Spellcheck,
        DescribedBy = DescribedBy,
        Attributes = output.OtherAttributes(),
    });
}

/// <summary>Words.</summary>
[HtmlTargetElement("govuk-textarea", Attributes = "name,label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextareaTag : FieldTag
{
    public string Label { get; set; } = "";

    public string? Value { get; set; }

    public int Rows { get; set; } = 5;

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.BecomeOnly(new Textarea
    {
        Id = Id,
        Name = Name,
        Label = LabelOf(Label),
        Hint = OwnHint,
        ErrorMessage = Error,
        Value = Value,
        Rows = Rows,
        Classes = Classes,
        DescribedBy = DescribedBy,
        Attributes = output.OtherAttributes(),
    });
}

/// <summary>One of the choices inside, by buttons.</summary>
[HtmlTargetElement("govuk-radios", Attributes = "name,legend")]
public sealed class RadiosTag : FieldTag
{
    public string Legend { get; set; } = "";

    public string? Value { get; set; }

    public bool Inline { get; set; }

    public bool Small { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = await ChoiceTag.Inside(context, output);
        output.BecomeOnly(new Radios
        {
            IdPrefix = Id,
            Name = Name,
            Fieldset = FieldsetOf(Legend),
            Hint = OwnHint,
            ErrorMessage = Error,
            Value = Value,
            Items = choices,
            DescribedBy = DescribedBy,
            Classes = Classed(Inline ? "govuk-radios--inline" : null, Small ? "govuk-radios--small" : null, Classes),
        });
    }
}

/// <summary>Any of the choices inside, by boxes.</summary>
[HtmlTargetElement("govuk-checkboxes", Attributes = "name,legend")]
public sealed class CheckboxesTag : FieldTag
{
    public string Legend { get; set; } = "";

    public IReadOnlyList<string>? Values { get; set; }

    public bool Small { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = await ChoiceTag.Inside(context, output);
        output.BecomeOnly(new Checkboxes
        {
            IdPrefix = Id,
            Name = Name,
            Fieldset = FieldsetOf(Legend),
            Hint = OwnHint,
            ErrorMessage = Error,
            Values = Values,
            Items = choices,
            DescribedBy = DescribedBy,
            Classes = Classed(Small ? "govuk-checkboxes--small" : null, Classes),
        });
    }
}

/// <summary>One of the choices inside, from a list that opens.</summary>
[HtmlTargetElement("govuk-select", Attributes = "name,label")]
public sealed class SelectTag : FieldTag
{
    public string Label { get; set; } = "";

    public string? Value { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = await ChoiceTag.Inside(context, output);
        output.BecomeOnly(new Select
        {
            Id = Id,
            Name = Name,
            Label = LabelOf(Label),
            Hint = OwnHint,
            ErrorMessage = Error,
            Value = Value,
            Items = [.. choices.Select(c => new Option { Value = c.Value ?? "", Text = c.Text, Selected = c.Checked, Disabled = c.Disabled })],
            Classes = Classes,
            DescribedBy = DescribedBy,
            Attributes = output.OtherAttributes(),
        });
    }
}

/// <summary>
/// A choice of the field round it: <c>&lt;govuk-choice value="mixed" text="Mixed" /&gt;</c>. What is between its tags is shown
/// only while it is chosen.
/// </summary>
[HtmlTargetElement("govuk-choice")]
public sealed class ChoiceTag : TagHelper
{
    public string? Value { get; set; }

    public string? Text { get; set; }

    public string? Hint { get; set; }

    /// <summary>Words between choices, in place of one.</summary>
    public string? Divider { get; set; }

    public bool? Checked { get; set; }

    /// <summary>Choosing it lets go of all others.</summary>
    public bool Exclusive { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        ((List<Choice>)context.Items[typeof(ChoiceTag)]).Add(new Choice
        {
            Value = Value,
            Text = Text,
            Hint = Hint is null ? null : new Hint { Text = Hint },
            Divider = Divider,
            Checked = Checked,
            Behaviour = Exclusive ? "exclusive" : null,
            Conditional = inside.IsEmptyOrWhiteSpace ? null : new Conditional { Html = inside },
        });
        output.SuppressOutput();
    }

    internal static async Task<IReadOnlyList<Choice>> Inside(TagHelperContext context, TagHelperOutput output)
    {
        var choices = new List<Choice>();
        context.Items[typeof(ChoiceTag)] = choices;
        await output.GetChildContentAsync();
        return choices;
    }
}

/// <summary>Day, month and year; the page binds them to a <see cref="DateFields"/> of the same name.</summary>
[HtmlTargetElement("govuk-date-input", Attributes = "name,legend,value", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateInputTag : FieldTag
{
    public string Legend { get; set; } = "";

    public DateFields Value { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.BecomeOnly(new DateInput
    {
        Id = $"{Id}-date",
        Fieldset = FieldsetOf(Legend),
        Hint = OwnHint,
        ErrorMessage = Error,
        DescribedBy = DescribedBy,
        Classes = Classes,
        Items =
        [
            // The error summary leads to the id of the field's name, and so to its first box.
            Part(Id, "day", "Day", Value.Day, 2),
            Part($"{Id}-month", "month", "Month", Value.Month, 2),
            Part($"{Id}-year", "year", "Year", Value.Year, 4),
        ],
    });

    private DatePart Part(string id, string part, string label, string? value, int width) =>
        new() { Id = id, Name = $"{Name}.{part}", Label = label, Value = value, Classes = $"govuk-input--width-{width}" };
}
