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

    /// <param name="front">Where the front is reached; null: there is none.</param>
    public static string Of(Combination combination, Machine machine, IPEndPoint? front, Assertion? assertion)
    {
        var content = combination switch
        {
            { IsReverseProxy: true } => JsonNode.Parse(GatewayConfiguration.Render(GatewayConfiguration.SameHost, IPAddress.Loopback, front!.Address))!.AsObject(),
            _ => new JsonObject { ["listen"] = new JsonObject { ["port"] = 0 }, ["exposure"] = Exposure(combination.Exposure, front) },
        };
        if (combination is not { IsReverseProxy: true, Auth: "trusted-proxy" })
        {
            content["auth"] = Auth(combination, machine, assertion);
        }

        content["agents"] = new JsonObject { ["main"] = ShellAgent.On(machine) };
        return content.ToJsonString();
    }

    private static JsonObject Exposure(string mode, IPEndPoint? front)
    {
        var section = new JsonObject { ["mode"] = mode };
        if (front is not null)
        {
            section["externalUrl"] = $"http://{front}";
            section["skipTunnelProcessCheck"] = true;
        }

        return section;
    }

    private static JsonObject Auth(Combination combination, Machine machine, Assertion? assertion)
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

    private static JsonObject TrustedProxy(string exposure, Machine machine, Assertion? assertion) => exposure switch
    {
        "local" => new JsonObject { ["userHeader"] = "X-Forwarded-User", ["allowUsers"] = new JsonArray(TestUser.Name), ["allowLoopback"] = true },
        "cloudflare-tunnel" => new JsonObject { ["assertion"] = assertion!.Section(machine.Root), ["allowUsers"] = new JsonArray("alice@example.org") },
        _ => new JsonObject { ["userHeader"] = "Tailscale-User-Login", ["allowUsers"] = new JsonArray("alice@example.org"), ["proxyUids"] = new JsonArray(UserId.Current) },
    };
}
