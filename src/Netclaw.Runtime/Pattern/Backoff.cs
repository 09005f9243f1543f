using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Options of a <see cref="BackoffSupervisor"/> (Akka.NET documentation, "Delayed restarts").</summary>
public static class Backoff
{
    /// <inheritdoc cref="OnFailure(Props, string, TimeSpan, TimeSpan, double, int)"/>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        => OnFailure(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <summary>The child is started again, after a wait that doubles each time, when it fails; when it stops by itself, so does the supervisor.</summary>
    /// <param name="childProps">The child.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The first wait.</param>
    /// <param name="maxBackoff">The longest wait.</param>
    /// <param name="randomFactor">Up to this fraction is added to each wait at random, so that not all start at once.</param>
    /// <param name="maxNrOfRetries">After so many the supervisor stops; -1 is no limit.</param>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries)
        => new BackoffSettings(BackoffCause.Failure, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);

    /// <inheritdoc cref="OnStop(Props, string, TimeSpan, TimeSpan, double, int)"/>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        => OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <summary>The child is started again, after a wait that doubles each time, when it stops; a failure goes to the supervisor strategy.</summary>
    /// <inheritdoc cref="OnFailure(Props, string, TimeSpan, TimeSpan, double, int)" path="/param"/>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries)
        => new BackoffSettings(BackoffCause.Stop, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);
}
