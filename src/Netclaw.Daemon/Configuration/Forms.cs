using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>The kinds of values that several keys of netclaw.json share.</summary>
internal static partial class Forms
{
    private const int LongestName = 256;
    private const int LongestArgument = 4096;

    public static ValueForm<IPAddress> Address { get; } = new ParsedForm<IPAddress>(
        "IP address", TryAddress, "This is not an IP address.", "Write 127.0.0.1 or ::1.");

    public static ValueForm<Uri> HttpUrl { get; } = new ParsedForm<Uri>(
        "http or https url", TryUrl, "This is not an http or https url.", "Write for example https://gateway.example.org.");

    public static ValueForm<NetworkSet> Networks { get; } = new GatheredForm<IPNetwork, NetworkSet>(
        new ParsedForm<IPNetwork>("IP address or CIDR range", NetworkSet.TryParse, "This is neither an IP address nor a range of them.",
            "Write for example 10.0.0.7, 10.0.0.0/24 or fd00::/64; a range begins with its first address."),
        items => NetworkSet.Of(items), set => set.Networks);

    public static ValueForm<ImmutableArray<HostHeader>> HostNames { get; } = new ListForm<HostHeader>(new ParsedForm<HostHeader>(
        "host name or IP address", TryHost, "This is no host.", "Write a name or an address, perhaps with a port, without scheme and wildcard: gateway.example.org.", Written));

    public static ValueForm<ImmutableArray<WebOrigin>> Origins { get; } = new ListForm<WebOrigin>(new ParsedForm<WebOrigin>(
        "origin", WebOrigin.TryParse, "This is no origin as browsers send it.", "Write scheme, host and, unless it is the scheme's own, port: https://app.example.org. No path, no wildcard."));

    public static ValueForm<string> HeaderName { get; } = new ParsedForm<string>(
        "header name", TryHeader, "This is no header that can carry an identity.", "Write a header's name with hyphens, for example X-Forwarded-User; not one that HTTP itself uses.");

    public static ValueForm<ImmutableArray<string>> HeaderNames { get; } = new ListForm<string>(HeaderName);

    public static ValueForm<string> UserName { get; } = new ParsedForm<string>(
        "user name", TryName, "This is no name of a user.", $"Write 1 to {LongestName} printable characters, as the proxy sends it.");

    public static ValueForm<string> Label { get; } = new ParsedForm<string>(
        "name", TryName, "This is no name.", $"Write 1 to {LongestName} printable characters, without spaces around them.");

    public static ValueForm<ImmutableArray<string>> UserNames { get; } = new ListForm<string>(UserName);

    public static ValueForm<ImmutableArray<string>> Accounts { get; } = new ListForm<string>(AccountForm.Any);

    public static ValueForm<ImmutableArray<string>> Commands { get; } = new ListForm<string>(new ParsedForm<string>(
        "command name", TryCommand, "This is no name of a command.", $"Write 1 to {NodeSurface.LongestName} printable characters without spaces, for example camera.snap; no wildcard."));

    public static ValueForm<string> FilePath { get; } = new ParsedForm<string>(
        "path", TryPath, "This is no path of a file.", "Write the path in full, or relative to the home; ~ is not expanded.");

    public static ValueForm<string> FullPath { get; } = new ParsedForm<string>(
        "path in full", TryFullPath, "This is no path in full.", "Write it from / on; ~ and variables are not expanded.");

    public static ValueForm<string> Variable { get; } = new ParsedForm<string>(
        "variable", TryVariable, "This is no name of an environment variable.", "Write letters, digits and _, without a $ and without a value.");

    public static ValueForm<ImmutableArray<string>> Arguments { get; } = new ListForm<string>(new ParsedForm<string>(
        "argument", TryArgument, "This can be no argument of a program.", "Write it without NUL characters, 4096 characters at most."));

    public static ValueForm<string> KeySet { get; } = new ParsedForm<string>(
        "path or https url", TryKeySet, "This is neither the path of a file nor an https url.", "Write for example keys/proxy-keys.json or https://login.example.org/keys; plain http could be forged.");

    public static ValueForm<ScopeSet> Scopes { get; } = new GatheredForm<ScopeSet, ScopeSet>(
        new ChoiceForm<ScopeSet>("There is no such scope.", [.. ScopeSet.All.ToNames().SelectMany(Spellings)]),
        items => items.Aggregate(ScopeSet.Empty, (all, one) => all | one),
        set => set.ToNames().Select(name => ScopeSet.Parse([name], out _)));

    private static IEnumerable<(string Name, ScopeSet Value)> Spellings(string name)
    {
        var scope = ScopeSet.Parse([name], out _);
        return [(name["operator.".Length..], scope), (name, scope)];
    }

    private static bool TryAddress(string text, out IPAddress address) => IPAddress.TryParse(text, out address!);

    private static bool TryUrl(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
        && TryHost(url.IdnHost, out _);

    /// <summary>An IPv6 address may be written without brackets, as in every other key.</summary>
    private static bool TryHost(string text, out HostHeader host) =>
        HostHeader.TryParse(IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && text[0] != '[' ? $"[{text}]" : text, out host);

    private static string Written(HostHeader host)
    {
        var name = host.Name.Contains(':', StringComparison.Ordinal) ? $"[{host.Name}]" : host.Name;
        return host.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{name}:{port}") : name;
    }

    private static bool TryHeader(string text, out string name)
    {
        name = text;
        return HeaderForm().IsMatch(text) && !OwnedByHttp().IsMatch(text);
    }

    private static bool TryName(string text, out string name)
    {
        name = text;
        return text.Length <= LongestName && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl) && text == text.Trim();
    }

    private static bool TryCommand(string text, out string name)
    {
        name = text;
        return text.Length is > 0 and <= NodeSurface.LongestName && text.All(symbol => symbol is > ' ' and < '\x7f' and not '*');
    }

    private static bool TryPath(string text, out string path)
    {
        path = text;
        return !string.IsNullOrWhiteSpace(text) && !text.StartsWith('~') && !text.Contains('\0', StringComparison.Ordinal);
    }

    private static bool TryFullPath(string text, out string path) => TryPath(text, out path) && text.StartsWith('/');

    private static bool TryVariable(string text, out string name)
    {
        name = text;
        return VariableForm().IsMatch(text);
    }

    private static bool TryArgument(string text, out string argument)
    {
        argument = text;
        return text.Length <= LongestArgument && !text.Contains('\0', StringComparison.Ordinal);
    }

    private static bool TryKeySet(string text, out string source)
    {
        source = text;
        return text.Contains("://", StringComparison.Ordinal)
            ? TryUrl(text, out var url) && url.Scheme == Uri.UriSchemeHttps
            : TryPath(text, out _);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z", RegexOptions.None, 1000)]
    private static partial Regex VariableForm();

    [GeneratedRegex("^[A-Za-z0-9-]+$", RegexOptions.None, 1000)]
    private static partial Regex HeaderForm();

    [GeneratedRegex("^(host|connection|upgrade|cookie|origin|content-.*|transfer-encoding|te|trailer|keep-alive|sec-.*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnedByHttp();
}
