using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

internal static class RunFileWriting
{
    /// <summary>Says what was bound, for whoever cannot ask the daemon.</summary>
    /// <exception cref="IOException"/>
    public static void Save(this RunFile run, NetclawHome home) =>
        PrivateFile.WriteAtomically(home.RunFile, JsonSerializer.SerializeToUtf8Bytes(run, LocalJson.Default.RunFile));
}
