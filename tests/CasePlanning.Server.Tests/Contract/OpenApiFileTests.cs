using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>The contract is a file, so that every change to it is seen in review.</summary>
public sealed class OpenApiFileTests
{
    private const string File = "api-spec/openapi.v1.json";

    /// <summary>Set it to write the file anew after a change that is meant.</summary>
    private const string WriteVariable = "WRITE_OPENAPI";

    [Fact]
    public async Task The_file_is_what_the_running_host_serves_byte_for_byte()
    {
        await using var host = new PlanningHost();
        using var anonymous = host.Anonymous();
        var served = await anonymous.Http.GetByteArrayAsync("/swagger/v1/swagger.json");
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 })
            await System.IO.File.WriteAllBytesAsync(SourceFiles.At(File), served);

        var kept = await System.IO.File.ReadAllBytesAsync(SourceFiles.At(File));
        Assert.True(served.AsSpan().SequenceEqual(kept), $"{File} is not what the host serves. If the change is meant, run the tests with {WriteVariable}=1 and review the difference.");
    }

    [Fact]
    public async Task It_is_served_the_same_in_production()
    {
        await using var host = new PlanningHost { Environment = "Production" };
        using var anonymous = host.Anonymous();
        Assert.Equal(await System.IO.File.ReadAllBytesAsync(SourceFiles.At(File)), await anonymous.Http.GetByteArrayAsync("/swagger/v1/swagger.json"));
    }
}
