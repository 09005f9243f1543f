using Akka.Actor;
using Akka.Configuration;

namespace Netclaw.Runtime.Internals.Core;

/// <summary>A quiet system of the embedded kind, ended with the test.</summary>
public abstract class CoreSystem : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal ActorSystemImpl System { get; } = (ActorSystemImpl)ActorSystem.Create(
        "core", ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, loggers = [] }"));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.Terminate().WaitAsync(Patience);

    protected sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
