using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>A live connection's question, written down as a question to <c>netclaw policy explain</c>.</summary>
internal static class QuestionDocument
{
    public static string Of(ConnectionFacts facts, AccessQuestion asked, JsonObject config)
    {
        var (hello, offered) = (asked.Hello, asked.Credentials);
        var document = new JsonObject
        {
            ["transport"] = facts.Listener.ToString().ToLowerInvariant(),
            ["wire"] = facts.Wire,
            ["remote"] = facts.Remote?.ToString(),
            ["local"] = facts.Local?.ToString(),
            ["remoteUid"] = facts.RemoteUserId,
            ["ownAddresses"] = new JsonArray(),
            ["headers"] = Headers(facts),
            ["credentials"] = Offered(offered),
            ["role"] = NativeTranscript.RoleText(hello.Role),
            ["scopes"] = Names(hello.Scopes),
            ["client"] = new JsonObject { ["id"] = hello.Client.Id, ["version"] = hello.Client.Version, ["platform"] = hello.Client.Platform, ["mode"] = hello.Client.Mode },
            ["localPairingSuspended"] = asked.Registry.LocalPairingSuspended,
            ["daemonUid"] = asked.Options.OwnerUserId,
            ["config"] = config.DeepClone(),
        };
        Set(document, "peer", facts.Peer is { } peer ? new JsonObject
        {
            ["uid"] = peer.UserId, ["gid"] = peer.GroupId, ["groups"] = new JsonArray([.. peer.Groups.Select(group => JsonValue.Create(group))]), ["descends"] = peer.DescendsFromDaemon,
        } : null);
        Set(document, "pairing", hello.Pairing is { } intent ? JsonValue.Create(intent.Flow.ToString().ToLowerInvariant()) : null);
        Set(document, "device", hello.DeviceKey is { } key ? Device(key, asked.Registry.Devices.GetValueOrDefault(key.DeviceId)) : null);
        foreach (var name in (string[])["remote", "local"])
        {
            if (document[name] is null)
            {
                document.Remove(name);
            }
        }

        return document.ToJsonString();
    }

    private static JsonObject Headers(ConnectionFacts facts)
    {
        var headers = new JsonObject();
        foreach (var line in facts.Headers.GroupBy(line => line.Name))
        {
            headers[line.Key] = new JsonArray([.. line.Select(one => JsonValue.Create(one.Value))]);
        }

        return headers;
    }

    private static JsonObject Offered(Credentials offered)
    {
        var document = new JsonObject
        {
            ["device"] = Kebab(offered.Proof), ["signature"] = Kebab(offered.Kind), ["token"] = Kebab(offered.Token), ["password"] = Kebab(offered.Password), ["deviceToken"] = Kebab(offered.DeviceToken),
            ["spawn"] = Kebab(offered.Spawn), ["assertion"] = Kebab(offered.Assertion),
        };
        Set(document, "spawnGrant", offered.SpawnGrant is { } spawn ? new JsonObject { ["scopes"] = Names(spawn.Scopes), ["uid"] = spawn.UserId } : null);
        Set(document, "retryAfterMs", offered.RetryAfter is { } time ? JsonValue.Create((long)time.TotalMilliseconds) : null);
        return document;
    }

    private static JsonObject Device(PublicKey key, Device? device) => new()
    {
        ["key"] = key.ToString(), ["name"] = device?.Name ?? "unknown",
        ["state"] = device switch { null => "none", { IsRevoked: true } => "revoked", { IsSuspended: true } => "suspended", { Kind: DeviceKind.Host } => "host", _ => "paired" },
        ["roles"] = new JsonArray([.. (device?.Roles ?? []).Select(role => JsonValue.Create(NativeTranscript.RoleText(role)))]), ["scopes"] = Names(device?.Scopes ?? ScopeSet.Empty),
    };

    private static void Set(JsonObject document, string name, JsonNode? value)
    {
        if (value is not null)
        {
            document[name] = value;
        }
    }

    private static JsonArray Names(ScopeSet scopes) => [.. scopes.ToNames().Select(name => JsonValue.Create(name))];

    private static string Kebab<T>(T verdict)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());
}
