using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting.Logging;

/// <summary>Gives an actor system the factory of the loggers it writes to.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public class LoggerFactorySetup(ILoggerFactory loggerFactory) : Setup
{
    /// <summary>The host's.</summary>
    public ILoggerFactory LoggerFactory { get; } = loggerFactory;
}
