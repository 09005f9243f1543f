using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>Everything that a client proves itself with is sent to a talkative daemon; none of it reaches the collector.</summary>
public sealed class TelemetrySecrecyTests
{
    private const string Token = "canary-token-4f1c0a77d2";
    private const string Password = "canary-password-8b60e5";
    private const string Header = "canary-header-19cc3e";

    [Fact]
    public async Task NothingSecretIsSent_AtTheLowestLevel()
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = Token, ["password"] = Password, ["header"] = Header };
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync("""{"logging": {"level": "Trace"}}""", TelemetryExportTests.To(collector));
        await GrantedAsync(daemon, secrets);
        await ByTokenAsync(daemon);
        await RefusedAsync(daemon, secrets);
        await FillWithKeys(daemon, secrets);
        await collector.SpanAsync(one => one.Attributes["netclaw.outcome"] == "refused");
        await collector.SpanAsync(one => one.Attributes["netclaw.outcome"] == "granted" && one.Attributes["netclaw.auth.method"] == "device-key");
        await collector.SpanAsync(one => one.Attributes["netclaw.outcome"] == "granted" && one.Attributes["netclaw.auth.method"] == "token");
        await collector.MetricAsync("netclaw.pairings");
        await daemon.StopAsync();

        Assert.Contains(collector.All.Where(one => one.IsLogs).SelectMany(one => Otlp.Logs(one.Body)), line => line.Body.Contains("Active", StringComparison.Ordinal));
        // The control: what is no secret is found by the same search.
        Assert.True(collector.Holds("control-socket") && collector.Holds("AwaitingHello"));
        Assert.All(secrets, secret =>
        {
            Assert.True(secret.Value.Length >= 8, secret.Key);
            Assert.False(collector.Holds(secret.Value), $"the {secret.Key} was sent");
            Assert.False(collector.Holds(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret.Value))), $"the {secret.Key} was sent in base64");
        });
    }

    /// <summary>A device pairs by code, then comes back by its key.</summary>
    private static async Task GrantedAsync(DaemonProcess daemon, Dictionary<string, string> secrets)
    {
        using var phone = new TestDevice("phone");
        await using (var owner = await daemon.OperatorAsync())
        {
            var code = await TestDevice.MintAsync(owner);
            secrets["code"] = code.Secret.Reveal();
            secrets["shown code"] = code.ToDisplay().Reveal();
            await using var pairing = await GatewayHost.OpenAsync(daemon.Tcp);
            await phone.Pairing(pairing).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        }

        using var hub = await RawHub.OpenAsync(daemon.Address);
        var proof = await ProofAsync(phone, hub);
        secrets["good signature"] = proof.Signature;
        await hub.CallAsync("1", "connect", JsonSerializer.Serialize(new ConnectParams { Client = TestDevice.Client, Device = proof, Scopes = ScopeSet.Empty }, ProtocolJson.Default.ConnectParams));
        Assert.Contains("hello-ok", await hub.NextAsync(), StringComparison.Ordinal);
    }

    /// <summary>The gateway's own token, which is right.</summary>
    private static async Task ByTokenAsync(DaemonProcess daemon)
    {
        var token = (await File.ReadAllTextAsync(daemon.Home.GatewayTokenFile)).Trim();
        using var hub = await RawHub.OpenAsync(daemon.Address);
        await hub.EventAsync(ConnectChallenge.EventName);
        await hub.CallAsync("1", "connect", $$$"""{"auth":{"token":"{{{token}}}"},{{{RawHub.PlainConnect[1..]}}}""");
        Assert.Contains("hello-ok", await hub.NextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Everything else a client may offer, and headers with it; in a shape that is understood and in one that is not.</summary>
    private static async Task RefusedAsync(DaemonProcess daemon, Dictionary<string, string> secrets)
    {
        using var stranger = new TestDevice("stranger");
        var offered = $$$"""{"auth":{"token":"{{{Token}}}","password":"{{{Password}}}"},""";
        using var hub = await RawHub.OpenAsync(daemon.Address, ("Authorization", $"Bearer {Header}"), ("X-Forwarded-User", Header), ("Cookie", $"session={Header}"));
        var proof = await ProofAsync(stranger, hub);
        secrets["refused signature"] = proof.Signature;
        var connect = JsonSerializer.Serialize(new ConnectParams { Client = TestDevice.Client, Device = proof, Scopes = ScopeSet.Empty }, ProtocolJson.Default.ConnectParams);
        await hub.CallAsync("1", "connect", offered + connect[1..]);
        Assert.NotEqual("", await hub.ClosingAsync());

        using var garbled = await RawHub.OpenAsync(daemon.Address, ("Authorization", $"Bearer {Header}"));
        await garbled.CallAsync("1", "connect", offered + $"\"device\":\"{Token}\"}}");
        Assert.Equal("invalid_request", await garbled.ClosingAsync());
        using var lost = await RawHub.OpenAsync(daemon.Address);
        await lost.CallAsync("1", "devices.list", offered + "\"x\":1}");
        Assert.Equal("protocol_violation", await lost.ClosingAsync());
    }

    /// <summary>Every key file of the home, line by line.</summary>
    private static async Task FillWithKeys(DaemonProcess daemon, Dictionary<string, string> secrets)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(daemon.Home.GatewayKey)!))
        {
            foreach (var line in (await File.ReadAllTextAsync(file)).Split('\n').Where(line => line.Length >= 20 && !line.StartsWith("--", StringComparison.Ordinal)))
            {
                secrets[$"line \"{line[..4]}...\" of {Path.GetFileName(file)}"] = line;
            }
        }

        Assert.Contains(secrets.Keys, key => key.EndsWith("gateway.key", StringComparison.Ordinal));
        Assert.Contains(secrets.Keys, key => key.EndsWith("gateway.token", StringComparison.Ordinal));
    }

    private static async Task<DeviceProof> ProofAsync(TestDevice device, RawHub hub)
    {
        var challenge = JsonSerializer.Deserialize(await hub.EventAsync(ConnectChallenge.EventName), ProtocolJson.Default.ConnectChallenge)!;
        return new DeviceProof
        {
            Id = device.Id, PublicKey = device.Key.Public, Nonce = challenge.Nonce, SignedAt = challenge.Ts,
            Signature = Base64Url.EncodeToString(device.Key.Sign(NativeTranscript.Device(
                challenge.GatewayKey, device.Id, Role.Operator, ScopeSet.Empty, challenge.Nonce, hub.ClientNonce, challenge.Ts))),
        };
    }
}
