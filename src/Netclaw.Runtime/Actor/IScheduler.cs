using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>The scheduler's clock.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface ITimeProvider
{
    /// <summary>The present moment of this clock, UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since some start; never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>The same, as fine as the machine has it.</summary>
    TimeSpan HighResMonotonicClock { get; }
}

/// <summary>A clock that tells the time of day.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface IDateTimeOffsetNowTimeProvider : ITimeProvider
{
}

/// <summary>Sends messages later. Never early; late by up to the scheduler's tick.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface ITellScheduler
{
    /// <summary>Sends the message once, after the delay, unless it was cancelled.</summary>
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender);

    /// <summary>Sends the message once, after the delay, unless it was cancelled.</summary>
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable);

    /// <summary>Sends the message after the delay and then once per interval, until it is cancelled.</summary>
    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender);

    /// <summary>Sends the message after the delay and then once per interval, until it is cancelled.</summary>
    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable);
}

/// <summary>Schedules work that is an object.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface IRunnableScheduler
{
    /// <summary>Runs once, after the delay, on a thread of the scheduler: it must be short.</summary>
    void ScheduleOnce(TimeSpan delay, IRunnable action);

    /// <summary>Runs once, after the delay, on a thread of the scheduler: it must be short.</summary>
    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable);

    /// <summary>Runs after the delay and then once per interval, until it is cancelled or fails.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);

    /// <summary>Runs after the delay and then once per interval, until it is cancelled or fails.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable);
}

/// <summary>Runs actions later, on the scheduler's own thread: they must be short and not touch actors' state.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface IActionScheduler : IRunnableScheduler
{
    /// <summary>Runs once, after the delay, on a thread of the scheduler: it must be short.</summary>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Runs once, after the delay, on a thread of the scheduler: it must be short.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable);

    /// <summary>Runs after the delay and then once per interval, until it is cancelled or fails.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    /// <summary>Runs after the delay and then once per interval, until it is cancelled or fails.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable);
}

/// <summary>Schedules code, which runs outside any actor.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface IAdvancedScheduler : IActionScheduler
{
}

/// <summary>The system's scheduler; <c>akka.scheduler.implementation</c> names it.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>For code in place of messages.</summary>
    IAdvancedScheduler Advanced { get; }
}
