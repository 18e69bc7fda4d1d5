using System.Text;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Tests.Contributions.Files;
using static CasePlanning.Server.Tests.Contract.BadRequest;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>Everything that can be wrong with a file.</summary>
/// <param name="types">The media types that are taken.</param>
internal sealed class FileFaults(ApiRequest valid, IReadOnlyList<string> types)
{
    public IEnumerable<BadRequest> All()
    {
        foreach (var type in types)
        {
            var others = types.Where(other => other != type).Select(SampleFiles.Of);
            foreach (var bytes in others.Concat([[], [0], new byte[3_000], Encoding.UTF8.GetBytes($"<svg>{Canary}</svg>"), SampleFiles.Of(type)[..7]]))
                yield return new("no file of this type", Send(type, bytes), 422) { Pointer = "" };
        }

        var file = SampleFiles.Of(types[0]);
        foreach (var type in new[]
        {
            null, "application/json", "application/octet-stream", "image/*", "image/svg+xml", "image/gif", "text/html", "multipart/form-data; boundary=x", $"application/x-{Canary}", Canary,
        })
            yield return new("wrong content type", Send(type, file), 415);
        yield return new("compressed", Send(types[0], file).With("Content-Encoding", "gzip"), 415);
        yield return new("too large", Send(types[0], new byte[Attachment.MostBytes + 1]), 413);
        yield return new("too large, length unsaid", Send(types[0], new byte[Attachment.MostBytes + 1]) with { IsChunked = true }, 413);
    }

    /// <summary>A file as a bad line or a clumsy program may leave it. It may still be good enough.</summary>
    public static ApiRequest Damaged(ApiRequest valid, string type, RandomBodies random) => valid.With("Content-Type", type).With(random.Damaged(SampleFiles.Of(type)));

    private ApiRequest Send(string? type, byte[] file) => valid.WithNewKey().With("Content-Type", type).With(file);
}
