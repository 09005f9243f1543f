using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>What the JSON form alone does not say about <c>connect</c>. Labels are bounded because a session keeps them.</summary>
public static class HelloCheck
{
    private const int LongestLabel = 64;

    /// <returns>The first problem; null when the hello is well-formed.</returns>
    public static (RefusalCode Code, string Seen)? Problem(ConnectParams hello)
    {
        if (hello.MinProtocol > ConnectParams.CurrentProtocol || hello.MaxProtocol < ConnectParams.CurrentProtocol)
        {
            return (RefusalCode.ProtocolMismatch,
                $"the client speaks protocol {hello.MinProtocol} to {hello.MaxProtocol}, this gateway {ConnectParams.CurrentProtocol}");
        }

        if (!Enum.IsDefined(hello.Role))
        {
            return Invalid("$.role", "must be operator or node");
        }

        return LabelProblem(hello.Client) ?? SurfaceProblem(hello) ?? IntentProblem(hello.Pairing);
    }

    private static (RefusalCode, string)? LabelProblem(ClientInfo client)
    {
        (string Path, string? Text)[] labels =
        [
            ("$.client.id", client.Id), ("$.client.version", client.Version), ("$.client.platform", client.Platform),
            ("$.client.mode", client.Mode), ("$.client.displayName", client.DisplayName),
        ];
        foreach (var (path, text) in labels)
        {
            if (text is not null && (text.Length > LongestLabel || text.Any(char.IsControl)))
            {
                return Invalid(path, $"must have at most {LongestLabel} characters and no control characters");
            }
        }

        return null;
    }

    private static (RefusalCode, string)? SurfaceProblem(ConnectParams hello) => hello switch
    {
        { Client.Surface: null } => null,
        { Role: not Role.Node } => Invalid("$.client.surface", "only nodes offer one"),
        { Client.Surface: { } surface } => surface.Problem() is { } problem ? Invalid("$.client.surface", problem) : null,
    };

    private static (RefusalCode, string)? IntentProblem(PairingIntent? intent) => intent switch
    {
        null => null,
        { Flow: not (PairingFlow.Code or PairingFlow.Request or PairingFlow.Announced) } => Invalid("$.pairing.flow", "must be code or request"),
        _ when !DeviceName.TryNormalize(intent.Name, out _, out var problem) => (RefusalCode.DeviceNameInvalid, problem),
        { Flow: PairingFlow.Request, Commitment: null or { Length: > LongestLabel } } => Invalid("$.pairing.commitment", "must be the SHA-256 of the device's symbol nonce"),
        _ => null,
    };

    private static (RefusalCode, string) Invalid(string path, string problem) =>
        (RefusalCode.InvalidRequest, $"invalid connect params: at {path}: {problem}");
}
