using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>What one can say to a test actor; everything else it puts into the test's queue.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public static class TestActor
{
    /// <summary>Decides that a message is not worth showing to the test.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Ends automatic answers.</summary>
    public static AutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    /// <summary>Keeps the current automatic answers.</summary>
    public static AutoPilot KeepRunning => TestKit.KeepRunning.Instance;

    /// <summary>Stands for no message.</summary>
    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Sets which messages do not arrive; null for none.</summary>
    public class SetIgnore(Ignore? ignore) : INoSerializationVerificationNeeded
    {
        /// <summary>Decides that a message is not worth showing to the test.</summary>
        public Ignore? Ignore { get; } = ignore;
    }

    /// <summary>Lets the test actor watch.</summary>
    public class Watch(IActorRef actorToWatch) : INoSerializationVerificationNeeded
    {
        /// <summary>The actor it is about.</summary>
        public IActorRef Actor { get; } = actorToWatch;
    }

    /// <summary>Ends a death watch of the test actor.</summary>
    public class Unwatch(IActorRef actorToUnwatch) : INoSerializationVerificationNeeded
    {
        /// <summary>The actor it is about.</summary>
        public IActorRef Actor { get; } = actorToUnwatch;
    }

    /// <summary>Sets who answers.</summary>
    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        /// <summary>Who answers.</summary>
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    /// <summary>Makes a child of the test actor.</summary>
    public class Spawn(Props props, Option<string> name, Option<SupervisorStrategy> supervisorStrategy) : INoSerializationVerificationNeeded
    {
        /// <summary>How to make it.</summary>
        public Props _props = props;

        /// <summary>Its name, where it has one.</summary>
        public Option<string> _name = name;

        /// <summary>How it is supervised, where that differs.</summary>
        public Option<SupervisorStrategy> _supervisorStrategy = supervisorStrategy;

        /// <summary>Makes it.</summary>
        public IActorRef Apply(IActorRefFactory context) => context.ActorOf(_props, _name.HasValue ? _name.Value : null);
    }
}
