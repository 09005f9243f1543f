using Akka.Actor;
using Akka.Util;

namespace Akka.Event;

/// <summary>The first message a logger gets; it answers <see cref="LoggerInitialized"/>.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class InitializeLogger(LoggingBus loggingBus) : INoSerializationVerificationNeeded
{
    /// <summary>Where it subscribes.</summary>
    public LoggingBus LoggingBus { get; } = loggingBus;
}

/// <summary>A logger's answer to InitializeLogger: it listens.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>Prints log lines to standard output.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class DefaultLogger : ActorBase, Dispatch.IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent line:
                Print(line);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes the line to standard output.</summary>
    protected virtual void Print(LogEvent logEvent) => StandardOutWriter.WriteLine(logEvent.ToString());
}

/// <summary>Prints without an actor, while there are none.</summary>
internal sealed class StandardOutLogger : MinimalActorRef
{
    private readonly ActorPath path = new RootActorPath(new Address("akka", "all-systems"), "/StandardOutLogger");

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => throw new NotSupportedException("The standard output logger belongs to no actor system.");

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is LogEvent line)
            StandardOutWriter.WriteLine(line.ToString());
    }
}

/// <summary>Logs unhandled messages when <c>akka.actor.debug.unhandled</c> is on.</summary>
internal sealed class UnhandledMessageLog(ActorSystemImpl system) : MinimalActorRef
{
    public override ActorPath Path => system.IgnoreRef.Path;

    public override IActorRefProvider Provider => system.Provider;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is UnhandledMessage unhandled)
        {
            system.EventStream.Publish(new Debug(
                unhandled.Recipient.Path.ToString(),
                unhandled.Recipient.GetType(),
                $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
        }
    }
}
