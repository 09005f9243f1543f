namespace Netclaw.Protocol.Frames;

/// <summary>What a protocol client's <c>connect</c> says, in the session's own words. Closed.</summary>
public abstract record HelloReading
{
    private HelloReading()
    {
    }

    /// <param name="Claim">Set with a device that signs the protocol's payload; null without a device, and for one that signs Netclaw's own transcript.</param>
    public sealed record Accepted(ConnectParams Hello, DeviceClaim? Claim) : HelloReading;

    /// <summary>Not of the form, or of no use; the connection ends with it.</summary>
    public sealed record Refused(RefusalCode Code, CallError Error) : HelloReading;

    /// <summary>A worker of another gateway's: its protocol is closed, and it is not answered.</summary>
    public sealed record Worker : HelloReading;
}
