using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>trust.md section 6: every row on a missing device identity, in all four auth modes and five exposure modes.</summary>
public sealed class MissingDeviceTests
{
    private const string Accepted = "accepted";

    private static readonly ExposureMode[] Exposures = Enum.GetValues<ExposureMode>();
    private static readonly AuthMode[] Auths = Enum.GetValues<AuthMode>();

    /// <summary>Row, exposure, auth, and what comes of it.</summary>
    public static TheoryData<string, ExposureMode, AuthMode, string> Table
    {
        get
        {
            var table = new TheoryData<string, ExposureMode, AuthMode, string>();
            foreach (var (exposure, auth) in Exposures.SelectMany(exposure => Auths.Select(auth => (exposure, auth))))
            {
                var (local, tunnel) = (exposure == ExposureMode.Local, exposure.IsTunnel());
                var secret = auth is AuthMode.Token or AuthMode.Password;
                table.Add("control socket, operator", exposure, auth, Accepted);
                table.Add("control socket, node", exposure, auth, Accepted);
                table.Add("spawn credential, operator", exposure, auth, Accepted);
                table.Add("spawn credential, node", exposure, auth, Accepted);
                table.Add("operator, loopback, authenticated", exposure, auth, auth == AuthMode.None && !local ? "unauthorized" : tunnel && auth == AuthMode.TrustedProxy ? "trusted_proxy_loopback_source" : Accepted);
                table.Add("operator, behind a proxy, authenticated", exposure, auth, exposure switch
                {
                    ExposureMode.ReverseProxy => auth == AuthMode.None ? "unauthorized" : Accepted,
                    ExposureMode.Local => secret ? Accepted : auth == AuthMode.None ? "unauthorized" : Accepted,
                    _ => "trusted_proxy_untrusted_source",
                });
                table.Add("node, internal", exposure, auth, tunnel || (!local && auth == AuthMode.None) ? (tunnel ? "device_identity_required" : "unauthorized") : Accepted);
                table.Add("node, loopback, authentication failed", exposure, auth, tunnel ? "device_identity_required"
                    : auth == AuthMode.TrustedProxy ? "trusted_proxy_user_missing" : secret || !local ? "unauthorized" : "device_identity_required");
                table.Add("node, loopback, of another user", exposure, auth, tunnel ? "device_identity_required"
                    : secret || (local && auth == AuthMode.None) ? "device_identity_required" : auth == AuthMode.None ? "unauthorized" : "trusted_proxy_user_missing");
                table.Add("node, remote", exposure, auth, "device_identity_required");
                table.Add("node, proxied", exposure, auth, "device_identity_required");
                table.Add("anybody with a foreign Origin", exposure, auth, auth == AuthMode.TrustedProxy ? "trusted_proxy_origin_not_allowed" : "origin_not_allowed");
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Row(string who, ExposureMode exposure, AuthMode auth, string result)
    {
        var decision = Connection(who, new Request().Under(exposure, auth, "10.0.0.0/24")
            .Under(new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true, LoopbackUser = "scheduler" })).Decide();
        Assert.Equal(result, decision is AccessDecision.Refused refused ? refused.CodeName : decision is AccessDecision.Granted ? Accepted : decision.ToString());
        if (decision is AccessDecision.Granted { Principal: var granted })
        {
            Assert.Equal(who == "node, internal", granted.IsInternal);
            Assert.True(auth != AuthMode.None || granted.Method != AuthMethod.None || ScopeSet.ReadWrite.Covers(granted.Scopes));
        }
    }

    private static Request Connection(string who, Request request)
    {
        var right = request.Offering(new Credentials { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid });
        var socket = request with { Facts = request.Facts with { Listener = ListenerKind.Control, Remote = null, Peer = new PeerProcess(Ask.Owner, Ask.Owner, 7, [Ask.Owner], false), Headers = [] } };
        var child = request.Offering(new Credentials { Spawn = SpawnVerdict.Valid, SpawnGrant = new SpawnGrant(RunId.New(), ScopeSet.ReadWrite, Ask.Owner) });
        var proxied = right.From("10.0.0.9").To("gateway.example").With("X-Forwarded-For", "198.51.100.7").With("X-User", "alice");
        return who switch
        {
            "control socket, operator" => socket,
            "control socket, node" => socket.AsNode(),
            "spawn credential, operator" => child,
            "spawn credential, node" => child.AsNode(),
            "operator, loopback, authenticated" => right,
            "operator, behind a proxy, authenticated" => proxied,
            "node, internal" => right.AsNode(),
            "node, loopback, authentication failed" => request.AsNode().Under(new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true }).Offering(new Credentials { Token = SecretVerdict.Wrong, Password = SecretVerdict.Wrong }).From("127.0.0.1", request.Options.Auth == AuthMode.None ? 1001 : Ask.Owner),
            "node, loopback, of another user" => right.AsNode().From("127.0.0.1", 1001),
            "node, remote" => right.AsNode().From("203.0.113.9").To("gateway.example"),
            "node, proxied" => proxied.AsNode(),
            "anybody with a foreign Origin" => right.With("Origin", "https://evil.example"),
            _ => throw new ArgumentOutOfRangeException(nameof(who), who, "no such row"),
        };
    }
}
