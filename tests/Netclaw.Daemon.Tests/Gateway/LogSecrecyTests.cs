using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>What the log says at its most talkative.</summary>
public sealed class LogSecrecyTests
{
    [Fact]
    public async Task Says_NoCodeAndNoProof_AtTheLowestLevel()
    {
        await using var host = await GatewayHost.StartAsync("""{"logging": {"level": "Trace"}}""");
        using var phone = new TestDevice("phone");
        await using (var owner = await host.OperatorAsync())
        {
            var code = await TestDevice.MintAsync(owner);
            await using var connection = await GatewayHost.OpenAsync(host.Tcp);
            await phone.Pairing(connection).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            await host.StopAsync();

            var log = await File.ReadAllTextAsync(host.Home.DaemonLog);
            Assert.Contains("Active", log, StringComparison.Ordinal);
            Assert.DoesNotContain(code.Secret.Reveal(), log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(code.ToDisplay().Reveal(), log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\"proof\"", log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\"signature\"", log, StringComparison.OrdinalIgnoreCase);
        }
    }
}
