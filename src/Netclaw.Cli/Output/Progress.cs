using Netclaw.Protocol;

namespace Netclaw.Cli.Output;

/// <summary>One thing that happened while a command runs.</summary>
/// <param name="Event">trace, starting, waiting.</param>
internal sealed record Progress(string Event, string Text)
{
    public PairingRequestId? RequestId { get; init; }
    public string? Symbols { get; init; }
    public long? ExpiresAtMs { get; init; }
}
