using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace CasePlanning.Server.Pages;

/// <summary>
/// Pages that may be sent compressed. Whoever can put words into a compressed answer and see how long it is can find out what else
/// is in it; so a page says this of itself only if it repeats nothing that its address could be made to say. Its form keys are new
/// in each answer.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SentCompressedAttribute : Attribute;

internal static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    public static void UseCompression(this WebApplication app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<SentCompressedAttribute>() is not null,
        compressed => compressed.UseResponseCompression());
}
