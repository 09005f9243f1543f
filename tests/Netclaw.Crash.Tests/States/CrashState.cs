namespace Netclaw.Crash.Tests.States;

/// <summary>What the disk may hold after a crash.</summary>
/// <param name="After">How many events of the log had been made.</param>
/// <param name="How">What of the unflushed changes is there, for people.</param>
internal sealed record CrashState(int After, string How, IReadOnlyDictionary<string, FileContent> Files)
{
    public ulong Hash { get; } = Files.Aggregate(0UL, (hash, file) => hash + ContentHash.Mix(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(file.Key)), file.Value.Hash));
}
