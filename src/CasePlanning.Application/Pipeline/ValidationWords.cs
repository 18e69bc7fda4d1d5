using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using FluentValidation;
using FluentValidation.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// What validators say: stable codes and plain English. FluentValidation's own messages follow the culture of the machine and
/// some repeat the submitted value; ours do neither.
/// </summary>
public sealed class ValidationWords : ILanguageManager
{
    public bool Enabled { get; set; } = true;

    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;

    /// <summary>Registers the validators of an assembly and has them speak our words.</summary>
    public static void AddValidators(IServiceCollection services, Assembly assembly)
    {
        ValidatorOptions.Global.LanguageManager = new ValidationWords();
        ValidatorOptions.Global.ErrorCodeResolver = validator => CodeOf(validator.Name);
        ValidatorOptions.Global.PropertyNameResolver = (_, _, expression) => PathOf(expression);
        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton);
    }

    public string GetString(string key, CultureInfo? culture = null) => key switch
    {
        "NotEmptyValidator" or "NotNullValidator" => "This must not be empty.",
        "MaximumLengthValidator" => "Use no more than {MaxLength} characters.",
        "MinimumLengthValidator" => "Use at least {MinLength} characters.",
        "LengthValidator" => "Use between {MinLength} and {MaxLength} characters.",
        "ExactLengthValidator" => "Use exactly {MaxLength} characters.",
        "EmailValidator" => "This is not an email address.",
        "InclusiveBetweenValidator" => "This must be between {From} and {To}.",
        "GreaterThanValidator" or "GreaterThanOrEqualValidator" => "This is too low.",
        "LessThanValidator" or "LessThanOrEqualValidator" => "This is too high.",
        _ when key.EndsWith("Validator", StringComparison.Ordinal) => "This value cannot be accepted.",
        // FluentValidation asks for a message under the error code first; an empty answer sends it on to the validator's name.
        _ => "",
    };

    private static string CodeOf(string validator) => validator switch
    {
        "NotEmptyValidator" or "NotNullValidator" => "required",
        "MaximumLengthValidator" => "too-long",
        "MinimumLengthValidator" => "too-short",
        "LengthValidator" or "ExactLengthValidator" => "wrong-length",
        "EmailValidator" => "not-an-email-address",
        "InclusiveBetweenValidator" or "ExclusiveBetweenValidator" or "GreaterThanValidator" or "GreaterThanOrEqualValidator"
            or "LessThanValidator" or "LessThanOrEqualValidator" => "out-of-range",
        _ => "not-accepted",
    };

    /// <summary>The path of <c>x => x.Child.KnownAs.Value</c> is <c>Child.KnownAs</c>: a change is no level of its own in JSON.</summary>
    private static string? PathOf(LambdaExpression? expression)
    {
        var path = new Stack<string>();
        for (var part = Bare(expression?.Body); part is MemberExpression member; part = Bare(member.Expression))
        {
            if (!IsWrapper(member.Member.DeclaringType!))
                path.Push(member.Member.Name);
        }

        return path.Count == 0 ? null : string.Join('.', path);
    }

    private static Expression? Bare(Expression? part) =>
        part is UnaryExpression { NodeType: ExpressionType.Convert } cast ? Bare(cast.Operand) : part;

    private static bool IsWrapper(Type type) => typeof(IChange).IsAssignableFrom(type) || Nullable.GetUnderlyingType(type) is not null;
}
