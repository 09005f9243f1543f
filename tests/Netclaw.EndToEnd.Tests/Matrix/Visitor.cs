using System.Globalization;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>Somebody at a gate: says hello as the attempt has it, and hears what comes of it.</summary>
internal static class Visitor
{
    private const string NoRun = "netclaw-spawn-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <param name="role">operator or node.</param>
    public static async Task<HubReply> TryAsync(Place place, Attempt attempt, Role role)
    {
        var connection = await place.At(attempt.Way).Connect();
        if (int.TryParse(attempt.Answer, CultureInfo.InvariantCulture, out _))
        {
            await using var _ = connection;
            await connection.SendAsync(Upgrade.Request(connection.Host, attempt.Lines));
            return new HubReply($"{(await connection.AnswerAsync())?.Status}", default);
        }

        await using var hub = await RawHub.OpenAsync(connection, attempt.Lines);
        using var key = attempt.Shown is Shown.UnknownKey or Shown.ForgedKey ? SigningKey.Generate() : null;
        return await SayHelloAsync(hub, role, key, attempt.Shown switch
        {
            Shown.RightSecret => place.Secret(right: true),
            Shown.WrongSecret => place.Secret(right: false),
            Shown.ForgedRun => new ConnectAuth { SpawnToken = new Secret(NoRun) },
            _ => null,
        }, forged: attempt.Shown == Shown.ForgedKey);
    }

    /// <param name="forged">Signs something else than what the gateway asked.</param>
    public static async Task<HubReply> SayHelloAsync(RawHub hub, Role role, SigningKey? key, ConnectAuth? auth = null, bool forged = false)
    {
        var challenge = (await hub.EventAsync(ConnectChallenge.EventName)).Deserialize(ProtocolJson.Default.ConnectChallenge)!;
        var hello = new ConnectParams
        {
            Client = new ClientInfo { Id = "test", Version = "1", Platform = "test" }, Role = role, Auth = auth,
            Device = key is null ? null : Proof(key, role, challenge, forged ? Nonce.New() : challenge.Nonce),
        };
        return await hub.CallAsync(ConnectParams.Method, JsonSerializer.Serialize(hello, ProtocolJson.Default.ConnectParams));
    }

    private static DeviceProof Proof(SigningKey key, Role role, ConnectChallenge challenge, string signed)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var transcript = NativeTranscript.Device(challenge.GatewayKey, key.Public.DeviceId, role, ScopeSet.Empty, signed, challenge.ClientNonce!, now);
        return new DeviceProof { Id = key.Public.DeviceId, PublicKey = key.Public, Nonce = challenge.Nonce, SignedAt = now, Signature = Base64UrlText.Encode(key.Sign(transcript)) };
    }
}
