namespace Netclaw.Protocol;

/// <summary>The limits both sides know. Sizes in bytes.</summary>
public static class Limits
{
    /// <summary>One message before authentication.</summary>
    public const int PreAuthMessageBytes = 64 * 1024;

    /// <summary>One message after authentication: <c>policy.maxPayload</c>.</summary>
    public const int MessageBytes = 25 * 1024 * 1024;

    /// <summary>Unsent bytes per connection above which it counts as slow: <c>policy.maxBufferedBytes</c>.</summary>
    public const int BufferedBytes = 50 * 1024 * 1024;

    /// <summary>From accept to authenticated.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(15);

    /// <summary>A begun code exchange is abandoned by both sides after this.</summary>
    public static readonly TimeSpan CodeExchange = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(30);

    public const int UnauthenticatedPerAddress = 32;
    public const int UnauthenticatedTotal = 1024;

    /// <summary>Calls one session may have open at once.</summary>
    public const int OpenCallsPerSession = 16;

    public const int DefaultPort = 5199;
    public const string HubPath = "/hub/session";

    /// <summary>Query parameter of the hub url that carries the client's nonce (public by nature).</summary>
    public const string ClientNonceParameter = "nonce";
}
