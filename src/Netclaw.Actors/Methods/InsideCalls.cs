using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The way from any thread to the actor of calls from inside. Until that has started, calls are told to come again.</summary>
public sealed class InsideCalls : IInsideCalls
{
    private IActorRef? _actor;

    public async Task<CallResponse> CallAsync(Principal principal, string method, JsonElement parameters, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _actor) is not { } actor)
        {
            return CallResponse.Failure(RefusalTable.Error(RefusalCode.GatewayStarting, "the gateway is still starting"));
        }

        var call = new InsideCall(principal, method, parameters);
        using var withdrawing = cancellation.Register(() => actor.Tell(new InsideCallWithdrawn(call), ActorRefs.NoSender));
        actor.Tell(call, ActorRefs.NoSender);
        return await call.Answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    internal void Started(IActorRef actor) => Volatile.Write(ref _actor, actor);
}

/// <summary>One call from inside; not a record, because it is one of a kind.</summary>
internal sealed class InsideCall(Principal principal, string method, JsonElement parameters)
{
    public Principal Principal { get; } = principal;

    public string Method { get; } = method;

    public JsonElement Parameters { get; } = parameters;

    public TaskCompletionSource<CallResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Nobody waits for it any more.</summary>
internal sealed record InsideCallWithdrawn(InsideCall Call);
