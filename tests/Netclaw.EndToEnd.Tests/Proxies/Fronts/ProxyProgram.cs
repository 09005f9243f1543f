namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A reverse proxy as Debian packages it.</summary>
internal sealed record ProxyProgram(string Path, string Package)
{
    public static readonly ProxyProgram Nginx = new("/usr/sbin/nginx", "nginx-light");
    public static readonly ProxyProgram Caddy = new("/usr/bin/caddy", "caddy");
    public static readonly ProxyProgram HaProxy = new("/usr/sbin/haproxy", "haproxy");

    public static readonly ProxyProgram[] All = [Nginx, Caddy, HaProxy];

    public bool IsInstalled => File.Exists(Path);

    /// <summary>Why a test that needs all of them cannot run here; null when it can.</summary>
    public static string? Missing()
    {
        var missing = All.Where(program => !program.IsInstalled).Select(program => $"{program.Path} ({program.Package})").ToList();
        return missing.Count == 0 ? null : "needs " + string.Join(", ", missing);
    }
}
