using Akka.Actor;
using Akka.Configuration;

namespace Netclaw.Runtime.Contract.Actors;

/// <summary>A quiet actor system per test, ended with it.</summary>
public abstract class ActorHarness : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = Mailbag.Patience;

    protected ActorHarness(string hocon = "") => System = ActorSystem.Create(
        "contract",
        ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, loggers = [] }")));

    protected ActorSystem System { get; }

    protected Mailbag NewMailbag() => new(System);

    protected Mailbag Subscribe<T>()
    {
        var mailbag = NewMailbag();
        System.EventStream.Subscribe(mailbag.Ref, typeof(T));
        return mailbag;
    }

    /// <summary>Answers once everything sent to the actor before, by this thread, has been processed.</summary>
    protected static Task Processed(IActorRef actor) => actor.Ask<ActorIdentity>(new Identify("processed"), Patience);

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => System.Terminate().WaitAsync(Patience);
}
