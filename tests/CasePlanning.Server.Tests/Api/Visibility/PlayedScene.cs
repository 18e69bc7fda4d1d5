using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>The <see cref="Scene"/>, played once for tests that read it and write nothing that stays.</summary>
public sealed class PlayedScene : IAsyncLifetime
{
    internal Scene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await Scene.Play();

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
