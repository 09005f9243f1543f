using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// An actor that a test can look through (Akka.NET documentation, "Testing Actor Systems"): <see cref="TestActor"/> receives, and the
/// Expect methods say what must have arrived. Synchronous methods block the test's thread; the Async ones do not. All wait on real time.
/// Messages told by the test without a sender come from <see cref="TestActor"/>, unless the kit is an <see cref="INoImplicitSender"/>.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActors;

    private readonly ITestKitAssertions _assertions;
    private readonly ImplicitSender? _implicitSender;
    private MessageQueue _queue = new();
    private ActorSystem? _system;
    private IActorRef? _testActor;
    private TestKitSettings? _settings;
    private EventFilterFactory? _eventFilter;

    /// <summary>With a system of its own, or one that is given.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    /// <summary>With a system of its own, or one that is given.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>With a system of its own, or one that is given.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Empty.And(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    /// <summary>With a system of its own, or one that is given.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        if (this is not INoImplicitSender) _implicitSender = ImplicitSender.Open();
        // ReSharper disable once VirtualMemberCallInConstructor: a hosting kit overrides this because its system does not exist yet.
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>The test kit's defaults, which every system that it creates has under its own configuration.</summary>
    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    /// <summary>Logs everything that the runtime can say about actors.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = DEBUG
          log-dead-letters = on
          log-dead-letters-during-shutdown = on
          actor.debug { receive = on, autoreceive = on, lifecycle = on, fsm = on, event-stream = on, unhandled = on }
        }
        """);

    /// <summary>The time that deadlines are measured in.</summary>
    public static TimeSpan Now => TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <summary>The actor system of the test.</summary>
    public ActorSystem Sys => _system ?? throw new InvalidOperationException("The test kit has no actor system yet: it is created when the test starts.");

    /// <summary>The configuration of the kit.</summary>
    public TestKitSettings TestKitSettings => _settings ??= TestKitExtension.For(Sys);

    /// <summary>The actor whose messages the test looks at.</summary>
    public IActorRef TestActor => _testActor ?? throw new InvalidOperationException("The test kit has no test actor yet: it is created when the test starts.");

    /// <summary>Who sent the message that was looked at last.</summary>
    public IActorRef LastSender => _last.Sender;

    /// <summary>The message that was looked at last.</summary>
    public object? LastMessage => _last.Message;

    /// <summary>In the test's name.</summary>
    public ILoggingAdapter Log => field ??= Logging.GetLogger(Sys, GetType());

    /// <summary>Expectations about what is logged.</summary>
    public EventFilterFactory EventFilter => _eventFilter ??= new EventFilterFactory(this);

    /// <summary>True if messages wait to be looked at.</summary>
    public bool HasMessages => _queue.HasMessages;

    /// <summary>For the log of that system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Starts the test actor.</summary>
    protected virtual void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _queue = new MessageQueue();
        _system = system ?? CreateSystem(config, actorSystemName);
        if (!_system.HasExtension<TestKitAssertionsProvider>()) _system.RegisterExtension(new TestKitAssertionsExtension(_assertions));
        _testActor = CreateTestActor(testActorName ?? "testActor" + Interlocked.Increment(ref _testActors));
        _implicitSender?.Be(_testActor);
    }

    /// <summary>Starts the test actor.</summary>
    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName)
        => InitializeTest(system, ActorSystemSetup.Empty.And(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    /// <summary>Ends the actor system and waits.</summary>
    /// <param name="duration">How long; five times the default expectation by default, at most 10 s.</param>
    /// <param name="verifySystemShutdown">Fail if it does not end in time.</param>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        if (_system is not null) Shutdown(_system, duration, verifySystemShutdown);
    }

    /// <summary>Ends the actor system and waits.</summary>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var wait = duration ?? TimeSpan.FromTicks(Math.Min(Dilated(TestKitSettings.SingleExpectDefault).Ticks * 5, TimeSpan.TicksPerSecond * 10));
        var ended = system.Terminate();
        if (!ended.Wait(wait) && verifySystemShutdown)
            Fail($"Failed to stop [{system.Name}] within [{wait}]");
    }

    private static ActorSystem CreateSystem(ActorSystemSetup setup, string? name)
    {
        var bootstrap = setup.Get<BootstrapSetup>().GetOrElse(BootstrapSetup.Create());
        return ActorSystem.Create(name ?? "test", setup.And(bootstrap.WithConfigFallback(DefaultConfig)));
    }

    /// <summary>Reports a failed expectation; never returns.</summary>
    private Exception Fail(string text)
    {
        _assertions.Fail("{0}", text);
        return new InvalidOperationException(text);
    }
}
