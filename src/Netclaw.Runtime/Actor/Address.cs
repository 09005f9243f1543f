using System.Globalization;

namespace Akka.Actor;

/// <summary>Where an actor system is: <c>akka://name</c> within the process, <c>protocol://name@host:port</c> elsewhere.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Stands for every system.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string text;

    /// <summary>Host and port are those of remote systems; without them the address is local.</summary>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        text = Host is null
            ? $"{protocol}://{system}"
            : string.Create(CultureInfo.InvariantCulture, $"{protocol}://{system}@{Host}{(Port is null ? "" : $":{Port}")}");
    }

    /// <summary>akka, or akka.tcp for a remote one.</summary>
    public string Protocol { get; }

    /// <summary>The name of the actor system.</summary>
    public string System { get; }

    /// <summary>Null when local.</summary>
    public string? Host { get; }

    /// <summary>Null when local.</summary>
    public int? Port { get; }

    /// <summary>Whether it has no host.</summary>
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    /// <summary>Whether it has a host.</summary>
    public bool HasGlobalScope => !HasLocalScope;

    /// <summary>System, host and port without the protocol.</summary>
    public string HostPort() => text[(Protocol.Length + 3)..];

    /// <summary>The same address at another host.</summary>
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    /// <summary>The same address at another port.</summary>
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    /// <summary>The same address under another protocol.</summary>
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    /// <summary>The address of another system.</summary>
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    /// <exception cref="UriFormatException">The text is no address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed : throw new UriFormatException($"'{address}' is no actor system address; expected akka://system or protocol://system@host:port.");

    /// <summary>False when the text is no address.</summary>
    public static bool TryParse(string path, out Address address)
    {
        address = null!;
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !path.StartsWith("akka", StringComparison.OrdinalIgnoreCase))
            return false;
        var protocol = path[..scheme];
        var rest = path[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            rest = rest[..slash];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            if (rest.Length == 0 || rest.Contains(':', StringComparison.Ordinal))
                return false;
            address = new Address(protocol, rest);
            return true;
        }

        var colon = rest.LastIndexOf(':');
        if (at == 0 || colon <= at + 1
            || !int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        address = new Address(protocol, rest[..at], rest[(at + 1)..colon], port);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Address? other) => string.CompareOrdinal(text, other?.text);

    /// <inheritdoc/>
    public bool Equals(Address? other) => other is not null && text == other.text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => text;

    /// <summary>Whether they are equal.</summary>
    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are equal.</summary>
    public static bool operator !=(Address? left, Address? right) => !(left == right);
}
