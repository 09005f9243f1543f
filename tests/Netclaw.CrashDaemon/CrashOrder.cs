using System.Diagnostics;
using System.Globalization;
using Netclaw.Actors.Journal;

namespace Netclaw.CrashDaemon;

/// <summary>
/// Armed by a file in the home that holds how many durable writes are let through first. At the next one the process ends by SIGKILL:
/// the write is on disk and nobody has been told.
/// </summary>
internal sealed class CrashOrder(string path) : IDurabilityProbe
{
    public const string FileName = "crash-after";

    public void Persisted(string persistenceId, long lastSequence)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var left = int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        if (left > 0)
        {
            File.WriteAllText(path, (left - 1).ToString(CultureInfo.InvariantCulture));
            return;
        }

        File.Move(path, path + ".done");
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite); // the signal is on its way; nothing more may happen here
    }
}
