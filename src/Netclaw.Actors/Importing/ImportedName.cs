using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>What an imported device is called: what its file says, unless that is no name.</summary>
internal static class ImportedName
{
    /// <returns>The name, and what to tell a person where it is not the file's.</returns>
    public static (string Name, string? Note) Of(string given, string id) => DeviceName.TryNormalize(given, out var name, out _)
        ? (name, null)
        : (id, "its name is none that can be shown (1 to 64 characters, no control or direction-override characters), so it is called by its id");
}
