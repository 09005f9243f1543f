using System.Net;
using System.Net.Sockets;
using System.Text;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>What the command line refuses by itself: something else answers, or nothing answers.</summary>
internal static class ForeignRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.TimedOut] = () => AtAsync("", "--timeout", "500ms"),
        [RefusalCode.EndpointNotNetclaw] = () => AtAsync("SSH-2.0-OpenSSH_9.2\r\n"),
        [RefusalCode.GatewayProofInvalid] = UnprovenAsync,
    };

    /// <summary>Asks whatever greets with <paramref name="banner"/>.</summary>
    private static async Task<Provoked> AtAsync(string banner, params string[] options)
    {
        var stage = await Stage.SetAsync("{}");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asking = stage.Owner.RunAsync(["status", "--url", $"http://{listener.LocalEndpoint}", .. options]);
        using var client = await listener.AcceptSocketAsync().WaitAsync(GatewayHost.Bound);
        await client.SendAsync(Encoding.ASCII.GetBytes(banner));
        return new Provoked(stage, (await asking).Failure);
    }

    /// <summary>A device that is let in without the exchange has seen no proof of the code: it cannot know the gateway.</summary>
    private static async Task<Provoked> UnprovenAsync()
    {
        var stage = await Stage.SetAsync("{}");
        using var phone = new TestDevice("phone");
        await phone.PairAsync(stage.Host);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => phone.PairAsync(stage.Host));
        return new Provoked(stage, refused.Error);
    }
}
