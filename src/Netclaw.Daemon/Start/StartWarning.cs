namespace Netclaw.Daemon.Start;

/// <summary>Something that is allowed and probably not meant: the key to set, and what is the matter without it.</summary>
/// <param name="Id">Stable; logs and <c>netclaw config check</c> name it.</param>
/// <param name="Value">What stands there; null when nothing does.</param>
public sealed record StartWarning(string Id, string Key, string? Value, string Message, string Remedy);

/// <summary>Trust that the owner gave explicitly. Never wrong in itself, and never silent.</summary>
/// <param name="Opens">Whom or what it lets in.</param>
public sealed record OptIn(string Key, string Value, string Opens);
