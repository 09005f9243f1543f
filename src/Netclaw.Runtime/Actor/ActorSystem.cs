using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its configuration, scheduler and event stream. Make one per process.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    /// <summary>For the runtime's own system.</summary>
    protected ActorSystem()
    {
    }

    /// <summary>The configuration, read.</summary>
    public abstract Settings Settings { get; }

    /// <summary>Unique within the process by convention, not by force.</summary>
    public abstract string Name { get; }

    /// <summary>What gives actors threads.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>Where the system publishes logs, dead letters and unhandled messages.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that reach nobody.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Drops everything.</summary>
    public abstract IActorRef IgnoreRef { get; }

    /// <summary>Messages and actions for later.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>The system's own logger.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>Which serializer writes a type and which reads a stored identifier.</summary>
    public abstract Akka.Serialization.Serialization Serialization { get; }

    /// <summary>The scheduler's monotonic clock when the system started.</summary>
    public abstract TimeSpan StartTime { get; }

    /// <summary>How long it has been running.</summary>
    public abstract TimeSpan Uptime { get; }

    /// <summary>Completes when the system has ended, all actors stopped.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>Starts a system. Errors of the configuration are thrown from here.</summary>
    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    /// <summary>Starts a system. Errors of the configuration are thrown from here.</summary>
    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <summary>Starts a system. Errors of the configuration are thrown from here.</summary>
    public static ActorSystem Create(string name, ActorSystemSetup setup) => ActorSystemImpl.Create(name, setup);

    /// <exception cref="ArgumentException">The name is not made of letters, digits, "-" and "_", or begins with one of the latter.</exception>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>Makes the extension, once.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>The extension; made when nobody has.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    /// <summary>Whether it was made.</summary>
    public abstract bool HasExtension(Type type);

    /// <summary>Whether it was made.</summary>
    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    /// <summary>False when it was not made.</summary>
    public abstract bool TryGetExtension(Type extensionType, out object extension);

    /// <summary>False when it was not made.</summary>
    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;

    /// <summary>The extension; made when nobody has.</summary>
    public abstract T GetExtension<T>()
        where T : class, IExtension;

    /// <summary>Runs code once all actors have stopped; last registered first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, then completes. Safe to call more than once, at any time.</summary>
    public abstract Task Terminate();

    /// <summary>Stops the actor after its present message; returns at once.</summary>
    public abstract void Stop(IActorRef actor);

    /// <summary>Creates an actor below /user.</summary>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <summary>A selection from the root.</summary>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>A selection from the root.</summary>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Begins to terminate without waiting.</summary>
    public void Dispose()
    {
        _ = Terminate();
        GC.SuppressFinalize(this);
    }
}
