using System.Security.Claims;
using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class HttpCallerTests
{
    private const string Person = "01890a5d-ac96-774b-bcce-b302099a8057";

    [Fact]
    public void A_person_is_known_by_the_subject()
    {
        var caller = Caller(subject: Person, client: "phone-app");

        Assert.True(caller.IsSignedIn);
        Assert.Equal(Guid.Parse(Person), caller.PersonId);
        Assert.Equal("phone-app", caller.ClientId);
    }

    [Fact]
    public void A_client_that_acts_for_itself_is_nobody_in_person()
    {
        var caller = Caller(subject: "integrator", client: "integrator");

        Assert.True(caller.IsSignedIn);
        Assert.Null(caller.PersonId);
        Assert.Equal("integrator", caller.ClientId);
    }

    [Fact]
    public void A_client_that_calls_itself_by_a_persons_id_does_not_become_that_person() =>
        Assert.Null(Caller(subject: Person, client: Person).PersonId);

    [Theory]
    [InlineData(null, "integrator")]
    [InlineData("", "integrator")]
    [InlineData("", "")]
    [InlineData("kezia.amari-holt@demo.example", "phone-app")]
    [InlineData("{01890a5d-ac96-774b-bcce-b302099a8057}", "phone-app")]
    [InlineData("01890a5dac96774bbcceb302099a8057", "phone-app")]
    [InlineData(null, null)]
    public void Any_other_subject_is_nobody(string? subject, string? client) => AssertNobody(Caller(subject, client));

    [Fact]
    public void Claims_that_nothing_vouches_for_are_nobodys() => AssertNobody(Caller(Person, "phone-app", vouchedFor: null));

    [Fact]
    public void Headers_make_nobody()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-User"] = Person;
        http.Request.Headers["sub"] = Person;

        AssertNobody(new HttpCaller(new HttpContextAccessor { HttpContext = http }));
    }

    [Fact]
    public void Outside_a_request_there_is_no_caller() => AssertNobody(new HttpCaller(new HttpContextAccessor()));

    private static void AssertNobody(HttpCaller caller)
    {
        Assert.False(caller.IsSignedIn);
        Assert.Null(caller.PersonId);
        Assert.Null(caller.ClientId);
        Assert.Null(caller.IdempotencyKey);
    }

    private static HttpCaller Caller(string? subject, string? client, string? vouchedFor = "token")
    {
        var claims = new List<Claim>();
        if (subject is not null)
            claims.Add(new("sub", subject));
        if (client is not null)
            claims.Add(new("client_id", client));
        var http = new DefaultHttpContext { User = new(new ClaimsIdentity(claims, vouchedFor)) };
        return new(new HttpContextAccessor { HttpContext = http });
    }
}
