using System.Text;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Secrets;

/// <summary>The shared token is replaced while clients are connected.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task TheOldToken_OpensNothingMore_AtOnce()
    {
        await using var host = await GatewayHost.StartAsync();
        var old = host.Token();
        var (connection, _) = await host.InAsync(SecretHost.Token(old));
        await using var _ = connection;
        for (var i = 0; i < 5; i++)
        {
            var next = Replace(host);
            Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token(old))).Code);
            Assert.Equal("token", (await host.WhoAsync(SecretHost.Token(next))).Method);
            old = next;
        }

        // What was open goes on.
        await connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        Assert.False(connection.Closed.IsCompleted);
    }

    [Fact]
    public async Task ClosesWhatTheOldOneOpened_WhereThatIsWanted_AndNothingElse()
    {
        await using var host = await GatewayHost.StartAsync("""{"auth":{"closeOnRotate":true}}""");
        using var phone = new TestDevice("phone");
        await phone.PairAsync(host);
        await using var byKey = await phone.ConnectAsync(host);
        await using var owner = await host.OperatorAsync();
        var (byToken, _) = await host.InAsync(SecretHost.Token(host.Token()));
        await using var _ = byToken;

        var next = Replace(host);
        var (byNext, _) = await host.InAsync(SecretHost.Token(next));
        await using var __ = byNext;
        var closed = await byToken.Closed.WaitAsync(GatewayHost.Bound);

        Assert.Equal((4001, "auth_secret_rotated"), (closed.Code, closed.Error.Code));
        foreach (var stays in (GatewayConnection[])[byKey, owner, byNext])
        {
            await stays.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("too-short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("one-line-of-it-0123456789-ABC\nanother")]
    public async Task WhileTheFileIsHalfWritten_NothingIsRight_AndProofsPass(string half)
    {
        await using var host = await GatewayHost.StartAsync();
        using var phone = new TestDevice("phone");
        await phone.PairAsync(host);
        var token = host.Token();
        await File.WriteAllTextAsync(host.Home.GatewayTokenFile, half);

        foreach (var shown in (string[])[token, half.Length == 0 ? "-" : half, SecretHost.Wrong])
        {
            var refusal = await host.RefusalAsync(SecretHost.Token(shown));
            Assert.Equal(("auth_secret_unavailable", true), (refusal.Code, refusal.Retryable));
        }

        await using (await phone.ConnectAsync(host))
        {
        }

        await File.WriteAllTextAsync(host.Home.GatewayTokenFile, token);
        Assert.Equal("token", (await host.WhoAsync(SecretHost.Token(token))).Method);
    }

    [Fact]
    public async Task AFileThatIsGoneOrOpenToOthers_MakesNothingRight_AndIsSaidOnce()
    {
        await using var host = await GatewayHost.StartAsync();
        var token = host.Token();
        File.SetUnixFileMode(host.Home.GatewayTokenFile, (UnixFileMode)0b110_100_000);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("auth_secret_unavailable", (await host.RefusalAsync(SecretHost.Token(token))).Code);
        }

        File.Delete(host.Home.GatewayTokenFile);
        Assert.Equal("auth_secret_unavailable", (await host.RefusalAsync(SecretHost.Token(token))).Code);
        await host.StopAsync();

        var said = (await File.ReadAllLinesAsync(host.Home.DaemonLog)).Where(line => line.Contains("the shared secret cannot be read", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, said.Count);
    }

    private static string Replace(GatewayHost host)
    {
        var next = SecretText.NewToken();
        PrivateFile.WriteAtomically(host.Home.GatewayTokenFile, Encoding.ASCII.GetBytes(next + "\n"));
        return next;
    }
}
