using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Runs one attack over real sockets, first where it must succeed, then where it must not.</summary>
internal static class Run
{
    /// <param name="attack">True when the attacker got what was wanted.</param>
    public static async Task ProveAsync(string config, Action<IServiceCollection> takenOut, Func<GatewayHost, Task<bool>> attack)
    {
        await using (var weakened = await GatewayHost.StartAsync(config, takenOut))
        {
            Assert.True(await attack(weakened), "with the check taken out the attack must succeed, or the test proves nothing");
        }

        await using var product = await GatewayHost.StartAsync(config);
        Assert.False(await attack(product), "the attack succeeded");
    }

    /// <summary>Connects over TCP with these headers and this hello: whether it is let in.</summary>
    public static Task<bool> GetsInAsync(GatewayHost host, string hello, params (string Name, string Value)[] headers) =>
        GetsInAsync(() => RawHub.OpenAsync(host.Address, headers), hello);

    /// <summary>The same with the lines of the upgrade written byte for byte.</summary>
    public static Task<bool> GetsInRawAsync(GatewayHost host, string hello, params string[] lines) =>
        GetsInAsync(() => RawHub.OpenRawAsync(host.Address, lines), hello);

    private static async Task<bool> GetsInAsync(Func<Task<RawHub>> open, string hello)
    {
        try
        {
            using var hub = await open();
            await hub.EventAsync(ConnectChallenge.EventName);
            await hub.CallAsync("1", "connect", hello);
            return await hub.NextAsync() is { } answer && answer.Contains("\"invocationId\":\"1\"", StringComparison.Ordinal) && answer.Contains("\"ok\":true", StringComparison.Ordinal);
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            return false; // not even upgraded
        }
    }

    /// <summary>As <see cref="GetsInAsync"/>, then mints a pairing code: what only an operator with the pairing scope may do.</summary>
    public static async Task<bool> MintsACodeAsync(GatewayHost host, string hello, params (string Name, string Value)[] headers)
    {
        using var hub = await RawHub.OpenAsync(host.Address, headers);
        await hub.EventAsync(ConnectChallenge.EventName);
        await hub.CallAsync("1", "connect", hello);
        if (await hub.NextAsync() is not { } welcome || !welcome.Contains("\"ok\":true", StringComparison.Ordinal))
        {
            return false;
        }

        await hub.CallAsync("2", CodeCreateParams.Method, """{"role":"operator"}""");
        while (await hub.NextAsync() is { } said)
        {
            if (said.Contains("\"invocationId\":\"2\"", StringComparison.Ordinal))
            {
                return said.Contains("\"ok\":true", StringComparison.Ordinal);
            }
        }

        return false;
    }

    /// <summary>A hello with the key's proof for the challenge that this hub was given.</summary>
    public static string Signed(RawHub hub, JsonElement challenge, SigningKey key, ScopeSet scopes)
    {
        Assert.True(PublicKey.TryParse(challenge.GetProperty("gatewayKey").GetString(), out var gateway));
        var (nonce, at) = (challenge.GetProperty("nonce").GetString()!, challenge.GetProperty("ts").GetInt64());
        var signature = key.Sign(NativeTranscript.Device(gateway, key.Public.DeviceId, Role.Operator, scopes, nonce, hub.ClientNonce, at));
        return JsonSerializer.Serialize(
            new ConnectParams
            {
                Client = TestDevice.Client, Scopes = scopes,
                Device = new DeviceProof { Id = key.Public.DeviceId, PublicKey = key.Public, Signature = Base64Url.EncodeToString(signature), SignedAt = at, Nonce = nonce },
            },
            ProtocolJson.Default.ConnectParams);
    }

    /// <summary>The shared token of this home, as somebody who once saw it has it.</summary>
    public static string Token(GatewayHost host) => File.ReadAllText(Path.Combine(host.Home.Root, "keys", "gateway.token")).Trim();

    /// <summary>A hello that asks for everything.</summary>
    public static string Hello(string scopes = "\"operator.admin\"", string? auth = null, string role = "operator", string mode = "cli") =>
        $$"""{"minProtocol":4,"maxProtocol":4,"client":{"id":"attacker","version":"1","platform":"x","mode":"{{mode}}"},"role":"{{role}}","scopes":[{{scopes}}]{{(auth is null ? "" : $",\"auth\":{auth}")}}}""";
}
