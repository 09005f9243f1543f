namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A test that acts as another user: only root can, with setpriv of util-linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AsRootFactAttribute : FactAttribute
{
    public const string SetPriv = "/usr/bin/setpriv";

    public AsRootFactAttribute()
    {
        Skip = !Environment.IsPrivilegedProcess ? "needs root to act as another user"
            : !File.Exists(SetPriv) ? $"needs {SetPriv} (util-linux)"
            : null;
    }
}
