namespace Netclaw.Protocol;

/// <summary>Commands that daemon and command line both name, so that it is the same one.</summary>
public static class LocalRemedy
{
    /// <summary>
    /// For a host key that cannot be read. Whose it is nobody can tell, so no repair may take its place; once it is out of the way it is missing, which every start bears and every repair mends.
    /// </summary>
    public static string SetHostKeyAside(NetclawHome home) => $"mv '{home.HostKey}' '{home.HostKey}.unusable'";
}
