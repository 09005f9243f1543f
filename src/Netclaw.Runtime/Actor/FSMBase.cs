using Akka.Event;

namespace Akka.Actor;

/// <summary>The vocabulary of finite state machines: events, states, reasons to stop, subscriptions.</summary>
/// <remarks>Akka.NET documentation, "FSM".</remarks>
public abstract class FSMBase : ActorBase
{
    /// <summary>For <see cref="FSM{TState,TData}"/>.</summary>
    protected FSMBase()
    {
    }

    /// <summary>What a subscriber gets first: the state the machine is in.</summary>
    public sealed class CurrentState<TS>(IActorRef fsmRef, TS state)
    {
        /// <summary>The machine.</summary>
        public IActorRef FsmRef { get; } = fsmRef;

        /// <summary>The state at the time of the subscription.</summary>
        public TS State { get; } = state;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is CurrentState<TS> other && Equals(FsmRef, other.FsmRef) && Equals(State, other.State);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(FsmRef, State);

        /// <inheritdoc/>
        public override string ToString() => $"CurrentState <{State}>";
    }

    /// <summary>What a subscriber gets for each transition.</summary>
    public sealed class Transition<TS>(IActorRef fsmRef, TS from, TS to)
    {
        /// <summary>The machine.</summary>
        public IActorRef FsmRef { get; } = fsmRef;

        /// <summary>The state that was left.</summary>
        public TS From { get; } = from;

        /// <summary>The state that was entered.</summary>
        public TS To { get; } = to;

        /// <inheritdoc/>
        public override bool Equals(object? obj) =>
            obj is Transition<TS> other && Equals(FsmRef, other.FsmRef) && Equals(From, other.From) && Equals(To, other.To);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(FsmRef, From, To);

        /// <inheritdoc/>
        public override string ToString() => $"Transition({From}, {To})";
    }

    /// <summary>Asks the machine to tell an actor its state and its transitions.</summary>
    public sealed class SubscribeTransitionCallBack(IActorRef actorRef)
    {
        /// <summary>The actor it is about.</summary>
        public IActorRef ActorRef { get; } = actorRef;
    }

    /// <summary>Ends a subscription of that actor.</summary>
    public sealed class UnsubscribeTransitionCallBack(IActorRef actorRef)
    {
        /// <summary>The actor it is about.</summary>
        public IActorRef ActorRef { get; } = actorRef;
    }

    /// <summary>Why a machine stopped.</summary>
    public abstract class Reason
    {
        /// <summary>For the three reasons.</summary>
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

        /// <summary>The only instance.</summary>
        public static Normal Instance { get; } = new();
    }

    /// <summary>Somebody stopped or restarted the actor.</summary>
    public sealed class Shutdown : Reason
    {
        private Shutdown()
        {
        }

        /// <summary>The only instance.</summary>
        public static Shutdown Instance { get; } = new();
    }

    /// <summary>The machine ended because of an error.</summary>
    public sealed class Failure(object cause) : Reason
    {
        /// <summary>Why it failed.</summary>
        public object Cause { get; } = cause;

        /// <inheritdoc/>
        public override string ToString() => $"Failure({Cause})";
    }

    /// <summary>Nothing arrived for as long as the state allows.</summary>
    public sealed class StateTimeout
    {
        private StateTimeout()
        {
        }

        /// <summary>The only instance.</summary>
        public static StateTimeout Instance { get; } = new();

        /// <inheritdoc/>
        public override string ToString() => nameof(StateTimeout);
    }

    /// <summary>What a termination handler gets.</summary>
    public sealed class StopEvent<TS, TD>(Reason reason, TS terminatedState, TD stateData) : INoSerializationVerificationNeeded
    {
        /// <summary>Why it ended.</summary>
        public Reason Reason { get; } = reason;

        /// <summary>The state in which it ended.</summary>
        public TS TerminatedState { get; } = terminatedState;

        /// <summary>The data that goes with the state.</summary>
        public TD StateData { get; } = stateData;

        /// <inheritdoc/>
        public override string ToString() => $"StopEvent <Reason: {Reason}, TerminatedState: {TerminatedState}, StateData: {StateData}>";
    }

    /// <summary>A message together with the machine's data.</summary>
    public readonly struct Event<TD>(object fsmEvent, TD stateData) : INoSerializationVerificationNeeded
    {
        /// <summary>The message that came.</summary>
        public object FsmEvent { get; } = fsmEvent;

        /// <summary>The data that goes with the state.</summary>
        public TD StateData { get; } = stateData;

        /// <inheritdoc/>
        public override string ToString() => $"Event: <{FsmEvent}>, StateData: <{StateData}>";
    }

    /// <summary>Where to go next, with what data, and what to answer. Immutable.</summary>
    public sealed class State<TS, TD>(TS stateName, TD stateData, TimeSpan? timeout = null, Reason stopReason = null!, IReadOnlyList<object> replies = null!, bool notifies = true)
        : IEquatable<State<TS, TD>>
    {
        /// <summary>The name of the state.</summary>
        public TS StateName { get; } = stateName;

        /// <summary>The data that goes with the state.</summary>
        public TD StateData { get; } = stateData;

        /// <summary>How long it may last without a message.</summary>
        public TimeSpan? Timeout { get; } = timeout;

        /// <summary>Set when the machine ends with it.</summary>
        public Reason? StopReason { get; } = stopReason;

        /// <summary>Answers to the sender, newest first.</summary>
        public IReadOnlyList<object> Replies { get; } = replies ?? [];

        internal bool Notifies => notifies;

        /// <summary>Overrides the state's timeout once; <see cref="TimeSpan.MaxValue"/> turns it off.</summary>
        public State<TS, TD> ForMax(TimeSpan timeout) => new(StateName, StateData, timeout, StopReason!, Replies, notifies);

        /// <summary>Also answers the sender of the present message, after the transition.</summary>
        public State<TS, TD> Replying(object replyValue) => new(StateName, StateData, Timeout, StopReason!, [replyValue, .. Replies], notifies);

        /// <summary>With other data.</summary>
        public State<TS, TD> Using(TD nextStateData) => new(StateName, nextStateData, Timeout, StopReason!, Replies, notifies);

        internal State<TS, TD> Stopping(Reason reason) => new(StateName, StateData, Timeout, reason, Replies, notifies);

        internal State<TS, TD> Silent() => new(StateName, StateData, Timeout, StopReason!, Replies, notifies: false);

        /// <inheritdoc/>
        public bool Equals(State<TS, TD>? other) =>
            other is not null && Equals(StateName, other.StateName) && Equals(StateData, other.StateData)
            && Timeout == other.Timeout && Equals(StopReason, other.StopReason) && Replies.SequenceEqual(other.Replies);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as State<TS, TD>);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(StateName, StateData, Timeout);

        /// <inheritdoc/>
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
