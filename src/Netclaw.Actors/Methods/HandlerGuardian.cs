using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Parent of one handler. When the handler fails it is stopped (which answers its open calls) and started again with back-off; calls that come
/// meanwhile are answered <c>handler_unavailable</c> by their id. A generic back-off supervisor could not: it does not know what a call is.
/// </summary>
internal sealed class HandlerGuardian : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly HandlerKey _key;
    private readonly Props _handler;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private IActorRef? _child;
    private TimeSpan _wait = ShortestWait;
    private DateTimeOffset _startedAt;

    public HandlerGuardian(HandlerKey key, Props handler, TimeProvider time, ILogger log)
    {
        _key = key;
        _handler = handler;
        _time = time;
        _log = log;
    }

    public static Props Props(HandlerKey key, Props handler, TimeProvider time, ILogger log) =>
        Akka.Actor.Props.Create(() => new HandlerGuardian(key, handler, time, log));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart() => Start();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StartAgain: Start(); break;
            case Terminated: Failed(); break;
            case MethodCall call when _child is null: Sender.Tell(MethodHandlerActor.Down(call.CallId, _wait)); break;
            case var any when _child is not null: _child.Forward(any); break;
            default: break;
        }
    }

    private void Start()
    {
        _child = Context.Watch(Context.ActorOf(_handler));
        _startedAt = _time.GetUtcNow();
    }

    private void Failed()
    {
        _child = null;
        if (_time.GetUtcNow() - _startedAt > LongestWait)
        {
            _wait = ShortestWait;
        }

        MethodLog.Restarting(_log, _key, _wait.TotalMilliseconds);
        Timers.StartSingleTimer(nameof(StartAgain), StartAgain.Instance, _wait);
        _wait = TimeSpan.FromTicks(Math.Min(_wait.Ticks * 2, LongestWait.Ticks));
    }

    private sealed class StartAgain
    {
        public static readonly StartAgain Instance = new();
    }
}
