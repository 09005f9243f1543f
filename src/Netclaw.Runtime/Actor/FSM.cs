using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// A finite state machine as an actor. Declare with <see cref="StartWith"/>, <see cref="When"/>, <see cref="WhenUnhandled"/>,
/// <see cref="OnTransition"/> and <see cref="OnTermination"/>, then call <see cref="Initialize"/>.
/// </summary>
/// <remarks>Akka.NET documentation, "FSM".</remarks>
public abstract partial class FSM<TState, TData> : FSMBase
    where TState : notnull
{
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly Dictionary<TState, StateFunction> functions = [];
    private readonly Dictionary<TState, TimeSpan?> timeouts = [];
    private readonly List<TransitionHandler> transitions = [];
    private readonly HashSet<IActorRef> listeners = [];
    private StateFunction? unhandled;
    private Action<StopEvent<TState, TData>>? terminated;
    private State<TState, TData>? current;
    private State<TState, TData>? next;

    /// <summary>Call StartWith, When and Initialize in the constructor.</summary>
    protected FSM()
    {
    }

    /// <summary>Handles an event in a state; null leaves it to the function before, at last to WhenUnhandled.</summary>
    public delegate State<TState, TData>? StateFunction(Event<TData> fsmEvent);

    /// <summary>Told the state that was left and the one that was entered.</summary>
    public delegate void TransitionHandler(TState initialState, TState nextState);

    /// <summary>The present state; within a transition handler the one that was left.</summary>
    public TState StateName => CurrentOrThrow().StateName;

    /// <summary>The data of the present state.</summary>
    public TData StateData => CurrentOrThrow().StateData;

    /// <summary>The data of the state being entered; only in a transition handler.</summary>
    /// <exception cref="InvalidOperationException">No transition is under way.</exception>
    public TData NextStateData => next is { } entering
        ? entering.StateData
        : throw new InvalidOperationException("NextStateData is only available during OnTransition");

    /// <summary>Adds a function for a state; of two for one state the first that does not return null wins.</summary>
    public void When(TState stateName, StateFunction func, TimeSpan? timeout = null)
    {
        functions[stateName] = functions.TryGetValue(stateName, out var first) ? message => first(message) ?? func(message) : func;
        if (timeout is not null || !timeouts.ContainsKey(stateName))
            timeouts[stateName] = timeout;
    }

    /// <summary>The first state, its data, and how long it may last without a message.</summary>
    public void StartWith(TState stateName, TData stateData, TimeSpan? timeout = null) =>
        current = new State<TState, TData>(stateName, stateData, timeout);

    /// <summary>To another state; handlers of transitions are told, to the same state too.</summary>
    public State<TState, TData> GoTo(TState nextStateName) => new(nextStateName, StateData);

    /// <summary>To another state; handlers of transitions are told, to the same state too.</summary>
    public State<TState, TData> GoTo(TState nextStateName, TData stateData) => new(nextStateName, stateData);

    /// <summary>Remains in the state, without a transition; the state timeout starts anew.</summary>
    public State<TState, TData> Stay() => GoTo(StateName).Silent();

    /// <summary>Ends the machine with that reason after this message.</summary>
    public State<TState, TData> Stop() => Stop(Normal.Instance);

    /// <summary>Ends the machine with that reason after this message.</summary>
    public State<TState, TData> Stop(Reason reason) => Stop(reason, StateData);

    /// <summary>Ends the machine with that reason after this message.</summary>
    public State<TState, TData> Stop(Reason reason, TData stateData) => Stay().Using(stateData).Stopping(reason);

    /// <summary>A handler whose result goes through a function.</summary>
    public TransformHelper Transform(StateFunction func) => new(func);

    /// <summary>Called for each transition, also one to the same state by GoTo.</summary>
    public void OnTransition(TransitionHandler transitionHandler) => transitions.Add(transitionHandler);

    /// <summary>Called once when the machine ends, whatever the reason.</summary>
    public void OnTermination(Action<StopEvent<TState, TData>> terminationHandler) => terminated = terminationHandler;

    /// <summary>For what the handler of the state returned null for.</summary>
    public void WhenUnhandled(StateFunction stateFunction) => unhandled = stateFunction;

    /// <summary>Enters the start state: its timeout runs from here.</summary>
    public void Initialize() => Enter(CurrentOrThrow().Silent());

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Tick tick:
                ReceiveTick(tick);
                break;
            case SubscribeTransitionCallBack subscribe:
                Context.Watch(subscribe.ActorRef);
                listeners.Add(subscribe.ActorRef);
                subscribe.ActorRef.Tell(new CurrentState<TState>(Self, StateName));
                break;
            case UnsubscribeTransitionCallBack unsubscribe:
                Context.Unwatch(unsubscribe.ActorRef);
                listeners.Remove(unsubscribe.ActorRef);
                break;
            case Terminated gone when listeners.Remove(gone.ActorRef):
                break;
            default:
                StopStateTimeout();
                Process(message);
                break;
        }

        return true;
    }

    /// <summary>Ends the machine with <see cref="FSMBase.Shutdown"/> unless it has ended by itself.</summary>
    protected override void PostStop()
    {
        if (current is not null)
            Terminate(Stay().Stopping(Shutdown.Instance));
        base.PostStop();
    }

    /// <summary>By default logs a failure as an error.</summary>
    protected virtual void LogTermination(Reason reason)
    {
        if (reason is not Failure failure)
            return;
        if (failure.Cause is Exception cause)
            log.Error(cause, "terminating due to Failure");
        else
            log.Error("{0}", failure.Cause);
    }

    private State<TState, TData> CurrentOrThrow() => current
        ?? throw new IllegalActorStateException("You must call StartWith before calling Initialize.");

    private void Process(object message)
    {
        var happened = new Event<TData>(message, StateData);
        Apply(functions.GetValueOrDefault(StateName)?.Invoke(happened) ?? unhandled?.Invoke(happened) ?? Ignore(message));
    }

    private State<TState, TData> Ignore(object message)
    {
        log.Warning("unhandled event {0} in state {1}", message, StateName);
        return Stay();
    }

    private void Apply(State<TState, TData> state)
    {
        if (state.StopReason is null)
        {
            Enter(state);
            return;
        }

        Reply(state);
        Terminate(state);
        Context.Stop(Self);
    }

    private void Enter(State<TState, TData> state)
    {
        if (!functions.ContainsKey(state.StateName))
        {
            Terminate(Stay().Stopping(new Failure($"Next state {state.StateName} does not exist")));
            Context.Stop(Self);
            return;
        }

        Reply(state);
        var from = StateName;
        if (state.Notifies || !EqualityComparer<TState>.Default.Equals(from, state.StateName))
            Announce(from, state);
        current = state;
        StartStateTimeout(state.Timeout ?? timeouts.GetValueOrDefault(state.StateName));
    }

    private void Announce(TState from, State<TState, TData> state)
    {
        next = state;
        try
        {
            foreach (var handler in transitions)
                handler(from, state.StateName);
        }
        finally
        {
            next = null;
        }

        foreach (var listener in listeners)
            listener.Tell(new Transition<TState>(Self, from, state.StateName));
    }

    private void Reply(State<TState, TData> state)
    {
        foreach (var answer in state.Replies.Reverse())
            Sender.Tell(answer);
    }

    private void Terminate(State<TState, TData> state)
    {
        CancelTimers();
        LogTermination(state.StopReason!);
        terminated?.Invoke(new StopEvent<TState, TData>(state.StopReason!, StateName, state.StateData));
        current = null;
    }

    /// <summary>A state function whose result another function changes.</summary>
    public sealed class TransformHelper(StateFunction func)
    {
        /// <summary>What is transformed.</summary>
        public StateFunction Func { get; } = func;

        /// <summary>With that function behind it.</summary>
        public StateFunction Using(Func<State<TState, TData>, State<TState, TData>> andThen) =>
            message => Func(message) is { } state ? andThen(state) : null;
    }
}
