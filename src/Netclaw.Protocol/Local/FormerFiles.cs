namespace Netclaw.Protocol;

/// <summary>
/// The names of what a growing file was before: <c>name.1</c> is the youngest, as logrotate names them too. A file only ever moves to the next higher number, the
/// oldest first, and goes away beyond the highest: whoever looks for one from the lowest number upwards cannot miss it.
/// </summary>
public static class FormerFiles
{
    /// <summary>No more former files than this are kept, and no higher number is looked for.</summary>
    public const int Most = 100;

    /// <param name="number">0 is the file itself.</param>
    public static string NameOf(string path, int number) => number == 0 ? path : string.Create(null, $"{path}.{number}");
}
