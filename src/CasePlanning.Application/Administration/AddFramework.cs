using System.Text.RegularExpressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Administration;

/// <summary>Adds a framework for the plans of the caller's authority. It stays as it is, because plans are written under it.</summary>
public sealed record AddFramework(NewFramework Body) : ICreates, IAppointed, IWithBody<NewFramework>
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>A framework to add.</summary>
/// <param name="Code">Lower-case words joined by hyphens.</param>
/// <param name="Outcomes">In the order in which they are to be shown, always.</param>
/// <param name="Authority">Whose plans may use it, where the caller administers several authorities.</param>
public sealed record NewFramework(string Code, string Name, IReadOnlyList<NewOutcome> Outcomes, string? Authority = null);

/// <summary>One outcome of a framework.</summary>
/// <param name="ChildName">The same in words a child would use.</param>
public sealed record NewOutcome(string Code, string Name, string ChildName, IReadOnlyList<string>? Aims = null);

public sealed partial class NewFrameworkValidator : AbstractValidator<NewFramework>
{
    public NewFrameworkValidator()
    {
        RuleFor(f => f.Code).Line(Framework.CodeLength).Must(IsCode).WithErrorCode("not-a-code").WithMessage(CodeShape);
        RuleFor(f => f.Name).Line(Framework.NameLength);
        RuleFor(f => f.Outcomes).AtLeastOne().AtMost(Framework.MostOutcomes);
        RuleFor(f => f.Outcomes).Must(o => o is null || o.DistinctBy(each => each.Code).Count() == o.Count)
            .WithErrorCode("twice").WithMessage("Two outcomes have the same code.");
        RuleForEach(f => f.Outcomes).SetValidator(new NewOutcomeValidator());
        RuleFor(f => f.Authority).OptionalLine(Agency.AuthorityLength);
    }

    internal const string CodeShape = "Use lower-case words joined by hyphens.";

    internal static bool IsCode(string? code) => code is null || Code().IsMatch(code);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}

public sealed class NewOutcomeValidator : AbstractValidator<NewOutcome>
{
    public NewOutcomeValidator()
    {
        RuleFor(o => o.Code).Line(Framework.CodeLength).Must(NewFrameworkValidator.IsCode)
            .WithErrorCode("not-a-code").WithMessage(NewFrameworkValidator.CodeShape);
        RuleFor(o => o.Name).Line(Framework.NameLength);
        RuleFor(o => o.ChildName).Line(Framework.NameLength);
        RuleFor(o => o.Aims).AtMost(Framework.MostAims);
        RuleForEach(o => o.Aims).Line(Framework.AimLength);
    }
}

public sealed class AddFrameworkHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<AddFramework, Written>
{
    public async Task<Written> Handle(AddFramework request, CancellationToken cancellationToken)
    {
        var (code, name, outcomes, wanted) = request.Body;
        if (wanted is not null && !call.Appointments.Any(a => a.Authority == wanted))
            throw InvalidRequest.At("/authority", "unknown", "You do not administer this authority.");
        if (await database.Frameworks.AnyAsync(f => f.Code == code, cancellationToken))
            throw FrameworkRules.CodeIsTaken.Broken();
        var framework = Framework.Of(
            call.AuthorityOf(wanted), code, name, outcomes.Select(o => new Outcome(o.Code, o.Name, o.ChildName, o.Aims ?? [])), time.GetUtcNow());
        database.Frameworks.Add(framework);
        return new Written(framework.Id!.Value);
    }
}
