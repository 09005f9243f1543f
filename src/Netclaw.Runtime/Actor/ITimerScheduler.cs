namespace Akka.Actor;

/// <summary>An actor with timers; set after construction, before PreStart.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface IWithTimers
{
    /// <summary>Set before the constructor runs.</summary>
    ITimerScheduler Timers { get; set; }
}

/// <summary>
/// Messages to oneself, later. A key has one timer: starting it again replaces it. After a cancel, a new start of the
/// same key or a restart of the actor, no message of the old timer arrives, not even one already in the mailbox.
/// </summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface ITimerScheduler
{
    /// <summary>The keys that are set.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>Sends the message again and again; a timer of the same key is replaced and its late messages never arrive.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Sends the message again and again; a timer of the same key is replaced and its late messages never arrive.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    /// <summary>Sends the message again and again; a timer of the same key is replaced and its late messages never arrive.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Sends the message again and again; a timer of the same key is replaced and its late messages never arrive.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    /// <summary>Sends the message once; a timer of the same key is replaced and its late message never arrives.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Sends the message once; a timer of the same key is replaced and its late message never arrives.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    /// <summary>Whether the key is set.</summary>
    bool IsTimerActive(object key);

    /// <summary>Its message never arrives from now on, not even when it is in the mailbox.</summary>
    void Cancel(object key);

    /// <summary>Cancels every timer of the actor; a stop or a restart does the same.</summary>
    void CancelAll();
}
