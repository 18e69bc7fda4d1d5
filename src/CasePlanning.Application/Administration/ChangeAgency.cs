using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using MediatR;

namespace CasePlanning.Application.Administration;

/// <summary>Changes what an agency of the caller's authority is called, and of which kind it is.</summary>
public sealed record ChangeAgency(Guid AgencyId, int ReadAt, AgencyChange Body) : IFromVersion, IAppointed, IWithBody<AgencyChange>
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>What to change; absent members stay as they are.</summary>
public sealed record AgencyChange(Change<string> Name = default, Change<AgencyKind> Kind = default);

public sealed class AgencyChangeValidator : AbstractValidator<AgencyChange>
{
    public AgencyChangeValidator() =>
        RuleFor(a => a.Name.Value).Line(Agency.NameLength).OverridePropertyName(nameof(AgencyChange.Name)).When(a => a.Name.IsGiven);
}

public sealed class ChangeAgencyHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ChangeAgency, Written>
{
    public async Task<Written> Handle(ChangeAgency request, CancellationToken cancellationToken)
    {
        var agency = (await call.AgencyOf(database, request.AgencyId, cancellationToken)).AsReadAt(request.ReadAt);
        agency.Change(request.Body.Name.Or(agency.Name), request.Body.Kind.Or(agency.Kind));
        return new Written(agency.Id, agency);
    }
}
