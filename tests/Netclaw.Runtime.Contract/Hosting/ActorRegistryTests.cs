using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;

namespace Netclaw.Runtime.Contract.Hosting;

public sealed class ActorRegistryTests : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ActorRegistry _registry = new();

    [Fact]
    public void Get_GivesWhatWasRegistered()
    {
        _registry.Register<First>(TestActor);
        Assert.Equal(TestActor, _registry.Get<First>());
        Assert.True(_registry.TryGet<First>(out var found));
        Assert.Equal(TestActor, found);
    }

    [Fact]
    public void Get_OfNothing_IsAnError()
    {
        Assert.Throws<MissingActorRegistryEntryException>(() => _registry.Get<First>());
        Assert.False(_registry.TryGet<First>(out _));
    }

    [Fact]
    public void Register_Twice_IsAnError_UnlessItOverwrites()
    {
        var other = CreateTestProbe().Ref;
        _registry.Register<First>(TestActor);
        Assert.Throws<DuplicateActorRegistryException>(() => _registry.Register<First>(other));
        Assert.False(_registry.TryRegister<First>(other));
        Assert.Equal(TestActor, _registry.Get<First>());
        _registry.Register<First>(other, overwrite: true);
        Assert.Equal(other, _registry.Get<First>());
    }

    [Fact]
    public async Task GetAsync_WaitsForTheRegistration()
    {
        var waiting = _registry.GetAsync<First>();
        Assert.False(waiting.IsCompleted);
        _registry.Register<Second>(TestActor);
        Assert.False(waiting.IsCompleted);
        _registry.Register<First>(TestActor);
        Assert.Equal(TestActor, await waiting.WaitAsync(Limit));
    }

    [Fact]
    public async Task GetAsync_EndsWithItsToken()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _registry.GetAsync<First>(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Limit));
    }

    [Fact]
    public void For_IsTheSystemsOwn() => Assert.Same(ActorRegistry.For(Sys), ActorRegistry.For(Sys));

    private sealed class First;

    private sealed class Second;
}
