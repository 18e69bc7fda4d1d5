using CasePlanning.Application;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Seeding;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

public sealed class FrameworkFilesTests : IDisposable
{
    private const string Simple = """{"code":"simple","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":["An aim"]}]}""";

    private readonly string data = Directory.CreateTempSubdirectory("caseplanning-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public void Two_frameworks_are_shipped()
    {
        var frameworks = FrameworkFiles.Read(data);

        Assert.Equal([Framework.Default, "shanarri"], frameworks.Select(f => f.Code));
        Assert.Equal(
            ["be-healthy", "stay-safe", "enjoy-and-achieve", "make-a-positive-contribution", "achieve-economic-wellbeing"],
            frameworks[0].Outcomes.Select(o => o.Code));
        Assert.Equal(["Feeling well", "Feeling safe", "School and learning", "Having a say", "My future"], frameworks[0].Outcomes.Select(o => o.ChildName));
        Assert.All(frameworks[0].Outcomes, outcome => Assert.Equal(5, outcome.Aims.Distinct().Count()));
        Assert.Equal(
            ["safe", "healthy", "achieving", "nurtured", "active", "respected", "responsible", "included"],
            frameworks[1].Outcomes.Select(o => o.Code));
    }

    [Fact]
    public void An_installation_adds_its_own_without_code()
    {
        Put("simple.json", Simple);

        var added = FrameworkFiles.Read(data).Single(f => f.Code == "simple");

        Assert.Equal("Mine", Assert.Single(added.Outcomes).ChildName);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "empty")]
    [InlineData("{\"code\":", "JSON")]
    [InlineData("""{"code":"simple","name":"Simple"}""", "outcomes")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":null}""", "outcomes")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[]}""", "no outcomes")]
    [InlineData("""{"code":"Simple!","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[]}]}""", "code")]
    [InlineData("""{"code":"simple","name":" ","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[]}]}""", "name")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[{"code":"","name":"One","childName":"Mine","aims":[]}]}""", "code of an outcome")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"","aims":[]}]}""", "childName")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[""]}]}""", "aim")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[null]}]}""", "aim")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[null]}""", "outcome")]
    [InlineData("""{"code":"simple","code":"other","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[]}]}""", "code")]
    [InlineData("""{"code":"simple","name":"Simple","colour":"red","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[]}]}""", "colour")]
    [InlineData("""{"code":"simple","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[]},{"code":"one","name":"Two","childName":"Yours","aims":[]}]}""", "same code")]
    [InlineData("""{"code":"shanarri","name":"Another","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":[]}]}""", "taken")]
    public void A_faulty_file_is_named_with_its_fault(string json, string fault)
    {
        Put("faulty.json", json);

        var thrown = Assert.Throws<StartRefused>(() => FrameworkFiles.Read(data));

        Assert.Contains("faulty.json", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    private void Put(string name, string json) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(data, "frameworks")).FullName, name), json);
}
