using System.Security.Cryptography;

namespace CasePlanning.Infrastructure.Backups;

/// <summary>Files and directories that are for the account that made them, from their first byte on.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerReadsAndWrites | UnixFileMode.UserExecute);
    }

    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerReadsAndWrites;
        return new FileStream(path, options);
    }

    public static async Task Write(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var file = Create(path);
        await file.WriteAsync(content, cancellation);
        file.Flush(flushToDisk: true);
    }

    /// <returns>What was copied, as it was read on the way.</returns>
    public static async Task<(long Bytes, string Sha256)> Copy(string from, string to, CancellationToken cancellation)
    {
        MakeDirectory(Path.GetDirectoryName(to)!);
        await using var source = Open(from);
        await using var copy = Create(to);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, bytes) = (new byte[128 * 1024], 0L);
        for (int read; (read = await source.ReadAsync(buffer, cancellation)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await copy.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        copy.Flush(flushToDisk: true);
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Takes off what comes after the last end of a line.</summary>
    public static void CutToWholeLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                break;
        }

        file.SetLength(end);
        file.Flush(flushToDisk: true);
    }

    public static async Task<(long Bytes, string Sha256)> Measure(string path, CancellationToken cancellation)
    {
        await using var file = Open(path);
        return (file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)));
    }

    /// <summary>Somebody may be adding to it meanwhile.</summary>
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
