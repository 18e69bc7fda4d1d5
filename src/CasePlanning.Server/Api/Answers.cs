using System.Reflection;
using System.Security.Cryptography;
using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Kernel;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>
/// What a route does with a request of the application, as a parameter of the route: read, list, create, change. Whatever is
/// written is answered with what a read gives afterwards, so that there is one view of everything. Somebody's next change may come
/// before that reading: the ETag names the version that the caller's own write made, so that with it they are told they are late.
/// </summary>
public sealed class Answers : IBindableFromHttpContext<Answers>
{
    /// <summary>The hash of a write's journal entry: with it, whoever wrote can ask for proof that the entry is kept.</summary>
    public const string ReceiptHeader = "Journal-Receipt";

    private readonly HttpContext context;
    private readonly IMediator mediator;
    private readonly Looks looks;

    private Answers(HttpContext context)
    {
        this.context = context;
        mediator = context.RequestServices.GetRequiredService<IMediator>();
        looks = context.RequestServices.GetRequiredService<Looks>();
    }

    public static ValueTask<Answers?> BindAsync(HttpContext context, ParameterInfo parameter) => new(new Answers(context));

    /// <summary>200 with an ETag, or 304 when the caller has it already.</summary>
    public async Task<IResult> Read<T>(IQuery<T> query)
    {
        var representation = await Represent(query);
        return await Shown(representation);
    }

    /// <summary>200 with <c>{items, next}</c> and a link to the next page.</summary>
    public async Task<IResult> List<T>(IQuery<Page<T>> query)
    {
        var page = await mediator.Send(query, context.RequestAborted);
        // Sealing never gives the same cursor twice, so the tag is made of what it seals, and is weak because the bytes differ.
        var unsealed = Json.Bytes(new Listing<T>(page.Items, page.Next));
        var tag = new EntityTagHeaderValue(ETags.Of(unsealed).Tag, isWeak: true);
        var next = page.Next is null ? null : Cursors.Seal(context, page.Next);
        var body = next is null ? unsealed : Json.Bytes(new Listing<T>(page.Items, next));
        var representation = new Representation(body, SHA256.HashData(body), tag)
        {
            Link = next is null ? null : $"<{Cursors.AddressOf(context, next)}>; rel=\"next\"",
        };
        return await Shown(representation);
    }

    /// <summary>200 with all that a search found. What is searched for is in a body, so there is nothing to keep or to compare.</summary>
    public async Task<IResult> Found<T>(IQuery<Page<T>> search)
    {
        var page = await mediator.Send(search, context.RequestAborted);
        return await Journaled(Write(new Listing<T>(page.Items, Next: null)));
    }

    /// <summary>
    /// 201 with the address of what was created and with <paramref name="read"/>; once more 201 and the same thing when the
    /// idempotency key has done its work before.
    /// </summary>
    public async Task<IResult> Created<T>(ICreates command, Func<Guid, IQuery<T>> read, Func<Guid, string> address)
    {
        using var claim = context.RequestServices.GetRequiredService<Idempotency>().Claim(context);
        var written = await mediator.Send(command, context.RequestAborted);
        var representation = written.Made is T made ? Write(made) : await Represent(read(written.Id), written.Version);
        // The write has its own entry; a repeat wrote nothing, and is a look.
        if (written.Replayed)
            await looks.Record(representation.Digest, context.RequestAborted);
        return representation with
        {
            Status = StatusCodes.Status201Created,
            Location = $"{context.Request.PathBase}{ApiSetup.Root}{address(written.Id)}",
            IsReplayed = written.Replayed,
            Receipt = written.Receipt,
        };
    }

    /// <summary>200 with what <paramref name="read"/> gives after the change; a stale one is told the ETag of what it gives now.</summary>
    public async Task<IResult> Changed<T>(ICommand command, IQuery<T> read)
    {
        Written written;
        try
        {
            written = await mediator.Send(command, context.RequestAborted);
        }
        catch (StaleVersion stale)
        {
            throw new StaleRepresentation((await Represent(read)).ETag.ToString(), stale);
        }

        return await Represent(read, written.Version) with { Receipt = written.Receipt };
    }

    /// <summary>200 with what came of it, which may be known by another id than what was asked for.</summary>
    public async Task<IResult> Changed<T>(ICommand command, Func<Guid, IQuery<T>> read)
    {
        var written = await mediator.Send(command, context.RequestAborted);
        return await Represent(read(written.Id), written.Version) with { Receipt = written.Receipt };
    }

    /// <summary>
    /// 201 or 200 with what is kept now. A stale one is answered with what the caller's other device has written, which is journaled
    /// like any look.
    /// </summary>
    public async Task<IResult> Kept(KeepDraft command, ReadDraft read, bool isNew, string address)
    {
        Written written;
        try
        {
            written = await mediator.Send(command, context.RequestAborted);
        }
        catch (StaleVersion stale)
        {
            var draft = await mediator.Send(read, context.RequestAborted);
            var body = Json.Bytes(draft);
            var digest = SHA256.HashData(body);
            await looks.Record(digest, context.RequestAborted);
            throw new StaleRepresentation(ETags.OfDigest(digest, draft.Version).ToString(), stale) { Draft = draft };
        }

        return await Represent(read, written.Version) with
        {
            Status = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            Location = isNew ? $"{context.Request.PathBase}{ApiSetup.Root}{address}" : null,
            Receipt = written.Receipt,
        };
    }

    /// <summary>200 with what no use case but the edge itself knows.</summary>
    public static IResult Of<T>(T view) => Write(view);

    /// <summary>204 once it is gone.</summary>
    public async Task<IResult> Removed(ICommand command)
    {
        var written = await mediator.Send(command, context.RequestAborted);
        context.Response.Headers[ReceiptHeader] = written.Receipt;
        return TypedResults.NoContent();
    }

    /// <summary>200 with a file to save and never to open in place, or 304 when the caller has it already.</summary>
    public async Task<IResult> File(IQuery<AttachmentFile> query)
    {
        var file = await mediator.Send(query, context.RequestAborted);
        var representation = new Representation(file.Bytes, Convert.FromHexString(file.Sha256), new($"\"{file.Sha256}\"")) { ContentType = file.MediaType, SaveAs = file.Name };
        return await Shown(representation);
    }

    /// <summary>What is known already is not sent again; what is sent is journaled first.</summary>
    private async Task<IResult> Shown(Representation representation)
    {
        if (ETags.IsKnownTo(context.Request, representation.ETag))
            return representation.NotModified();
        return await Journaled(representation);
    }

    /// <summary>All is read that is sent.</summary>
    private async Task<Representation> Journaled(Representation representation)
    {
        context.RequestServices.GetService<IReadConnection>()?.GiveBack();
        await looks.Record(representation.Digest, context.RequestAborted);
        return representation;
    }

    /// <param name="query">What to read.</param>
    /// <param name="version">The version that its ETag names, when it is not the one that is read.</param>
    private async Task<Representation> Represent<T>(IQuery<T> query, int? version = null)
    {
        var view = await mediator.Send(query, context.RequestAborted);
        return view is WrittenReading(var body, var digest) ? new(body, digest, ETags.OfDigest(digest)) : Write(view, version);
    }

    private static Representation Write<T>(T view, int? version = null)
    {
        var body = Json.Bytes(view);
        var digest = SHA256.HashData(body);
        return new(body, digest, ETags.OfDigest(digest, version ?? (view as IVersionedView)?.Version));
    }
}
