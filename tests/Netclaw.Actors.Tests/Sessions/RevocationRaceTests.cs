using Akka.Actor;
using Akka.TestKit.Xunit2;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// A device connects while it is revoked. The registry swaps its snapshot and then looks into the index; the session enters the index and then
/// reads the snapshot: whatever the interleaving, no session of the device stays active.
/// </summary>
public sealed class RevocationRaceTests : TestKit
{
    private const int Rounds = 300;

    [Fact]
    public async Task NoSession_OutlivesTheRevocationOfItsDevice()
    {
        using var device = new TestDevice();
        using var house = new SessionHouse(Sys, TimeProvider.System, ActorRefs.Nobody);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (before, after) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            house.Know(device.Paired(house.Now));
            var transport = new TestTransport(TimeProvider.System);
            var challenge = await house.Open(transport);
            var hello = device.Hello(challenge, house.Now);
            var delay = random.Next(400);
            var connecting = Task.Run(() => transport.Call(ConnectParams.Method, hello));
            var revoking = Task.Run(() =>
            {
                Thread.SpinWait(delay * 50);
                Revoke(house, device);
            });
            await revoking;
            var answer = await connecting;
            _ = answer.Ok ? before++ : after++;
            var (_, error) = await transport.Closed;
            Assert.True(error.Code == "device_revoked", $"round {round}, seed {seed}: {error.Code}");
        }

        await AwaitAssertAsync(() => Assert.Empty(house.Live.ForDevice(device.Id)));
        Assert.Equal(Rounds, before + after);
    }

    [Fact]
    public async Task SessionThatEnteredBeforeTheRevocation_IsTold()
    {
        using var device = new TestDevice();
        using var house = new SessionHouse(Sys, TimeProvider.System, ActorRefs.Nobody);
        house.Know(device.Paired(house.Now));
        var transport = await house.Connect(device);
        Revoke(house, device);
        var (code, error) = await transport.Closed;
        Assert.Equal((4001, "device_revoked"), (code, error.Code));
    }

    [Fact]
    public async Task SessionThatEntersAfterTheRevocation_SeesIt()
    {
        using var device = new TestDevice();
        using var house = new SessionHouse(Sys, TimeProvider.System, ActorRefs.Nobody);
        house.Know(device.Paired(house.Now));
        Revoke(house, device);
        var transport = new TestTransport(TimeProvider.System);
        var challenge = await house.Open(transport);
        var answer = await transport.Call(ConnectParams.Method, device.Hello(challenge, house.Now));
        Assert.Equal("device_revoked", answer.Error!.Code);
    }

    /// <summary>What the registry does once the revocation is durable, in its order.</summary>
    private static void Revoke(SessionHouse house, TestDevice device)
    {
        house.Know(device.Paired(house.Now) with { RevokedAt = house.Now });
        foreach (var session in house.Live.ForDevice(device.Id))
        {
            session.Actor.Tell(new SessionInput.DeviceRevoked(house.Now, device.Id, "stolen"), ActorRefs.NoSender);
        }
    }
}
