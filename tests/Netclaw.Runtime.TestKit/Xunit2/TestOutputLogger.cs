using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Writes what is logged to the output of an xunit test, as long as the test runs.</summary>
internal sealed class TestOutputLogger : ReceiveActor
{
    public TestOutputLogger(ITestOutputHelper output, string prefix)
    {
        Receive<InitializeLogger>(initialize =>
        {
            initialize.LoggingBus.Subscribe(Self, typeof(LogEvent));
            Sender.Tell(new LoggerInitialized(), Self);
        });
        Receive<LogEvent>(log => Write(output, prefix + log));
    }

    public static void Start(ActorSystem system, ITestOutputHelper output, string prefix)
    {
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestOutputLogger(output, prefix)), "log-test");
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
    }

    private static void Write(ITestOutputHelper output, string text)
    {
        try
        {
            output.WriteLine(text);
        }
        catch (InvalidOperationException)
        {
            // The test has ended; what its actors say on their way out has nowhere to go.
        }
    }
}
