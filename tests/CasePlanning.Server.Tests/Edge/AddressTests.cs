using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>
/// Addresses are written down by browsers, proxies and logs. So no address names anybody or holds a number of theirs: places in
/// it take ids of ours, and what is asked for in a query is one of a few known things or was read by people and is listed here.
/// </summary>
public sealed class AddressTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    /// <summary>Free text in a query that says nothing of a person.</summary>
    private static readonly Dictionary<string, string> ReadByPeople = new()
    {
        ["cursor"] = "sealed, and means something to this host alone",
        ["need"] = "what is looked for in the directory of professionals; a child's name finds nothing there, and the description says so",
        ["area"] = "where it is looked for",
        ["outcome"] = "the code of an outcome of a framework",
        ["returnUrl"] = "a page of this host",
        ["authority"] = "the code of an authority",
    };

    /// <summary>Places in an address that take something other than an id of ours.</summary>
    private static readonly Dictionary<string, string> OtherPlaces = new()
    {
        ["slug"] = "a kind of problem",
        ["hash"] = "the hash of a journal entry",
        ["documentName"] = "the API description",
        ["extension"] = "its format",
        ["token"] = "what an invitation's link carries: random, works once, and is in no log",
        ["provider"] = "the name of an agency's own provider, from the settings",
    };

    private static readonly string[] OfPeople =
        ["name", "birth", "dob", "upn", "nhs", "identifier", "email", "mail", "phone", "postcode", "reference", "surname", "given", "family", "words"];

    [Fact]
    public async Task No_query_of_the_API_names_anybody()
    {
        var document = await ApiDocument.Of(host.Anonymous().Http);
        var queries = document.Operations.SelectMany(o => o.Parameters.Where(p => p.In is "query" && !ReadByPeople.ContainsKey(p.Name)).Select(p => (Operation: o, Parameter: p))).ToList();
        Assert.NotEmpty(queries);
        Found.Nothing(queries.Where(q => q.Parameter.Schema.Kind is ValueKind.Text or ValueKind.List or ValueKind.Object or ValueKind.Either)
            .Select(q => $"{q.Operation} takes free text in its address: {q.Parameter.Name}"));
        Found.Nothing(queries.Where(q => OfPeople.Any(word => q.Parameter.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(q => $"{q.Operation} may name somebody in its address: {q.Parameter.Name}"));
    }

    [Fact]
    public void No_place_in_an_address_takes_more_than_an_id()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.NotEmpty(routes);
        Found.Nothing(
            from route in routes
            from place in route.RoutePattern.Parameters
            where !OtherPlaces.ContainsKey(place.Name)
                && !place.ParameterPolicies.Any(p => p.Content is "guid" or "int" || p.ParameterPolicy is GuidRouteConstraint)
            select $"{route.RoutePattern.RawText} takes anything at {place.Name}");
    }
}
