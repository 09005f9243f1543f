using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>Reads <c>connect</c> of a protocol client (gateway-protocol.md 2.2 to 2.5) into what the session knows. Pure; never throws for what a client sent.</summary>
public static class HelloReader
{
    private const int LongestKeyText = 4096;
    private const int OlderProtocol = 3;

    public static HelloReading Read(JsonElement given)
    {
        if (ParamForm.Problem(ConnectParams.Method, given) is { } problem)
        {
            return Invalid(problem);
        }

        GatewayConnect connect;
        try
        {
            connect = given.Deserialize(GatewayConnectJson.Default.GatewayConnect)!;
        }
        catch (JsonException e)
        {
            return Invalid($"at {Pointer(e.Path)}: must be of the expected type"); // a number that is an integer, and larger than any version is
        }

        if (connect.Role == "worker" || connect.Client is { Id: "openclaw-worker" } or { Mode: "worker" })
        {
            return new HelloReading.Worker();
        }

        if (!Speaks(connect))
        {
            return Mismatch(connect);
        }

        return connect.Role switch
        {
            null or "operator" => Read(connect, Role.Operator),
            "node" => Read(connect, Role.Node),
            _ => new HelloReading.Refused(RefusalCode.InvalidRequest, RefusalTable.Error(RefusalCode.InvalidRequest, "invalid role")),
        };
    }

    private static HelloReading Read(GatewayConnect connect, Role role)
    {
        var scopes = ScopeSet.Parse(connect.Scopes ?? [], out _);
        var auth = connect.Auth ?? new GatewayAuth();
        var shared = auth.DeviceToken is { } own && auth.Token?.Matches(own.Reveal()) == true ? null : auth.Token; // some put their device's token in both places
        var hello = new ConnectParams
        {
            Client = new ClientInfo
            {
                Id = connect.Client.Id, Version = connect.Client.Version, Platform = connect.Client.Platform, Mode = connect.Client.Mode,
                DisplayName = Text(connect.Client.DisplayName), DeviceFamily = Text(connect.Client.DeviceFamily), InstanceId = Text(connect.Client.InstanceId),
                Surface = role == Role.Node
                    ? new NodeSurface(connect.Caps ?? [], connect.Commands ?? []) { Permissions = connect.Permissions, PathEnv = connect.PathEnv }
                    : null, // an operator's caps say what its screen can show
            },
            Role = role,
            Scopes = scopes,
            // Either word opens the mode that is in force, whichever of the two it is.
            Auth = new ConnectAuth
            {
                Token = shared ?? auth.Password, Password = auth.Password ?? shared, DeviceToken = auth.DeviceToken, BootstrapToken = auth.BootstrapToken,
            },
        };
        if (connect.Device is not { } device)
        {
            return new HelloReading.Accepted(hello, null);
        }

        if (device.PublicKey.Length > LongestKeyText || device.Signature.Length > LongestKeyText || !ForeignKey.TryParse(device.PublicKey, out var key))
        {
            return Device(RefusalCode.DeviceKeyInvalid, "the device's public key is none that this gateway can read");
        }

        if (!DeviceId.TryParseHex(device.Id, out var id))
        {
            return Device(RefusalCode.DeviceIdMismatch, "the device's id is not the hash of its key");
        }

        var proof = new DeviceProof { Id = id, PublicKey = key, Signature = Base64Url(device.Signature), SignedAt = device.SignedAt, Nonce = device.Nonce.Trim() };
        var name = hello.Client.DisplayName ?? hello.Client.Id;
        return new HelloReading.Accepted(
            // Protocol clients do not ask to be paired; one that has to be is announced to the operators.
            hello with { Device = proof, Pairing = new PairingIntent { Flow = PairingFlow.Announced, Name = name.Length <= DeviceName.MaximumLength ? name : name[..DeviceName.MaximumLength] } },
            key.Algorithm == KeyAlgorithm.P256 ? null : new DeviceClaim(
                connect.Client.Id, connect.Client.Mode, NativeTranscript.RoleText(role), string.Join(',', connect.Scopes ?? []), connect.Client.Platform, connect.Client.DeviceFamily,
                auth.Token ?? auth.DeviceToken ?? auth.BootstrapToken));
    }

    /// <summary>Probes and nodes of the release before are understood as well.</summary>
    private static bool Speaks(GatewayConnect connect) => connect switch
    {
        { MinProtocol: <= ConnectParams.CurrentProtocol, MaxProtocol: >= ConnectParams.CurrentProtocol } => true,
        { Client.Mode: "probe", MinProtocol: <= ConnectParams.CurrentProtocol, MaxProtocol: >= OlderProtocol } => true,
        { Role: "node", Client.Mode: "node", MinProtocol: <= OlderProtocol, MaxProtocol: >= OlderProtocol } => true,
        _ => false,
    };

    private static HelloReading.Refused Mismatch(GatewayConnect connect) => new(RefusalCode.ProtocolMismatch, RefusalTable.Error(
        RefusalCode.ProtocolMismatch,
        string.Create(CultureInfo.InvariantCulture, $"the client speaks protocol {connect.MinProtocol} to {connect.MaxProtocol}, this gateway {ConnectParams.CurrentProtocol}"),
        details: JsonSerializer.SerializeToElement(
            new ProtocolMismatchDetails(connect.MinProtocol, connect.MaxProtocol, ConnectParams.CurrentProtocol, OlderProtocol), GatewayDetailsJson.Default.ProtocolMismatchDetails)));

    private static HelloReading.Refused Device(RefusalCode code, string seen) => new(code, RefusalTable.Error(code, seen));

    private static HelloReading.Refused Invalid(string problem) =>
        new(RefusalCode.InvalidRequest, RefusalTable.Error(RefusalCode.InvalidRequest, $"invalid connect params: {problem}"));

    /// <summary><c>$.client.id</c> as protocol clients read it: <c>/client/id</c>; the whole is <c>root</c>.</summary>
    private static string Pointer(string? path) => path is null or "$" ? "root" : path.TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>Signatures come in either alphabet, padded or not.</summary>
    private static string Base64Url(string text) => text.Trim().Replace('+', '-').Replace('/', '_').TrimEnd('=');
}
