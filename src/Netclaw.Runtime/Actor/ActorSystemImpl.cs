using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>An actor system: wires its parts together in <see cref="Start"/>; ends in ActorSystemImpl.Termination.</summary>
internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ExtensionRegistry extensions;
    private long lastUid;

    private ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        if (!IsValidName(name))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-').", nameof(name));
        }

        Name = name;
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap.HasValue && bootstrap.Value.Config.HasValue ? bootstrap.Value.Config.Value : ConfigurationFactory.Load();
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), DefaultLogMessageFormatter.Instance);
        Dispatchers = new Dispatchers(Settings.Config);
        Scheduler = MakeScheduler();
        AskClock = Scheduler as HashedWheelTimerScheduler ?? new HashedWheelTimerScheduler(Settings.Config, Log);
        StartTime = Scheduler.MonotonicClock;
        extensions = new ExtensionRegistry(this);

        Provider = new LocalActorRefProvider(this);
        var root = Provider.RootPath;
        Root = new RootActorRef(this, root);
        DeadLetters = new DeadLetterActorRef(this, root / "deadLetters");
        IgnoreRef = new IgnoreActorRef(this, root / "ignore");
        Temp = new TempContainer(this, root / "temp");
        var guardian = Props.CreateBy(new Guardian.Producer());
        SystemGuardianRef = new LocalActorRef(this, guardian.WithSupervisorStrategy(SupervisorStrategy.DefaultStrategy), Dispatchers.DefaultGlobalDispatcher, Root, "system", -1);
        UserGuardian = new LocalActorRef(
            this,
            guardian.WithSupervisorStrategy(SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create()),
            Dispatchers.DefaultGlobalDispatcher,
            Root,
            "user",
            -1);
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override ILoggingAdapter Log { get; }

    public override Dispatchers Dispatchers { get; }

    public override IScheduler Scheduler { get; }

    public override TimeSpan StartTime { get; }

    public override TimeSpan Uptime => Scheduler.MonotonicClock - StartTime;

    public override IActorRefProvider Provider { get; }

    public override IActorRef DeadLetters { get; }

    public override IActorRef IgnoreRef { get; }

    public override IInternalActorRef Guardian => UserGuardian;

    public override IInternalActorRef SystemGuardian => SystemGuardianRef;

    public override IInternalActorRef LookupRoot => Root;

    internal RootActorRef Root { get; }

    internal TempContainer Temp { get; }

    internal LocalActorRef UserGuardian { get; }

    internal LocalActorRef SystemGuardianRef { get; }

    /// <summary>
    /// What Asks wait by: real time, also when the system's scheduler keeps another. A test that moves its scheduler's time by
    /// hours must not make every Ask that is under way give up.
    /// </summary>
    internal HashedWheelTimerScheduler AskClock { get; }

    public static new ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, setup);
        system.Start();
        return system;
    }

    /// <summary>The system a reference belongs to; null for Nobody and foreign references.</summary>
    public static ActorSystemImpl? Of(ICanTell target) => target switch
    {
        LocalActorRef local => local.Cell.SystemImpl,
        EmptyLocalActorRef empty => empty.Owner,
        ActorSelection selection => Of(selection.Anchor),
        Nobody => null,
        IInternalActorRef other => other.Provider.Settings.System as ActorSystemImpl,
        _ => ActorCell.Current?.SystemImpl,
    };

    public long NextUid() => Interlocked.Increment(ref lastUid);

    public override IActorRef ActorOf(Props props, string? name = null) => UserGuardian.Cell.AddChild(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => SystemGuardianRef.Cell.AddChild(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override void Stop(IActorRef actor)
    {
        if (actor is LocalActorRef { Parent: LocalActorRef parent } && (ReferenceEquals(parent, UserGuardian) || ReferenceEquals(parent, SystemGuardianRef)))
            parent.Cell.Stop(actor);
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override ActorSelection ActorSelection(ActorPath actorPath) =>
        new(actorPath.Address == Provider.DefaultAddress ? Root : DeadLetters, actorPath.Elements);

    public override ActorSelection ActorSelection(string actorPath) =>
        ActorPath.TryParse(actorPath, out var absolute) ? ActorSelection(absolute) : new ActorSelection(Root, actorPath);

    public override object RegisterExtension(IExtensionId extension) => extensions.Register(extension);

    public override object GetExtension(IExtensionId extensionId) =>
        extensions.TryGet(extensionId.ExtensionType, out var found) ? found : throw NotRegistered(extensionId.ExtensionType);

    public override T GetExtension<T>() => TryGetExtension<T>(out var found) ? found : throw NotRegistered(typeof(T));

    public override bool HasExtension(Type type) => extensions.TryGet(type, out _);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension) => extensions.TryGet(extensionType, out extension);

    public override bool TryGetExtension<T>(out T extension)
    {
        var has = extensions.TryGet(typeof(T), out var found);
        extension = (T)found;
        return has;
    }

    public override string ToString() => Root.Path.Address.ToString();

    private static InvalidOperationException NotRegistered(Type type) =>
        new($"No extension of type {type} is registered with this actor system. Register its id first.");

    private static bool IsValidName(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_');

    private void Start()
    {
        SystemGuardianRef.Start();
        UserGuardian.Start();
        EventStream.StartLoggers(this);
        foreach (var name in Settings.Config.GetStringList("akka.extensions", []))
            LoadExtension(name);
        if (Settings.LogConfigOnStart)
            Log.Info("{0}", Settings);
    }

    private IScheduler MakeScheduler()
    {
        if (Settings.SchedulerClass is "Akka.Actor.HashedWheelTimerScheduler")
            return new HashedWheelTimerScheduler(Settings.Config, Log);
        var type = NamedType.Get(Settings.SchedulerClass, "akka.scheduler.implementation");
        return Activator.CreateInstance(type, Settings.Config, Log) as IScheduler
            ?? throw new ConfigurationException($"akka.scheduler.implementation names {type}, which is no IScheduler.");
    }

    private void LoadExtension(string name)
    {
        if (Activator.CreateInstance(NamedType.Get(name, "akka.extensions")) is not IExtensionId id)
            throw new ConfigurationException($"akka.extensions names {name}, which is no IExtensionId.");
        RegisterExtension(id);
    }
}
