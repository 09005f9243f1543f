namespace Netclaw.Protocol;

/// <summary>Commands that daemon and command line both name, so that it is the same one.</summary>
public static class LocalRemedy
{
    /// <summary>A path, quoted for a shell whatever is in it.</summary>
    public static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// For a host key that cannot be read. Whose it is nobody can tell, so no repair may take its place; once it is out of the way it is missing, which every start bears and every repair mends.
    /// </summary>
    public static string SetHostKeyAside(NetclawHome home) => $"mv {Quoted(home.HostKey)} {Quoted(home.HostKey + ".unusable")}";
}
