using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests;

/// <summary>A test that needs a second user, which only root can be.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = UserId.Current == UserId.Root ? null : "needs root: a process of another user";
}

/// <summary>A test of what the kernel refuses to everybody but root.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NotRootFactAttribute : FactAttribute
{
    public NotRootFactAttribute() => Skip = UserId.Current == UserId.Root ? "needs a user other than root: root may write everywhere" : null;
}
