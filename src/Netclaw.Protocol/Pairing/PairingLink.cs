namespace Netclaw.Protocol;

/// <summary>
/// <c>netclaw://pair?url=&lt;escaped&gt;&amp;code=IIIIXXXXXXXX&amp;key=&lt;hex&gt;</c>: all that a device needs to pair, for a QR code. It holds the code, so
/// the whole link is a secret; the user confirms address and gateway before anything is sent.
/// </summary>
public sealed class PairingLink
{
    private const string Start = "netclaw://pair?";
    private const int LongestLink = 2048;

    private PairingLink(Uri url, PairingCode code, string gatewayKeyHash)
    {
        Url = url;
        Code = code;
        GatewayKeyHash = gatewayKeyHash;
    }

    /// <summary>The gateway's address, http or https.</summary>
    public Uri Url { get; }

    public PairingCode Code { get; }

    /// <summary>The hash that the gateway's key must have, lower-case hex (<see cref="PublicKey.HashText"/>).</summary>
    public string GatewayKeyHash { get; }

    public static Secret Build(Uri url, PairingCode code, PublicKey gatewayKey) =>
        new($"{Start}url={Uri.EscapeDataString(url.AbsoluteUri)}&code={code.ToLinkText()}&key={gatewayKey.HashText}");

    /// <param name="problem">What is wrong, for a person, without repeating the link; empty when well-formed.</param>
    public static bool TryParse(string? text, out PairingLink link, out string problem)
    {
        link = null!;
        text = text?.Trim() ?? "";
        if (text.Length > LongestLink)
        {
            problem = "the link is too long to be a pairing link";
            return false;
        }

        if (!text.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            problem = $"a pairing link starts with {Start}";
            return false;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text[Start.Length..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (pair, "");
            if (!fields.TryAdd(name, value))
            {
                problem = "the link names a field twice";
                return false;
            }
        }

        problem = Read(fields, out link);
        return problem.Length == 0;
    }

    /// <summary>Address and name of the code, nothing of the secret.</summary>
    public override string ToString() => $"{Start}url={Uri.EscapeDataString(Url.AbsoluteUri)}&code={Code}&key={GatewayKeyHash}";

    private static string Read(Dictionary<string, string> fields, out PairingLink link)
    {
        link = null!;
        if (Missing(fields) is { } missing)
        {
            return $"the link has no {missing}";
        }

        if (!GatewayAddress.TryParse(fields["url"], out var url, out var wrong))
        {
            return "the link's url is wrong: " + wrong;
        }

        if (!PairingCode.TryParse(fields["code"], out var code))
        {
            return "the link's code does not have the twelve symbols of a pairing code";
        }

        var hash = fields["key"];
        if (!PublicKey.IsHashText(hash))
        {
            return "the link's key is not the hash of a gateway key (64 lower-case hex digits)";
        }

        link = new PairingLink(url, code, hash);
        return "";
    }

    private static string? Missing(Dictionary<string, string> fields) =>
        Array.Find(["url", "code", "key"], name => !fields.TryGetValue(name, out var value) || value.Length == 0);
}
