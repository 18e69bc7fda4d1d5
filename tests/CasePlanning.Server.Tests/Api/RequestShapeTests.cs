using System.Globalization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Server.Api;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>What every body of the application keeps to, and the rules it states for its words.</summary>
public sealed class RequestShapeTests
{
    private static readonly ServiceProvider Validators = ValidatorsOf();

    public static TheoryData<Type> Bodies() => new(typeof(IWithBody<>).Assembly.GetTypes()
        .SelectMany(t => t.GetInterfaces())
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWithBody<>))
        .Select(i => i.GenericTypeArguments[0]).Where(t => !t.IsGenericParameter).Distinct());

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_with_text_in_it_has_a_validator(Type body) => Assert.False(LacksValidator(body), $"{body.Name} takes text that nothing limits.");

    [Fact]
    public void A_body_without_one_is_found() => Assert.True(LacksValidator(typeof(Unvalidated)));

    [Theory]
    [InlineData("Ada Łowczy 😀", null)]
    [InlineData("two\nlines, and a\ttab", null)]
    [InlineData("123456789012345678901", "too-long")]
    [InlineData("", "required")]
    [InlineData(" \n ", "required")]
    [InlineData("null \0", "control-character")]
    [InlineData("escape \u001b[31m", "control-character")]
    public void Words_are_limited_and_are_text(string text, string? code) => Assert.Equal(code, Fault(r => r.Words(20), text));

    /// <remarks>Not among the rows above, because an attribute cannot hold half a character.</remarks>
    [Fact]
    public void Half_a_character_is_no_text()
    {
        Assert.Equal("bad-unicode", Fault(r => r.Words(20), "half \ud83d"));
        Assert.Equal("bad-unicode", Fault(r => r.Words(20), "\ude00\ud83d reversed"));
    }

    [Theory]
    [InlineData("Ada Łowczy", null)]
    [InlineData("two\nlines", "more-than-one-line")]
    [InlineData("two\u2028lines", "more-than-one-line")]
    [InlineData("a\ttab", "more-than-one-line")]
    public void A_line_is_one_line(string text, string? code) => Assert.Equal(code, Fault(r => r.Line(20), text));

    [Fact]
    public void What_a_validator_says_follows_no_culture_and_repeats_no_value()
    {
        var validator = new InlineValidator<Unvalidated>();
        validator.RuleFor(u => u.Count).InclusiveBetween(1, 3).NotEqual(1234567).Must(_ => false);
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
            var errors = validator.Validate(new Unvalidated(null, 1234567)).Errors;
            Assert.Equal(["out-of-range", "not-accepted", "not-accepted"], errors.Select(e => e.ErrorCode));
            Assert.Equal(["This must be between 1 and 3.", "This value cannot be accepted.", "This value cannot be accepted."], errors.Select(e => e.ErrorMessage));
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    private static string? Fault(Action<IRuleBuilder<Unvalidated, string?>> rules, string text)
    {
        var validator = new InlineValidator<Unvalidated>();
        rules(validator.RuleFor(u => u.Given));
        return validator.Validate(new Unvalidated(text, 0)).Errors.SingleOrDefault()?.ErrorCode;
    }

    private static bool LacksValidator(Type body) =>
        JsonShape.Of(body).Reaches().Contains(typeof(string)) && Validators.GetService(typeof(IValidator<>).MakeGenericType(body)) is null;

    private static ServiceProvider ValidatorsOf()
    {
        var services = new ServiceCollection();
        ValidationWords.AddValidators(services, typeof(IWithBody<>).Assembly);
        return services.BuildServiceProvider();
    }

    private sealed record Unvalidated(string? Given, int Count);
}
