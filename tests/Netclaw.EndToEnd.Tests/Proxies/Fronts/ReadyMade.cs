namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A configuration of docs/guides/proxies: what operators copy is what the tests run, with its example addresses, files and users replaced.</summary>
/// <param name="AsksForUser">It wants a user's password before it lets anything through.</param>
/// <param name="SpeaksHttp">False: it forwards bytes.</param>
internal sealed record ReadyMade(string File, ProxyProgram Program, bool AsksForUser = false, bool SpeaksHttp = true)
{
    public static readonly ReadyMade Nginx = new("nginx.conf", ProxyProgram.Nginx);
    public static readonly ReadyMade NginxUsers = new("nginx-users.conf", ProxyProgram.Nginx, AsksForUser: true);
    public static readonly ReadyMade Caddy = new("Caddyfile", ProxyProgram.Caddy);
    public static readonly ReadyMade CaddyUsers = new("Caddyfile-users", ProxyProgram.Caddy, AsksForUser: true);
    public static readonly ReadyMade HaProxy = new("haproxy.cfg", ProxyProgram.HaProxy);
    public static readonly ReadyMade HaProxyUsers = new("haproxy-users.cfg", ProxyProgram.HaProxy, AsksForUser: true);
    public static readonly ReadyMade HaProxyTcp = new("haproxy-tcp.cfg", ProxyProgram.HaProxy, SpeaksHttp: false);

    public static readonly ReadyMade[] All = [Nginx, NginxUsers, Caddy, CaddyUsers, HaProxy, HaProxyUsers, HaProxyTcp];

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "guides", "proxies");

    public static ReadyMade Named(string file) => All.Single(entry => entry.File == file);

    /// <summary>The file's text for this place. Nothing of the example's own is left in it.</summary>
    public string Render(ProxyPlace place)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(Folder, File));
        (string Example, string Real)[] table =
        [
            ("192.0.2.10:443", place.Listen.ToString()), ("192.0.2.10", place.Listen.Address.ToString()),
            ("gateway.example.org:443", place.Listen.ToString()), ("gateway.example.org", place.Listen.Address.ToString()),
            ("198.51.100.7:5199", place.Gateway.ToString()), ("/etc/netclaw-proxy", place.Folder),
            ("$5$replace$this.by.what.openssl.prints", TestUser.Sha256Crypt), ("$2a$14$replace.this.by.what.caddy.hash-password.prints", TestUser.Bcrypt),
        ];
        foreach (var (example, real) in table)
        {
            text = text.Replace(example, real, StringComparison.Ordinal);
        }

        var statements = text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'));
        Assert.DoesNotContain(statements, line => line.Contains("example", StringComparison.Ordinal) || line.Contains("/etc/", StringComparison.Ordinal));
        return text;
    }

    public override string ToString() => File;
}
