using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Processes;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Endpoints;

/// <summary>Gathers <see cref="EndpointFacts"/> from options, environment and home. Files only; nothing is dialled.</summary>
public static class EndpointSurvey
{
    public const string UrlVariable = "NETCLAW_URL";

    public static EndpointFacts Of(NetclawHome home, Func<string, string?> environment, string? url, string? profile) => new()
    {
        UrlOption = url,
        UrlVariable = environment(UrlVariable),
        ProfileOption = profile,
        ControlSocket = home.ControlSocket,
        ControlSocketExists = File.Exists(home.ControlSocket),
        Host = new Lazy<HostFacts?>(() => HostOf(home)),
        Profiles = new Lazy<ProfileReading>(() => Read(new ProfileStore(home))),
    };

    /// <summary>Null without a host key or a gateway mark: this home has no daemon whose identity it could check.</summary>
    public static HostFacts? HostOf(NetclawHome home) =>
        IsThere(home.HostKey) && MarkOf(home) is { } mark ? new HostFacts(mark.GatewayId, Urls(home)) : null;

    /// <summary>Whose home this is; null: no gateway's.</summary>
    internal static GatewayId? GatewayOf(NetclawHome home) => MarkOf(home)?.GatewayId;

    /// <summary>Whatever it is: what is no key file is told when it is to be shown.</summary>
    private static bool IsThere(string path)
    {
        try
        {
            return FileFacts.OfPath(path) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What the running daemon says it bound, else what it is configured to bind; wildcards become the matching loopback.</summary>
    private static ImmutableArray<string> Urls(NetclawHome home)
    {
        if (RunFileOf(home) is { Endpoints.Length: > 0 } running)
        {
            return running.Endpoints;
        }

        var hints = ConfigHints.Read(home.ConfigFile);
        return IPAddress.TryParse(hints.Address, out var address) ? [EndpointOrder.Text(UrlOf(address, hints.Port))] : [];
    }

    private static Uri UrlOf(IPAddress address, int port)
    {
        var reachable = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new Uri($"http://{new IPEndPoint(reachable, port)}");
    }

    private static GatewayMark? MarkOf(NetclawHome home) => Json(home.GatewayMark, SurveyJson.Default.GatewayMark);

    public static RunFile? RunFileOf(NetclawHome home) => Json(home.RunFile, LocalJson.Default.RunFile);

    private static T? Json<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), shape);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static ProfileReading Read(ProfileStore store)
    {
        try
        {
            return new ProfileReading(store.Load(), null);
        }
        catch (CommandFailure damage)
        {
            return new ProfileReading(null, damage);
        }
    }
}

/// <summary>The part of <c>keys/gateway.json</c> that says whose home this is.</summary>
internal sealed record GatewayMark(GatewayId GatewayId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GatewayMark))]
internal sealed partial class SurveyJson : JsonSerializerContext;
