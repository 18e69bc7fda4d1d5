using System.Text;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>A request with something wrong in it, and what its refusal must say.</summary>
/// <param name="Fault">What is wrong, for whoever reads a failure.</param>
/// <param name="Statuses">The statuses that are an answer to it.</param>
internal sealed record BadRequest(string Fault, ApiRequest Request, params int[] Statuses)
{
    /// <summary>What stands in every value that is sent, and must stand in no answer.</summary>
    public static readonly string Canary = $"sesame{Guid.NewGuid():N}";

    /// <summary>The id of nothing. It must stand in no answer either.</summary>
    public static readonly Guid Nowhere = Guid.NewGuid();

    /// <summary>The place in the body that the refusal must name; null when the fault is in no one place.</summary>
    public string? Pointer { get; init; }

    /// <summary>The header or query parameter that the refusal must name.</summary>
    public string? Parameter { get; init; }

    /// <summary>Refused before any operation is found, so no operation lists it.</summary>
    public bool IsNobodys { get; init; }

    public override string ToString() => $"{Fault}: {Request}";

    public static byte[] Bytes(string before, byte[] raw, string after) => [.. Encoding.UTF8.GetBytes(before), .. raw, .. Encoding.UTF8.GetBytes(after)];
}
