using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its configuration, scheduler and event stream. Make one per process.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    protected ActorSystem()
    {
    }

    public abstract Settings Settings { get; }

    public abstract string Name { get; }

    public abstract Dispatchers Dispatchers { get; }

    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that reach nobody.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Drops everything.</summary>
    public abstract IActorRef IgnoreRef { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract ILoggingAdapter Log { get; }

    /// <summary>Which serializer writes a type and which reads a stored identifier.</summary>
    public abstract Akka.Serialization.Serialization Serialization { get; }

    /// <summary>The scheduler's monotonic clock when the system started.</summary>
    public abstract TimeSpan StartTime { get; }

    public abstract TimeSpan Uptime { get; }

    /// <summary>Completes when the system has ended, all actors stopped.</summary>
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup) => ActorSystemImpl.Create(name, setup);

    /// <exception cref="ArgumentException">The name is not made of letters, digits, "-" and "_", or begins with one of the latter.</exception>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public abstract object RegisterExtension(IExtensionId extension);

    public abstract object GetExtension(IExtensionId extensionId);

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(Type extensionType, out object extension);

    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    /// <summary>Runs code once all actors have stopped; last registered first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, then completes. Safe to call more than once, at any time.</summary>
    public abstract Task Terminate();

    public abstract void Stop(IActorRef actor);

    /// <summary>Creates an actor below /user.</summary>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Begins to terminate without waiting.</summary>
    public void Dispose()
    {
        _ = Terminate();
        GC.SuppressFinalize(this);
    }
}
