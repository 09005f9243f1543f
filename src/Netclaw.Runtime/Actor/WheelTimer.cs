namespace Akka.Actor;

/// <summary>One entry of the timer wheel, linked into the bucket its due tick falls into. Cancelling unlinks it at once.</summary>
internal abstract class WheelTimer
{
    internal TimerWheel? Wheel;
    internal WheelTimer? Before;
    internal WheelTimer? After;

    /// <summary>The first tick at which the time has come.</summary>
    internal long DueTick;

    /// <summary>When it is due, in clock ticks of 100 ns; a repetition counts from here, so it does not drift.</summary>
    internal long Due;

    /// <summary>Clock ticks between repetitions; zero for once.</summary>
    internal long Interval;

    public virtual bool IsCancelled => false;

    public abstract void Fire();

    /// <summary>The scheduler ends before the timer is due.</summary>
    public virtual void Abandon()
    {
    }

    /// <summary>False when it is firing, has fired or was cancelled before.</summary>
    public bool Cancel() => Wheel?.Remove(this) ?? false;
}

internal sealed class TellTimer(ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) : WheelTimer
{
    public override bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public override void Fire() => receiver.Tell(message, sender);
}

internal sealed class ActionTimer(Action action, ICancelable? cancelable) : WheelTimer
{
    public override bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public override void Fire() => action();
}
