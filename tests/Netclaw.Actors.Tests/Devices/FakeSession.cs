using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>A session as the live index shows it: some actor, and a transport that only knows whether it was cut.</summary>
internal sealed class FakeSession : ISessionTransport
{
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeSession(IActorRef actor, Principal? principal = null) => Live = new LiveSession(actor, this, new SessionState.Active(
        SessionSamples.Facts with { Id = SessionId.New() }, principal ?? SessionSamples.LaptopPrincipal, SessionSamples.Client, []));

    public LiveSession Live { get; }

    public Task Aborted => _aborted.Task;

    public void Abort() => _aborted.TrySetResult();

    public void Reply(long callId, CallResponse response) => throw new NotSupportedException();

    public void Send(string eventName, JsonElement payload) => throw new NotSupportedException();

    public void Promote() => throw new NotSupportedException();

    public void Close(int closeCode, CallError error) => throw new NotSupportedException();
}
