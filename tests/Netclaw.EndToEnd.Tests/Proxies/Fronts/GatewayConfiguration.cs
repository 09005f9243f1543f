using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>The gateway's own side of docs/guides/proxies, for the addresses of a test.</summary>
internal static class GatewayConfiguration
{
    public const string Plain = "netclaw.json";
    public const string Users = "netclaw-users.json";
    public const string SameHost = "netclaw-same-host.json";

    /// <param name="proxy">The address that clients reach and that the gateway believes.</param>
    /// <param name="change">Of the file's content.</param>
    public static string Render(string file, IPAddress gateway, IPAddress proxy, Action<JsonObject>? change = null)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "proxies", file))
            .Replace("198.51.100.7", gateway.ToString(), StringComparison.Ordinal)
            .Replace("192.0.2.10", proxy.ToString(), StringComparison.Ordinal)
            .Replace("gateway.example.org", proxy.ToString(), StringComparison.Ordinal)
            .Replace("[33]", $"[{ProxyUser}]", StringComparison.Ordinal);
        var content = JsonNode.Parse(text, null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        change?.Invoke(content);
        return content.ToJsonString();
    }

    /// <summary>As whom the tests' proxies run.</summary>
    private static uint ProxyUser => Environment.IsPrivilegedProcess ? ProxyProcess.ProxyUser : Protocol.UserId.Current;
}
