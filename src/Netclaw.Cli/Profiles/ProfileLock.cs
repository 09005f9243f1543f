using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Profiles;

/// <summary>Held while profiles are read, changed and written back, so that two pairings at once do not lose one of them. See flock(2).</summary>
internal sealed partial class ProfileLock : IDisposable
{
    private const int ExclusiveNoWait = 2 | 4;
    private const int Tries = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly SafeFileHandle _handle;

    private ProfileLock(SafeFileHandle handle) => _handle = handle;

    /// <exception cref="CommandFailure">Another process holds it for seconds, or the file cannot be made.</exception>
    public static async Task<ProfileLock> TakeAsync(string path, CancellationToken cancellation)
    {
        var handle = Open(path);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (Lock(handle, ExclusiveNoWait) == 0)
            {
                return new ProfileLock(handle);
            }

            await Task.Delay(Pause, cancellation);
        }

        handle.Dispose();
        throw new CommandFailure(RefusalCode.TimedOut, $"Another netclaw holds {path}.", $"fuser -v '{path}'");
    }

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(RefusalCode.HomeNotWritable, $"{path} cannot be written: {e.Message}", $"ls -la '{Path.GetDirectoryName(path)}'");
        }
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
