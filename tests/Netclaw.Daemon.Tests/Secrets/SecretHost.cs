using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Secrets;

/// <summary>What tests of shared secrets ask of a running gateway.</summary>
internal static class SecretHost
{
    public const string Wrong = "wrong-wrong-Wrong-wrong-0123456789";

    public static string Token(this GatewayHost host) => File.ReadAllText(host.Home.GatewayTokenFile).Trim();

    public static ConnectRequest With(ConnectAuth auth) => new() { Client = TestDevice.Client, Auth = auth };

    public static ConnectRequest Token(string token) => With(new ConnectAuth { Token = new Secret(token) });

    /// <summary>A connection over TCP that is let in.</summary>
    public static async Task<(GatewayConnection Connection, HelloOk Hello)> InAsync(this GatewayHost host, ConnectRequest request, GatewayEndpoint? endpoint = null)
    {
        var connection = await GatewayHost.OpenAsync(endpoint ?? host.Tcp);
        try
        {
            var outcome = await connection.ConnectAsync(request, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            return (connection, Assert.IsType<ConnectOutcome.Welcomed>(outcome).Hello);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task<GrantedAuth> WhoAsync(this GatewayHost host, ConnectRequest request, GatewayEndpoint? endpoint = null)
    {
        var (connection, hello) = await host.InAsync(request, endpoint);
        await connection.DisposeAsync();
        return hello.Auth;
    }

    /// <summary>Why a connection over TCP is refused.</summary>
    public static async Task<CallError> RefusalAsync(this GatewayHost host, ConnectRequest request, GatewayEndpoint? endpoint = null)
    {
        await using var connection = await GatewayHost.OpenAsync(endpoint ?? host.Tcp);
        return (await Assert.ThrowsAsync<GatewayException>(() => connection.ConnectAsync(request, CancellationToken.None).WaitAsync(GatewayHost.Bound))).Error;
    }
}
