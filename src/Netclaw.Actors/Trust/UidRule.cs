using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>
/// Which users a loopback peer's socket may belong to. <see cref="Any"/> has to be written out and admits everybody the kernel names; nothing is
/// satisfied by an unknown user, nor by the overflow user, the kernel's word for one it cannot name here.
/// </summary>
public sealed record UidRule(bool Any, ImmutableArray<uint> Users)
{
    public static UidRule None { get; } = new(Any: false, []);

    public static UidRule Anybody { get; } = new(Any: true, []);

    public static UidRule Of(params ImmutableArray<uint> users) => new(Any: false, users);

    public bool IsNone => !Any && Users.IsEmpty;

    public bool Admits(uint? user) => user is { } known && known != UserId.Overflow && (Any || Users.Contains(known));

    public bool Equals(UidRule? other) => other is not null && Any == other.Any && Users.AsSpan().SequenceEqual(other.Users.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Any, Users.Length);

    public override string ToString() => Any ? "any" : string.Join(", ", Users);
}
