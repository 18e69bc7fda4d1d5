#:property PublishAot=false
#:property Nullable=enable
// count.cs REPORTS PROJECT…: adds up the reports of one test run and prints, last, "N passed, N failed, N skipped". A test
// assembly that left no report has crashed, and one without a test proves nothing: each counts as one failure.
using System.Xml.Linq;

var (passed, failed, skipped) = (0, 0, 0);
foreach (var project in args[1..].Select(Path.GetFileNameWithoutExtension))
{
    var file = Path.Combine(args[0], $"{project}.xml");
    if (!File.Exists(file))
    {
        Console.WriteLine($"{project} left no report.");
        failed++;
        continue;
    }

    var assembly = XDocument.Load(file).Root!.Element("assembly")!;
    if (Number("total") == 0)
    {
        Console.WriteLine($"{project} has no test.");
        failed++;
    }

    passed += Number("passed");
    skipped += Number("skipped");
    // An error is a failure outside any one test: of a fixture, say.
    failed += Number("failed") + Number("errors");
    foreach (var test in assembly.Descendants("test").Where(test => (string?)test.Attribute("result") == "Skip"))
        Console.WriteLine($"Skipped: {(string?)test.Attribute("name")}: {(string?)test.Element("reason")}");
    // Said again here, where whoever sees only the end of a long run finds it.
    foreach (var failure in assembly.Descendants("failure"))
        Console.WriteLine($"Failed: {(string?)failure.Parent!.Attribute("name")}: {FirstLines((string?)failure.Element("message"))}");

    int Number(string attribute) => (int)assembly.Attribute(attribute)!;
    static string FirstLines(string? message) =>
        string.Join(" / ", (message ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(6));
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return passed > 0 && failed == 0 ? 0 : 1;
