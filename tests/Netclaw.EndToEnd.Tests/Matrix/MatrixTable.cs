using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using static Netclaw.EndToEnd.Tests.Matrix.Shown;
using static Netclaw.EndToEnd.Tests.Matrix.Way;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>Every auth mode in every exposure. What is to hold there: <see cref="Checks"/>, the same everywhere.</summary>
internal static class MatrixTable
{
    private const string NoIdentity = "device_identity_required";
    private const string Unpaired = "pairing_required";
    private const string NoUser = "trusted_proxy_user_missing";
    private const string NotThisUser = "trusted_proxy_user_not_allowed";
    private const string Far = "X-Forwarded-For: 203.0.113.66";
    private const string Alice = $"X-Forwarded-User: {TestUser.Name}";

    /// <summary>What a client says that would like to be taken for a process of this machine.</summary>
    private static readonly string[] Lies = ["X-Forwarded-For: 127.0.0.1", "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1;host=localhost"];

    /// <summary>What the tunnels' users would like to be called.</summary>
    private static readonly string[] Names = ["Tailscale-User-Login: alice@example.org", "Cf-Access-Authenticated-User-Email: alice@example.org", Alice];

    private static readonly string[] Tunnels = [.. TunnelShape.All.Select(shape => shape.Exposure)];

    public static readonly string[] Checks = ["reminder", "spawn", "agent", "node", "credential"];

    public static readonly Combination[] Combinations =
    [
        // Nothing is asked of a process of this machine; what is no such process gets nowhere.
        new("none", "local",
            [new(Listener, Nothing, NoIdentity, Far), new(Listener, Nothing, NoIdentity, Lies), new(Listener, UnknownKey, Unpaired, Far)],
            [new(Listener, Nothing, "unauthorized", Far), new(Listener, Nothing, "unauthorized", Lies), new(Listener, UnknownKey, Unpaired, Far), .. Forgeries(Listener)])
        { Opens = new(Listener, Nothing, "ok") },
        Combination.Refused("none", "reverse-proxy", "auth.mode"),
        .. Tunnels.Select(tunnel => Combination.Refused("none", tunnel, "auth.mode")),

        .. Secret("token"),
        .. Secret("password"),

        new("trusted-proxy", "local",
            [new(Listener, Nothing, NoIdentity, Alice), new(Listener, Nothing, NoIdentity, [Alice, .. Lies]), new(Listener, Nothing, NoUser), new(Listener, UnknownKey, Unpaired, Alice)],
            [
                new(Listener, Nothing, NoUser), new(Listener, Nothing, NotThisUser, "X-Forwarded-User: mallory"), new(Listener, Nothing, NoUser, Alice, "X-Forwarded-User: mallory"),
                new(Listener, UnknownKey, NoUser, Far), .. Forgeries(Listener, Alice),
            ])
        { Opens = new(Listener, Nothing, "ok", Alice) },

        // In front stands a proxy that names nobody, through which devices come; the other one asks for passwords.
        new("trusted-proxy", "reverse-proxy",
            [
                new(Front, Nothing, NoIdentity), new(Front, Nothing, NoIdentity, [Alice, .. Lies]), new(Other, Nothing, NoIdentity, TestUser.Authorization),
                new(Listener, Nothing, NoIdentity, [Alice, .. Lies]), new(Other, UnknownKey, Unpaired, TestUser.Authorization),
            ],
            [
                new(Front, Nothing, NoUser), new(Front, Nothing, NoUser, Alice), new(Front, UnknownKey, NoUser, Alice), new(Other, Nothing, "401", "Authorization: Basic YWxpY2U6d3Jvbmc=", Alice),
                new(Other, UnknownKey, Unpaired, TestUser.Authorization), .. Forgeries(Other, TestUser.Authorization),
            ])
        { Opens = new(Other, Nothing, "ok", TestUser.Authorization, "X-Forwarded-User: mallory") },

        // The tailnet names its users: alice, and at the other front mallory.
        new("trusted-proxy", "tailscale-serve",
            [.. ThroughTunnel(Nothing, Names), new(Front, UnknownKey, Unpaired), new(Other, UnknownKey, NotThisUser, Names)],
            [new(Other, Nothing, NotThisUser), new(Other, Nothing, NotThisUser, Names), new(Listener, Nothing, NoUser), new(Front, UnknownKey, Unpaired), .. Forgeries(Front)])
        { Opens = new(Front, Nothing, "ok", "Tailscale-User-Login: mallory@example.org") },

        // A funnel names nobody: here a device's own key is all that opens.
        new("trusted-proxy", "tailscale-funnel",
            [.. ThroughTunnel(Nothing, Names), new(Front, UnknownKey, NoUser, Names)],
            [new(Front, Nothing, NoUser), new(Front, Nothing, NoUser, Names), new(Listener, Nothing, NoUser), new(Front, UnknownKey, NoUser), .. Forgeries(Front)]),

        // What opens is signed; through the other front it is signed by somebody else.
        new("trusted-proxy", "cloudflare-tunnel",
            [.. ThroughTunnel(Nothing, Names), new(Front, UnknownKey, Unpaired), new(Other, UnknownKey, "assertion_signature_invalid")],
            [
                new(Other, Nothing, "assertion_signature_invalid"), new(Listener, Nothing, "assertion_missing", Names), new(Listener, Nothing, "assertion_malformed", "Cf-Access-Jwt-Assertion: alice@example.org"),
                new(Front, UnknownKey, Unpaired), .. Forgeries(Front),
            ])
        { Opens = new(Front, Nothing, "ok", "Cf-Access-Jwt-Assertion: a.b.c") },
    ];

