namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A theory that acts as another user, or mounts: only root can, with setpriv and unshare of util-linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AsRootTheoryAttribute : TheoryAttribute
{
    public AsRootTheoryAttribute() => Skip = new AsRootFactAttribute().Skip;
}
