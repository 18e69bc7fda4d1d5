using CasePlanning.Application.Pipeline;
using CasePlanning.Server.Api;
using CasePlanning.Server.Tests.Support;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>What integrator clients may send, which is said by the request; what says nothing is for people alone.</summary>
public sealed class ClientRequestTests
{
    private static readonly Type[] Markers = [typeof(IForAnyClient), typeof(IForClientsThatRead), typeof(IForClientsThatContribute)];

    private static readonly Type[] Requests =
    [
        .. House.Types.Where(t => t is { IsInterface: false, IsAbstract: false }
            && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>))),
    ];

    /// <summary>To add one here is to decide that the systems of agencies may do it.</summary>
    [Fact]
    public void Clients_write_no_more_than_contributions() => Assert.Equal(
        ["AddContribution", "ReviseContribution"],
        Requests.Where(r => ForClients.ScopesFor(r) is not null && r.IsAssignableTo(typeof(ICommand))).Select(r => r.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Whatever_a_client_writes_names_its_author() => Found.Nothing(
        Requests.Where(r => r.IsAssignableTo(typeof(ICommand)) && ForClients.ScopesFor(r) is not null && !r.IsAssignableTo(typeof(IAuthored))).Select(r => r.Name));

    [Fact]
    public void A_request_says_in_one_way_what_clients_need_for_it() =>
        Found.Nothing(Requests.Where(r => Markers.Count(m => m.IsAssignableFrom(r)) > 1).Select(r => r.Name));

    [Fact]
    public void What_needs_nothing_of_a_client_tells_of_the_client_alone() =>
        Assert.Equal(["ReadMe"], Requests.Where(r => ForClients.ScopesFor(r) is []).Select(r => r.Name));

    /// <summary>The description of the API finds there what clients need.</summary>
    [Fact]
    public async Task An_operation_is_called_what_its_request_is_called()
    {
        await using var host = new PlanningHost();
        var names = Requests.Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var operations = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<Described>()?.OperationId).OfType<string>().ToList();
        Assert.NotEmpty(operations);
        // It renews a cookie and sends no request.
        Found.Nothing(operations.Except(["extendSession"]).Where(o => !names.Contains(o)));
    }
}
