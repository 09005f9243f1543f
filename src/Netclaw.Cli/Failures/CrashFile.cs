using System.Globalization;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Cli.Failures;

/// <summary>
/// The last resort: something failed that should not have. The person gets one sentence; the trace goes to a file that only
/// they can read, in the home's logs directory, if that can be written.
/// </summary>
internal static class CrashFile
{
    public static CommandFailure From(Exception defect, NetclawHome home, TimeProvider time)
    {
        var message = $"Something failed that should not have ({defect.GetType().Name}).";
        return TryWrite(defect, home, time) is { } path
            ? new CommandFailure(RefusalCode.InternalError, $"{message} The details are in {path}.", $"cat '{path}'")
            : new CommandFailure(RefusalCode.InternalError, $"{message} The details could not be written to {home.LogsDirectory}.", "netclaw --version");
    }

    private static string? TryWrite(Exception defect, NetclawHome home, TimeProvider time)
    {
        try
        {
            var now = time.GetUtcNow();
            Directory.CreateDirectory(home.LogsDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var path = Path.Combine(home.LogsDirectory, $"netclaw-crash-{now.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{Environment.ProcessId}.txt");
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(Encoding.UTF8.GetBytes($"{now:O}\n{defect}\n"));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
