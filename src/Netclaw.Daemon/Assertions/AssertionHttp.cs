namespace Netclaw.Daemon.Assertions;

/// <summary>How key sets are fetched: TLS as this machine trusts it, one host and no other, nothing remembered.</summary>
public sealed class AssertionHttp(HttpMessageHandler handler) : IDisposable
{
    private const int LargestBytes = 256 * 1024;

    public AssertionHttp()
        : this(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
    }

    /// <summary>No time limit of its own: whoever asks brings one.</summary>
    internal HttpClient Client { get; } = new(handler) { MaxResponseContentBufferSize = LargestBytes, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => Client.Dispose();
}
