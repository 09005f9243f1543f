using System.Text.Json;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>One connection made of a seed: any listener, headers, credentials, key, role and scopes. What the client sees of it is all that is told.</summary>
/// <param name="isNamed">The gateway has an external name, by which most reach it.</param>
internal sealed class LiveHandshake(GatewayHost host, Random random, SigningKey paired, string secret, bool isNamed)
{
    private static readonly (string, string)[] Headers =
    [
        ("X-Forwarded-For", "198.51.100.7"), ("Forwarded", "for=127.0.0.1"), ("Cf-Connecting-Ip", "127.0.0.1"), ("X_Forwarded_For", "127.0.0.1"), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"),
        ("X-User", "alice"), ("X-User", "mallory"), ("X-User", "svc"), ("X-User", "alice, root"), ("X_User", "root"), ("X-Team", "red"), ("X-Team", "blue"), ("Host", "gateway.example"), ("Host", "evil.example"), ("User-Agent", "Mozilla/5.0"),
    ];

    /// <returns><c>granted</c>, <c>must_pair</c> or the code of the refusal, and the granted auth.</returns>
    public async Task<(string Seen, JsonElement? Auth)> RunAsync()
    {
        var control = Chance(15);
        var headers = Headers.Where(_ => Chance(12)).DistinctBy(header => header.Item1).ToList();
        if (Chance(30))
        {
            headers = [("X-User", "alice"), ("X-Team", "red")];
        }

        if (isNamed && !control && Chance(85))
        {
            headers = [.. headers.Where(header => header.Item1 != "Host"), ("Host", "gateway.example")];
        }

        using var hub = await RawHub.OpenAsync(control ? new System.Net.Sockets.UnixDomainSocketEndPoint(host.Home.ControlSocket) : host.Address, [.. headers]);
        var challenge = (await hub.EventAsync(ConnectChallenge.EventName)).Deserialize(ProtocolJson.Default.ConnectChallenge)!;
        await hub.CallAsync("1", ConnectParams.Method, JsonSerializer.Serialize(Hello(challenge, hub.ClientNonce), ProtocolJson.Default.ConnectParams));
        var result = JsonDocument.Parse(await hub.NextAsync() ?? throw new InvalidOperationException("the connection ended without an answer")).RootElement.GetProperty("result");
        if (!result.GetProperty("ok").GetBoolean())
        {
            return (result.GetProperty("error").GetProperty("code").GetString()!, null);
        }

        var payload = result.GetProperty("payload");
        return payload.GetProperty("type").GetString() == PairingOffered.TypeName ? ("must_pair", null) : ("granted", payload.GetProperty("auth"));
    }

    private ConnectParams Hello(ConnectChallenge challenge, string clientNonce)
    {
        var (role, scopes) = (Chance(30) ? Role.Node : Role.Operator, Pick(ScopeSet.Empty, ScopeSet.ReadWrite, ScopeSet.DeviceDefault, ScopeSet.All));
        using var unknown = SigningKey.Generate();
        var key = random.Next(4) switch { 0 => paired, 1 => unknown, _ => null };
        return new ConnectParams
        {
            Client = new ClientInfo { Id = "replay", Version = "1", Platform = "test", Mode = Pick("cli", "backend") }, Role = role, Scopes = scopes, Auth = Auth(),
            Device = key is null ? null : Proof(challenge, clientNonce, key, role, scopes), Pairing = Chance(15) ? new PairingIntent { Flow = PairingFlow.Code, Name = "replay" } : null,
        };
    }

    private ConnectAuth? Auth() => random.Next(6) switch
    {
        0 or 1 => new ConnectAuth { Token = new Secret(secret), Password = new Secret(secret) },
        2 => new ConnectAuth { Token = new Secret("wrong-wrong-wrong-wrong-wrong-wrong"), Password = new Secret("wrong-wrong") },
        3 => new ConnectAuth { SpawnToken = Chance(70) ? Minted() : new Secret("nobodys-spawn-credential-0123456789") },
        _ => null,
    };

    private Secret Minted() => Assert.IsType<SpawnMint.Minted>(host.Service<SpawnCredentials>().Mint(new SpawnRequest(
        RunId.New(), new Principal(AuthMethod.ControlSocket, Role.Operator, ScopeSet.ReadWrite, null, "scheduler"), ScopeSet.ReadWrite, TimeSpan.FromMinutes(5), UserId.Current))).Credential;

    /// <summary>Mostly right; now and then over other scopes than are asked for.</summary>
    private DeviceProof Proof(ConnectChallenge challenge, string clientNonce, SigningKey key, Role role, ScopeSet scopes)
    {
        var signed = NativeTranscript.Device(challenge.GatewayKey, key.Public.DeviceId, role, Chance(10) ? ScopeSet.Empty : scopes, challenge.Nonce, clientNonce, challenge.Ts);
        return new DeviceProof { Id = key.Public.DeviceId, PublicKey = key.Public, SignedAt = challenge.Ts, Nonce = challenge.Nonce, Signature = Base64UrlText.Encode(key.Sign(signed)) };
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
