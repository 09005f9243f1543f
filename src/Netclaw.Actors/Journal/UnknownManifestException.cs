namespace Netclaw.Actors.Journal;

/// <summary>A stored record of a kind that this program does not know: it was written by a newer one, or by something else.</summary>
public sealed class UnknownManifestException(string manifest)
    : Exception($"records of kind '{manifest}' are not known to this version of netclawd");
