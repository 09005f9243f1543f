using Akka.Actor;
using Akka.TestKit.Xunit2;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Actors.Sessions;

/// <summary>Tests that measure the process run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}

/// <summary>What one idle, authenticated session takes: actor, mailbox, state, evidence and its places in the index.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class SessionMemoryTests(ITestOutputHelper output) : TestKit
{
    private const int Sessions = 5_000;
    private const int MostBytes = 4 * 1024;

    [Fact]
    public async Task IdleSession_TakesLessThanFourKibibytes()
    {
        using var device = new TestDevice();
        using var house = new SessionHouse(Sys, TimeProvider.System, ActorRefs.Nobody);
        house.Know(device.Paired(house.Now));
        await Connect(house, 200);
        var before = Collected();
        await Connect(house, Sessions);
        var each = (Collected() - before) / Sessions;
        output.WriteLine($"{each} bytes per idle session");
        Assert.Equal(Sessions + 200, house.Live.All.Count(session => session.State is SessionState.Active));
        Assert.InRange(each, 100, MostBytes);
    }

    private static async Task Connect(SessionHouse house, int sessions)
    {
        var hello = SessionSamples.Json(
            new ConnectParams { Client = new ClientInfo { Id = "cli", Version = "1", Platform = "linux" } }, ProtocolJson.Default.ConnectParams);
        for (var i = 0; i < sessions; i++)
        {
            var wire = new Silent();
            var opened = await house.Supervisor.Ask<SessionOpened>(
                new OpenSession(SessionId.New(), house.FromTheOwner(), wire, house.NewChallenge(), house.Now + Limits.Handshake), TimeSpan.FromSeconds(30));
            opened.Session.Tell(new SessionInput.CallReceived(house.Now, 1, ConnectParams.Method, hello), ActorRefs.NoSender);
            await wire.Promoted.Task.WaitAsync(TimeSpan.FromSeconds(30));
            wire.Forget();
        }
    }

    private static long Collected()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>A wire that costs nothing once the session is active: what is measured is the session.</summary>
    private sealed class Silent : ISessionTransport
    {
        public TaskCompletionSource Promoted { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Forget() => Promoted = null!;

        public void Reply(long callId, CallResponse response)
        {
        }

        public void Send(string eventName, System.Text.Json.JsonElement payload)
        {
        }

        public void Promote() => Promoted.TrySetResult();

        public void Close(int closeCode, CallError error)
        {
        }

        public void Abort()
        {
        }
    }
}
