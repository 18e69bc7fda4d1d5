using System.Globalization;
using FluentValidation;
using FluentValidation.Validators;

namespace CasePlanning.Application.Pipeline;

/// <summary>The rules for every text that people send. Lengths are counted in UTF-16 units, as browsers and databases count them.</summary>
public static class TextRules
{
    /// <summary>Text of one or more lines that must say something.</summary>
    public static IRuleBuilderOptions<T, string?> Words<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.NotNull().OptionalWords(max);

    /// <summary>
    /// Text of one or more lines, or null. Whoever has nothing to say leaves it out: a blank would be shown as their words.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> OptionalWords<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.SetValidator(new NotBlank<T>())
            .MaximumLength(max)
            .Must(text => text is null || !text.Any(IsControlCharacter))
            .WithErrorCode("control-character").WithMessage("Use no control characters other than tabs and line breaks.")
            .Must(IsWellFormed)
            .WithErrorCode("bad-unicode").WithMessage("This is not valid Unicode text.");

    /// <summary>A single line that must say something: a name, a title.</summary>
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.NotNull().OptionalLine(max);

    /// <summary>A single line, or null.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalLine<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.OptionalWords(max)
            .Must(text => text is null || !text.Any(BreaksTheLine))
            .WithErrorCode("more-than-one-line").WithMessage("Write this on one line, without tabs.");

    /// <summary>As FluentValidation's <c>NotEmpty</c>, but lets null pass.</summary>
    private sealed class NotBlank<T> : PropertyValidator<T, string?>, INotEmptyValidator
    {
        public override string Name => "NotEmptyValidator";

        public override bool IsValid(ValidationContext<T> context, string? value) => value is null || !string.IsNullOrWhiteSpace(value);

        protected override string GetDefaultMessageTemplate(string errorCode) => Localized(errorCode, Name);
    }

    private static bool IsControlCharacter(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');

    private static bool BreaksTheLine(char c) =>
        c is '\n' or '\r' or '\t' ||
        char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Half of a surrogate pair alone is no character; databases and JSON writers disagree on what to make of it.</summary>
    private static bool IsWellFormed(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                return false;
            i++;
        }

        return true;
    }
}
