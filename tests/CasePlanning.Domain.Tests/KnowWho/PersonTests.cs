using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.KnowWho;

public sealed class PersonTests
{
    [Theory]
    [InlineData("Sunniva.Raike@Demo.Example", "sunniva.raike@demo.example")]
    [InlineData("  sunniva.raike@demo.example ", "sunniva.raike@demo.example")]
    [InlineData(null, null)]
    public void One_address_is_one_person_however_it_is_written(string? written, string? kept) =>
        Assert.Equal(kept, new Person("Sunniva Raike", written, agencyId: null, Role.Nurse, KeziasPlan.Begin).Email);
}
