using System.Net;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>netclaw.json of a combination: the least that makes it serve, so that nothing here is opened which the combination does not need.</summary>
internal static class PlaceConfiguration
{
    public const string Password = "correct horse battery";

    /// <param name="fronts">Where the gateway is reached from outside; none: nowhere.</param>
    public static string Of(Combination combination, Machine machine, IPEndPoint[] fronts, Assertion assertion)
    {
        var content = combination switch
        {
            { IsReverseProxy: true } => JsonNode.Parse(GatewayConfiguration.Render(GatewayConfiguration.SameHost, IPAddress.Loopback, fronts[0].Address))!.AsObject(),
            _ => new JsonObject { ["listen"] = new JsonObject { ["port"] = 0 }, ["exposure"] = Exposure(combination.Exposure, fronts) },
        };
        if (combination is not { IsReverseProxy: true, Auth: "trusted-proxy" })
        {
            content["auth"] = Auth(combination, machine, assertion);
        }

        content["agents"] = new JsonObject { ["main"] = ShellAgent.On(machine) };
        return content.ToJsonString();
    }

    private static JsonObject Exposure(string mode, IPEndPoint[] fronts) => fronts.Length == 0
        ? new JsonObject { ["mode"] = mode }
        : new JsonObject
        {
            ["mode"] = mode, ["externalUrl"] = $"http://{fronts[0]}", ["skipTunnelProcessCheck"] = true,
            ["hosts"] = new JsonArray([.. fronts.Skip(1).Select(front => JsonValue.Create(front.ToString()))]),
        };

    private static JsonObject Auth(Combination combination, Machine machine, Assertion assertion)
    {
        var section = new JsonObject { ["mode"] = combination.Auth };
        if (combination.Auth is "token" or "password")
        {
            section["sharedSecretScopes"] = new JsonObject { ["remote"] = new JsonArray("read") };
        }

        if (combination.Auth == "password")
        {
            section["password"] = Password;
        }

        if (combination.IsReverseProxy)
        {
            section["trustedProxy"] = new JsonObject { ["allowLoopback"] = true };
        }
        else if (combination.Auth == "trusted-proxy")
        {
            section["trustedProxy"] = TrustedProxy(combination.Exposure, machine, assertion);
        }

        return section;
    }

    private static JsonObject TrustedProxy(string exposure, Machine machine, Assertion assertion) => exposure switch
    {
        "local" => new JsonObject { ["userHeader"] = "X-Forwarded-User", ["allowUsers"] = new JsonArray(TestUser.Name), ["allowLoopback"] = true },
        "cloudflare-tunnel" => new JsonObject { ["assertion"] = assertion.Section(machine.Root), ["allowUsers"] = new JsonArray("alice@example.org") },
        _ => new JsonObject { ["userHeader"] = "Tailscale-User-Login", ["allowUsers"] = new JsonArray("alice@example.org"), ["proxyUids"] = new JsonArray(UserId.Current) },
    };
}
