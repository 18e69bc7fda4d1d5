using System.Globalization;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>How much a store holds.</summary>
/// <param name="Contributions">Of each plan, in all its reviews together.</param>
/// <param name="Reviews">Of each plan: the last one is open, those before it are signed.</param>
internal sealed record StoreSize(int Plans, int Contributions, int Reviews)
{
    /// <summary>How many plans a professional takes part in.</summary>
    public const int Caseload = 25;

    public const string Usage = "generate DIRECTORY --plans 1000 [--contributions 200] [--reviews 4]";

    /// <summary>The professionals who take the same part, each in plans of their own.</summary>
    public int Colleagues => Math.Max(1, Plans / Caseload);

    /// <summary>As many people say what they can do as there are plans.</summary>
    public int Directory => Plans;

    /// <returns>Null when the arguments are none of a size.</returns>
    public static StoreSize? In(ReadOnlySpan<string> arguments)
    {
        var size = new StoreSize(1_000, 200, 4);
        for (; arguments is [var name, var value, ..]; arguments = arguments[2..])
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return null;
            switch (name)
            {
                case "--plans":
                    size = size with { Plans = number };
                    break;
                case "--contributions":
                    size = size with { Contributions = number };
                    break;
                case "--reviews":
                    size = size with { Reviews = number };
                    break;
                default:
                    return null;
            }
        }

        return arguments.Length == 0 ? size : null;
    }
}
