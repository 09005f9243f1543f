using System.Buffers;
using System.Globalization;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>An Origin as browsers write it (RFC 6454 section 6.2): scheme, host, and the port where it is not the scheme's own; all in lower case.</summary>
public readonly record struct WebOrigin
{
    private const string Separator = "://";
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    private static readonly SearchValues<char> SchemeSymbols = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");

    private WebOrigin(string scheme, HostHeader host)
    {
        Scheme = scheme;
        Host = host;
    }

    public string Scheme { get; }

    public HostHeader Host { get; }

    /// <summary>Null: the scheme has none, and none was written.</summary>
    public int? Port => Host.Port ?? (Scheme switch { "http" => HttpPort, "https" => HttpsPort, _ => null });

    /// <returns>False: its host is none that a Host header may name, for example one that ends in a dot.</returns>
    public static bool TryOf(Uri url, out WebOrigin origin)
    {
        var name = url.IdnHost.Contains(':') ? $"[{url.IdnHost}]" : url.IdnHost;
        return TryParse(string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}{Separator}{name}:{url.Port}"), out origin);
    }

    /// <summary>Never <c>null</c>, <c>*</c>, a path or a list. Upper case and the scheme's own port are read and written plainly.</summary>
    public static bool TryParse(string? text, out WebOrigin origin)
    {
        origin = default;
        var end = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (end <= 0)
        {
            return false;
        }

        var scheme = text![..end].ToLowerInvariant();
        if (scheme.AsSpan().ContainsAnyExcept(SchemeSymbols) || !char.IsAsciiLetter(scheme[0]) || !HostHeader.TryParse(text[(end + Separator.Length)..], out var host))
        {
            return false;
        }

        var isOwnPort = (scheme, host.Port) is ("http", HttpPort) or ("https", HttpsPort);
        origin = new WebOrigin(scheme, isOwnPort ? host with { Port = null } : host);
        return true;
    }

    public override string ToString()
    {
        var name = Host.Name.Contains(':') ? $"[{Host.Name}]" : Host.Name;
        return Host.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Separator}{name}:{port}") : Scheme + Separator + name;
    }
}
