using System.Collections.Immutable;

namespace Netclaw.Cli.Doctoring;

/// <summary>The line of each proxy's configuration that mends a finding; the files in docs/guides/proxies have them all.</summary>
internal static class ProxyRemedies
{
    /// <summary>In the order of <see cref="ProxyKind.Known"/>. {0} is the header's name.</summary>
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        ["gateway_not_reached"] = ["proxy_pass http://<the gateway's listen address>;", "reverse_proxy <the gateway's listen address>", "server gateway <the gateway's listen address>"],
        ["upgrade_missing"] =
        [
            "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";",
            "remove every header_up that names Upgrade or Connection: reverse_proxy passes them on by itself",
            "remove every http-request del-header that matches upgrade or connection: mode http passes them on by itself",
        ],
        ["path_changed"] = ["proxy_pass http://<the gateway's listen address>/;  (the slash drops the location's own prefix)", "handle_path /<prefix>/* {{ reverse_proxy ... }}", "http-request replace-path /<prefix>(/.*) \\1"],
        ["host_not_kept"] = ["proxy_set_header Host $http_host;", "remove header_up Host: reverse_proxy keeps it by itself", "remove http-request set-header Host: it is kept by itself"],
        ["identity_forged"] = ["proxy_set_header {0} $remote_user;", "header_up {0} {{http.auth.user.id}}", "http-request set-header {0} %[http_auth_user]"],
        ["identity_twin"] = ["underscores_in_headers off;", "header_up -*_*", "http-request del-header ^.*_.*$ -m reg"],
        ["required_header"] = ["proxy_set_header {0} <its value>;", "header_up {0} <its value>", "http-request set-header {0} <its value>"],
        ["client_forged"] = ["proxy_set_header X-Forwarded-For $remote_addr;", "remove trusted_proxies: X-Forwarded-For is replaced by itself", "http-request set-header X-Forwarded-For %[src]"],
        ["forwarding_passed_on"] = ["proxy_set_header {0} \"\";", "header_up -{0}", "http-request del-header {0}"],
        ["password_passed_on"] = ["proxy_set_header Authorization \"\";", "header_up -Authorization", "http-request del-header Authorization"],
    };

    /// <param name="proxy">Null or unknown: the line for each proxy.</param>
    public static ImmutableArray<ProxyFix> For(string entry, string? proxy, string header = "") =>
    [
        .. ProxyKind.Known.Zip(Lines[entry], (kind, line) => new ProxyFix(kind, string.Format(System.Globalization.CultureInfo.InvariantCulture, line, header)))
            .Where(fix => !ProxyKind.Known.Contains(proxy) || fix.Where == proxy),
    ];

    public static ImmutableArray<ProxyFix> Settings(string line) => [new ProxyFix("netclaw.json", line)];

    public static ImmutableArray<ProxyFix> Command(string line) => [new ProxyFix("command line", line)];
}
