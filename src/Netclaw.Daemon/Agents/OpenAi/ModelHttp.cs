using System.Net.Http.Headers;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>
/// How a model is asked during one turn: no redirects (the key goes to the configured host alone), no cookies, nobody's trace ids, and no answer larger than
/// <see cref="MostBytes"/>. The key is put on the wire here and known to nobody else.
/// </summary>
internal sealed class ModelHttp(SocketsHttpHandler connections, Secret? key) : DelegatingHandler(connections)
{
    /// <summary>Of one answer, its framing included.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(15);

    /// <summary>Kept open between turns.</summary>
    public static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = Connecting,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0,
    };

    /// <summary>Without a time limit of its own: a turn has one.</summary>
    public static HttpClient Client(SocketsHttpHandler connections, Secret? key) => new(new ModelHttp(connections, key), disposeHandler: false)
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostBytes,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key.Reveal());
        var response = await base.SendAsync(request, cancellationToken);
        var bounded = new StreamContent(new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), MostBytes));
        foreach (var header in response.Content.Headers)
        {
            bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = bounded;
        return response;
    }
}
