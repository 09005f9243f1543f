using Akka.Event;

namespace Akka.Actor;

/// <summary>The vocabulary of finite state machines: events, states, reasons to stop, subscriptions.</summary>
public abstract class FSMBase : ActorBase
{
    protected FSMBase()
    {
    }

    /// <summary>What a subscriber gets first: the state the machine is in.</summary>
    public sealed class CurrentState<TS>(IActorRef fsmRef, TS state)
    {
        public IActorRef FsmRef { get; } = fsmRef;

        public TS State { get; } = state;

        public override bool Equals(object? obj) => obj is CurrentState<TS> other && Equals(FsmRef, other.FsmRef) && Equals(State, other.State);

        public override int GetHashCode() => HashCode.Combine(FsmRef, State);

        public override string ToString() => $"CurrentState <{State}>";
    }

    /// <summary>What a subscriber gets for each transition.</summary>
    public sealed class Transition<TS>(IActorRef fsmRef, TS from, TS to)
    {
        public IActorRef FsmRef { get; } = fsmRef;

        public TS From { get; } = from;

        public TS To { get; } = to;

        public override bool Equals(object? obj) =>
            obj is Transition<TS> other && Equals(FsmRef, other.FsmRef) && Equals(From, other.From) && Equals(To, other.To);

        public override int GetHashCode() => HashCode.Combine(FsmRef, From, To);

        public override string ToString() => $"Transition({From}, {To})";
    }

    /// <summary>Asks the machine to tell an actor its state and its transitions.</summary>
    public sealed class SubscribeTransitionCallBack(IActorRef actorRef)
    {
        public IActorRef ActorRef { get; } = actorRef;
    }

    public sealed class UnsubscribeTransitionCallBack(IActorRef actorRef)
    {
        public IActorRef ActorRef { get; } = actorRef;
    }

    /// <summary>Why a machine stopped.</summary>
    public abstract class Reason
    {
        protected Reason()
        {
        }
    }

    /// <summary>By its own decision.</summary>
    public sealed class Normal : Reason
    {
        private Normal()
        {
        }

        public static Normal Instance { get; } = new();
    }

    /// <summary>Somebody stopped or restarted the actor.</summary>
    public sealed class Shutdown : Reason
    {
        private Shutdown()
        {
        }

        public static Shutdown Instance { get; } = new();
    }

    public sealed class Failure(object cause) : Reason
    {
        public object Cause { get; } = cause;

        public override string ToString() => $"Failure({Cause})";
    }

    /// <summary>Nothing arrived for as long as the state allows.</summary>
    public sealed class StateTimeout
    {
        private StateTimeout()
        {
        }

        public static StateTimeout Instance { get; } = new();

        public override string ToString() => nameof(StateTimeout);
    }

    /// <summary>What a termination handler gets.</summary>
    public sealed class StopEvent<TS, TD>(Reason reason, TS terminatedState, TD stateData) : INoSerializationVerificationNeeded
    {
        public Reason Reason { get; } = reason;

        public TS TerminatedState { get; } = terminatedState;

        public TD StateData { get; } = stateData;

        public override string ToString() => $"StopEvent <Reason: {Reason}, TerminatedState: {TerminatedState}, StateData: {StateData}>";
    }

    /// <summary>A message together with the machine's data.</summary>
    public readonly struct Event<TD>(object fsmEvent, TD stateData) : INoSerializationVerificationNeeded
    {
        public object FsmEvent { get; } = fsmEvent;

        public TD StateData { get; } = stateData;

        public override string ToString() => $"Event: <{FsmEvent}>, StateData: <{StateData}>";
    }

    /// <summary>Where to go next, with what data, and what to answer. Immutable.</summary>
    public sealed class State<TS, TD>(TS stateName, TD stateData, TimeSpan? timeout = null, Reason stopReason = null!, IReadOnlyList<object> replies = null!, bool notifies = true)
        : IEquatable<State<TS, TD>>
    {
        public TS StateName { get; } = stateName;

        public TD StateData { get; } = stateData;

        public TimeSpan? Timeout { get; } = timeout;

        public Reason? StopReason { get; } = stopReason;

        /// <summary>Answers to the sender, newest first.</summary>
        public IReadOnlyList<object> Replies { get; } = replies ?? [];

        internal bool Notifies => notifies;

        /// <summary>Overrides the state's timeout once; <see cref="TimeSpan.MaxValue"/> turns it off.</summary>
        public State<TS, TD> ForMax(TimeSpan timeout) => new(StateName, StateData, timeout, StopReason!, Replies, notifies);

        public State<TS, TD> Replying(object replyValue) => new(StateName, StateData, Timeout, StopReason!, [replyValue, .. Replies], notifies);

        public State<TS, TD> Using(TD nextStateData) => new(StateName, nextStateData, Timeout, StopReason!, Replies, notifies);

        internal State<TS, TD> Stopping(Reason reason) => new(StateName, StateData, Timeout, reason, Replies, notifies);

        internal State<TS, TD> Silent() => new(StateName, StateData, Timeout, StopReason!, Replies, notifies: false);

        public bool Equals(State<TS, TD>? other) =>
            other is not null && Equals(StateName, other.StateName) && Equals(StateData, other.StateData)
            && Timeout == other.Timeout && Equals(StopReason, other.StopReason) && Replies.SequenceEqual(other.Replies);

        public override bool Equals(object? obj) => Equals(obj as State<TS, TD>);

        public override int GetHashCode() => HashCode.Combine(StateName, StateData, Timeout);

        public override string ToString() => $"{StateName}, {StateData}";
    }

    /// <summary>A tick of a named timer or of the state timeout; only the one on record counts.</summary>
    internal sealed class Tick(string? name, object message, bool repeats, ICancelable running) : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        /// <summary>Null for the state timeout.</summary>
        public string? Name => name;

        public object Message => message;

        public bool Repeats => repeats;

        public ICancelable Running => running;
    }
}
