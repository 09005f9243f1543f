using System.Globalization;

namespace Akka.Actor;

/// <summary>
/// Where an actor is in the tree of its system. Equality is by address and names; the incarnation (<see cref="Uid"/>)
/// tells successive actors of one name apart and is left out of it.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly string name;
    private readonly Address address;
    private readonly ActorPath? parent;

    protected ActorPath(Address address, string name)
    {
        this.address = address;
        this.name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        address = parentPath.Address;
        parent = parentPath;
        Depth = parentPath.Depth + 1;
        Uid = uid;
        this.name = name;
    }

    public Address Address => address;

    public string Name => name;

    public long Uid { get; }

    public int Depth { get; }

    /// <summary>The parent; a root is its own.</summary>
    public ActorPath Parent => parent ?? this;

    public ActorPath Root => ParentOf(0);

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

    public ActorPath Child(string childName) => this / childName;

    public ActorPath WithUid(long uid) => Depth == 0 || uid == Uid ? this : new ChildActorPath(Parent, name, uid);

    public string ToStringWithoutAddress() => ActorPathText.Write(this, "");

    public string ToStringWithAddress() => ToStringWithAddress(address);

    public string ToStringWithAddress(Address address) =>
        ActorPathText.Write(this, (this.address.Host is null ? address : this.address).ToString());

    public string ToStringWithUid() => WithUidText(ToStringWithAddress());

    public string ToSerializationFormat() => WithUidText(ToStringWithAddress());

    public string ToSerializationFormatWithAddress(Address address) => WithUidText(ToStringWithAddress(address));

    private string WithUidText(string text) =>
        Uid == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}#{Uid}");

    public static bool IsValidPathElement(string s) => ActorPathText.IsValidElement(s);

    /// <exception cref="UriFormatException">The text is no actor path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"'{path}' is no actor path; expected akka://system/user/name.");

    public static bool TryParse(string path, out ActorPath actorPath) => ActorPathText.TryRead(path, out actorPath);

    public static bool TryParseAddress(string path, out Address address) => Akka.Actor.Address.TryParse(path, out address);

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    public int CompareTo(ActorPath? other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

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

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(address);
        for (var path = this; path.Depth > 0; path = path.Parent)
            hash.Add(path.name);
        return hash.ToHashCode();
    }

    public override string ToString() => ToStringWithAddress();

    /// <summary>A child's path. A trailing <c>#number</c> in the name is its incarnation.</summary>
    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        return hash >= 0 && long.TryParse(name.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? new ChildActorPath(path, name[..hash], uid)
            : new ChildActorPath(path, name, ActorCell.UndefinedUid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(element => element.Length > 0).Aggregate(path, (parent, element) => parent / element);

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);
}

/// <summary>The path of a tree's root.</summary>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(address, name);

/// <summary>The path of an actor below the root.</summary>
public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(parentPath, name, uid);
