using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>One child's credential while it is remembered: as long as it lives, and for a while after, so that it can be told why it is refused.</summary>
internal sealed class SpawnedRun(SpawnGrant grant, RunId? parent, string hash, TimeSpan endsAt)
{
    public SpawnGrant Grant => grant;

    /// <summary>The run that started it, if it was one.</summary>
    public RunId? Parent => parent;

    /// <summary>What the table finds it by.</summary>
    public string Hash => hash;

    public TimeSpan EndsAt => endsAt;

    /// <summary>Valid, then Expired or Revoked for good.</summary>
    public SpawnVerdict State { get; set; } = SpawnVerdict.Valid;

    public override string ToString() => $"{grant.Run} ({State})";
}
