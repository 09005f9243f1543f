using Netclaw.Protocol;

namespace Netclaw.Daemon.Home;

/// <summary>What leads out where the disk has refused: room, rights, or a look at what is wrong with it.</summary>
internal static class DiskTrouble
{
    /// <summary>Looks at everything that could be the reason, and names what leads out of it.</summary>
    public const string Look = "netclaw doctor";

    // errno(3), which an IOException of the base library carries as its result.
    private const int Broken = 5;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>For what says in other words that there is no room.</summary>
    public static IOException Full(string message) => new(message, NoSpace);

    /// <summary>There is no room, it takes no writes, or it is broken; not that something is where it should not be, or is somebody else's.</summary>
    public static bool Is(IOException seen) => seen.HResult is NoSpace or ReadOnly or QuotaExceeded or Broken;

    /// <param name="place">What was to be written, or the directory that it is in.</param>
    /// <returns>One command.</returns>
    public static string Remedy(Exception seen, string place) => seen switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } => $"df -h {Standing(place)}",
        IOException { HResult: ReadOnly } => $"findmnt -T {Standing(place)}",
        UnauthorizedAccessException => $"ls -la {Standing(place)}",
        _ => Look,
    };

    /// <summary>For what writes much: where nothing says why it failed, it was most likely for want of room, which SQLite too has several words for.</summary>
    public static string RemedyOfWriting(Exception seen, string place) => Remedy(seen, place) is not Look and var known ? known : $"df -h {Standing(place)}";

    /// <summary>Or the nearest directory above it that is there.</summary>
    private static string Standing(string place)
    {
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { Length: > 0 } above)
        {
            place = above;
        }

        return LocalRemedy.Quoted(place);
    }
}
