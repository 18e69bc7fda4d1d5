using System.Globalization;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Api.Authorisation;

/// <summary>
/// The statuses that each operation must answer each subject with, as read and agreed by people: a row for an operation, a
/// column for a subject. Written anew, to be read again, with <c>WRITE_MATRIX=1</c>.
/// </summary>
internal sealed class Matrix
{
    private const string Place = "tests/CasePlanning.Server.Tests/Api/Authorisation/matrix.csv";

    private readonly SortedDictionary<string, Dictionary<string, int>> rows = new(StringComparer.Ordinal);

    public IEnumerable<string> Operations => rows.Keys;

    public static Matrix Read()
    {
        var matrix = new Matrix();
        if (!File.Exists(SourceFiles.At(Place)))
            return matrix;
        var lines = File.ReadAllLines(SourceFiles.At(Place));
        var subjects = lines[0].Split(',')[1..];
        foreach (var cells in lines[1..].Select(line => line.Split(',')))
        {
            matrix.rows[cells[0]] = subjects.Zip(cells[1..], (subject, cell) => (subject, cell))
                .ToDictionary(c => c.subject, c => int.Parse(c.cell, CultureInfo.InvariantCulture));
        }

        return matrix;
    }

    /// <summary>Null where nothing is agreed.</summary>
    public int? this[string operation, string subject]
    {
        get => rows.TryGetValue(operation, out var row) && row.TryGetValue(subject, out var status) ? status : null;
        set
        {
            if (!rows.TryGetValue(operation, out var row))
                rows[operation] = row = [];
            row[subject] = value!.Value;
        }
    }

    public void Write()
    {
        var lines = rows.Select(row => string.Join(',', Subjects.All.Select(s => row.Value[s].ToString(CultureInfo.InvariantCulture)).Prepend(row.Key)));
        File.WriteAllLines(SourceFiles.At(Place), [string.Join(',', Subjects.All.Prepend("operation")), .. lines]);
    }
}
