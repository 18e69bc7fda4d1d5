using System.Text.RegularExpressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Server.Tests.Support;
using MediatR;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>What every request of the application keeps to. That a body with text in it has a validator is in <see cref="Api.RequestShapeTests"/>.</summary>
public sealed partial class RequestTests
{
    private static readonly Type[] Needs = [typeof(IPublic), typeof(ISignedIn), typeof(IProfessional), typeof(IAppointed), typeof(IPlanRequest)];

    private static readonly Type[] Requests = [.. House.Types.Where(t => t is { IsInterface: false, IsAbstract: false } && Is(t, typeof(IRequest<>)))];

    private static readonly Type[] Handlers = [.. House.Types.Where(t => !t.IsAbstract && Is(t, typeof(IRequestHandler<,>)))];

    [Fact]
    public void A_request_says_in_one_way_who_may_send_it() =>
        Found.Nothing(Requests.Where(r => Needs.Count(need => need.IsAssignableFrom(r)) != 1).Select(r => r.Name));

    /// <summary>To add one here is to decide that anybody in the world may send it.</summary>
    [Fact]
    public void Nothing_may_be_sent_by_just_anybody() => Found.Nothing(Requests.Where(typeof(IPublic).IsAssignableFrom).Select(r => r.Name));

    [Fact]
    public void A_request_reads_or_writes_and_never_both() =>
        Found.Nothing(Requests.Where(r => Is(r, typeof(IQuery<>)) == typeof(ICommand).IsAssignableFrom(r)).Select(r => r.Name));

    [Fact]
    public void A_request_has_one_handler()
    {
        var handled = Handlers.SelectMany(h => h.GetInterfaces()).Where(i => Is(i, typeof(IRequestHandler<,>))).Select(i => i.GenericTypeArguments[0]);
        Assert.Equal(Requests.Select(r => r.Name).Order(StringComparer.Ordinal), handled.Select(r => r.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>A use case that sent another would be checked for access twice or not at all, and on SQLite would wait for itself.</summary>
    [Fact]
    public void A_handler_uses_no_other_handler_and_sends_nothing()
    {
        Assert.NotEmpty(Handlers);
        string[] senders = [typeof(IMediator).FullName!, typeof(IServiceProvider).FullName!];
        var names = Handlers.Select(h => h.FullName!).ToHashSet();
        Found.Nothing(House.Uses((user, used) => names.Contains(user.FullName) && (names.Contains(used.FullName) || senders.Contains(used.FullName))));
    }

    /// <summary>
    /// A command creates something, and then a route answers with what was created and asks for an idempotency key, or it changes
    /// something that is there. The compiler holds one half of this; here is the other.
    /// </summary>
    [Fact]
    public void What_creates_something_is_answered_as_created()
    {
        var changes = SourceFiles.Below("src/CasePlanning.Server/Api/V1")
            .SelectMany(f => AnsweredAsChange().Matches(File.ReadAllText(f))).Select(m => m.Groups["request"].Value).ToList();
        Assert.NotEmpty(changes);
        Found.Nothing(changes.Intersect(Requests.Where(typeof(ICreates).IsAssignableFrom).Select(r => r.Name)));
    }

    private static bool Is(Type type, Type open) =>
        type.GetInterfaces().Append(type).Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open);

    [GeneratedRegex(@"answers\.(Changed|Removed)\(\s*new (?<request>\w+)\(")]
    private static partial Regex AnsweredAsChange();
}
