using CasePlanning.Domain.Contributions.Files;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>A picture or a recording that came along with a form.</summary>
internal static class SentFile
{
    /// <summary>Bytes for the other fields of the form.</summary>
    public const int FormRoom = 1024 * 1024;

    /// <returns>The file without what it would tell besides; null when it cannot be used.</returns>
    public static async Task<CleanFile?> Clean(IFormFile sent, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await sent.CopyToAsync(bytes, cancellation);
        return CleanFile.MediaTypes.FirstOrDefault(t => sent.ContentType.StartsWith(t, StringComparison.OrdinalIgnoreCase)) is { } type
            ? CleanFile.From(type, bytes.ToArray())
            : null;
    }
}
