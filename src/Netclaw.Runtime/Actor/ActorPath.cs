using System.Globalization;

namespace Akka.Actor;

/// <summary>
/// Where an actor is in the tree of its system. Equality is by address and names; the incarnation (<see cref="Uid"/>)
/// tells successive actors of one name apart and is left out of it.
/// </summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    /// <summary>What a name may hold besides letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly string name;
    private readonly Address address;
    private readonly ActorPath? parent;

    /// <summary>For the runtime's own kinds of paths.</summary>
    protected ActorPath(Address address, string name)
    {
        this.address = address;
        this.name = name;
    }

    /// <summary>For the runtime's own kinds of paths.</summary>
    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        address = parentPath.Address;
        parent = parentPath;
        Depth = parentPath.Depth + 1;
        Uid = uid;
        this.name = name;
    }

    /// <summary>Of the actor system.</summary>
    public Address Address => address;

    /// <summary>The last element; empty for the root.</summary>
    public string Name => name;

    /// <summary>Tells incarnations under one name apart; 0 when not known.</summary>
    public long Uid { get; }

    /// <summary>Elements below the root.</summary>
    public int Depth { get; }

    /// <summary>The parent; a root is its own.</summary>
    public ActorPath Parent => parent ?? this;

    /// <summary>The path of the root.</summary>
    public ActorPath Root => ParentOf(0);

    /// <summary>The names from the root down.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (var path = this; path.Depth > 0; path = path.Parent)
                elements[path.Depth - 1] = path.name;
            return elements;
        }
    }

    /// <summary>The ancestor at this depth; negative counts upwards from here.</summary>
    public ActorPath ParentOf(int depth)
    {
        var wanted = depth < 0 ? Depth + depth : depth;
        var path = this;
        while (path.Depth > wanted && path.Depth > 0)
            path = path.Parent;
        return path;
    }

    /// <summary>The path of a child with that name.</summary>
    public ActorPath Child(string childName) => this / childName;

    /// <summary>The same path of another incarnation.</summary>
    public ActorPath WithUid(long uid) => Depth == 0 || uid == Uid ? this : new ChildActorPath(Parent, name, uid);

    /// <summary>From the first slash.</summary>
    public string ToStringWithoutAddress() => ActorPathText.Write(this, "");

    /// <summary>With protocol, system and, where it has one, host and port.</summary>
    public string ToStringWithAddress() => ToStringWithAddress(address);

    /// <summary>With protocol, system and, where it has one, host and port.</summary>
    public string ToStringWithAddress(Address address) =>
        ActorPathText.Write(this, (this.address.Host is null ? address : this.address).ToString());

    /// <summary>With address and incarnation.</summary>
    public string ToStringWithUid() => WithUidText(ToStringWithAddress());

    /// <summary>What a reader elsewhere needs: address and incarnation.</summary>
    public string ToSerializationFormat() => WithUidText(ToStringWithAddress());

    /// <summary>The same, with that address in place of a local one.</summary>
    public string ToSerializationFormatWithAddress(Address address) => WithUidText(ToStringWithAddress(address));

    private string WithUidText(string text) =>
        Uid == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}#{Uid}");

    /// <summary>Whether the text can be the name of an actor.</summary>
    public static bool IsValidPathElement(string s) => ActorPathText.IsValidElement(s);

    /// <exception cref="UriFormatException">The text is no actor path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"'{path}' is no actor path; expected akka://system/user/name.");

    /// <summary>False when the text is no path.</summary>
    public static bool TryParse(string path, out ActorPath actorPath) => ActorPathText.TryRead(path, out actorPath);

    /// <summary>False when the text has no address.</summary>
    public static bool TryParseAddress(string path, out Address address) => Akka.Actor.Address.TryParse(path, out address);

    /// <summary>The elements behind slashes.</summary>
    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    /// <inheritdoc/>
    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || Depth != other.Depth || !address.Equals(other.address))
            return false;
        ActorPath left = this, right = other;
        while (!ReferenceEquals(left, right))
        {
            if (left.name != right.name)
                return false;
            if (left.Depth == 0)
                return true;
            left = left.Parent;
            right = right.Parent;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(address);
        for (var path = this; path.Depth > 0; path = path.Parent)
            hash.Add(path.name);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => ToStringWithAddress();

    /// <summary>A child's path. A trailing <c>#number</c> in the name is its incarnation.</summary>
    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        return hash >= 0 && long.TryParse(name.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? new ChildActorPath(path, name[..hash], uid)
            : new ChildActorPath(path, name, ActorCell.UndefinedUid);
    }

    /// <summary>A step down.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(element => element.Length > 0).Aggregate(path, (parent, element) => parent / element);

    /// <summary>Whether they are equal.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are equal.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);
}

/// <summary>The path of a tree's root.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(address, name);

/// <summary>The path of an actor below the root.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(parentPath, name, uid);