    public static Combination Of(string auth, string exposure) => Combinations.Single(one => one.Auth == auth && one.Exposure == exposure);

    /// <summary>Token and password differ in what is shown, and in nothing else.</summary>
    private static IEnumerable<Combination> Secret(string auth) =>
    [
        new(auth, "local",
            [new(Listener, RightSecret, NoIdentity, Far), new(Listener, RightSecret, NoIdentity, Lies), new(Listener, Nothing, "unauthorized"), new(Listener, UnknownKey, Unpaired, Far)],
            [.. WithoutSecret(Listener), new(Listener, UnknownKey, Unpaired, Far)])
        { Opens = new(Listener, RightSecret, "ok") },

        new(auth, "reverse-proxy",
            [
                new(Front, RightSecret, NoIdentity), new(Front, RightSecret, NoIdentity, Lies), new(Listener, RightSecret, NoIdentity, Lies), new(Listener, Nothing, "unauthorized"),
                new(Front, UnknownKey, Unpaired),
            ],
            [.. WithoutSecret(Front), new(Front, Nothing, "unauthorized", Alice), new(Front, UnknownKey, Unpaired), new(Listener, WrongSecret, "unauthorized", Lies)])
        { Opens = new(Front, RightSecret, "ok") },

        .. Tunnels.Select(tunnel => new Combination(auth, tunnel,
            [.. ThroughTunnel(RightSecret, Lies), new(Front, UnknownKey, Unpaired)],
            [.. WithoutSecret(Front), new(Front, Nothing, "unauthorized", Names), new(Front, UnknownKey, Unpaired), new(Listener, WrongSecret, "unauthorized"), new(Listener, Nothing, "unauthorized", Names)])
        { Opens = new(Front, RightSecret, "ok") }),
    ];

    private static IEnumerable<Attempt> WithoutSecret(Way way) => [new(way, WrongSecret, "unauthorized"), new(way, Nothing, "unauthorized"), .. Forgeries(way)];

    private static IEnumerable<Attempt> Forgeries(Way way, params string[] lines) =>
        [new(way, ForgedKey, "device_signature_invalid", lines), new(way, ForgedRun, "spawn_credential_invalid", lines)];

    /// <summary>Behind a tunnel the way past it is no better.</summary>
    private static IEnumerable<Attempt> ThroughTunnel(Shown shown, string[] lines) =>
        from way in (Way[])[Front, Listener]
        from said in (string[][])[[], lines, Lies]
        select new Attempt(way, shown, NoIdentity, said);
}
