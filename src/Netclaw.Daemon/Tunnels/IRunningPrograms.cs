namespace Netclaw.Daemon.Tunnels;

/// <summary>The programs that run on this machine.</summary>
public interface IRunningPrograms
{
    /// <summary>Whether any process runs a program of this name. Null: it cannot be told.</summary>
    bool? Runs(string program);
}
