using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Actors.Cron;

namespace Netclaw.Daemon.Cron;

/// <summary>
/// Posts what came of runs. Every post carries <c>X-Netclaw-Delivery</c> (its id, the same in every try), <c>X-Netclaw-Timestamp</c> (Unix seconds) and
/// <c>X-Netclaw-Signature</c>: <c>sha256=</c> and, in hexadecimal digits, the HMAC-SHA256 of the timestamp, a dot and the body. No redirect is followed: nobody signed for where it
/// leads.
/// </summary>
internal sealed class Webhooks(string keyFile, TimeProvider time) : IWebhooks, IDisposable
{
    public const string DeliveryHeader = "X-Netclaw-Delivery";
    public const string TimestampHeader = "X-Netclaw-Timestamp";
    public const string SignatureHeader = "X-Netclaw-Signature";

    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    private readonly Lazy<HttpClient> _client = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxResponseHeadersLength = 16,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    public async Task<string?> PostAsync(Uri address, string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var (key, problem) = WebhookKey.Load(keyFile);
        for (var tried = 0; key is not null; tried++)
        {
            (problem, var retryable) = await TryAsync(address, id, key, body, cancellation).ConfigureAwait(false);
            if (problem is null || !retryable || tried == Waits.Length)
            {
                break;
            }

            await Task.Delay(Waits[tried], time, cancellation).ConfigureAwait(false);
        }

        return problem;
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<(string? Problem, bool Retryable)> TryAsync(Uri address, string id, byte[] key, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(OneTry, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = Signed(address, id, key, body);
            using var response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? (null, false)
                : ($"{address.Host} answered {(int)response.StatusCode}", response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"{address.Host} did not answer within {OneTry.TotalSeconds} s", true);
        }
        catch (HttpRequestException e)
        {
            return ($"{address.Host} cannot be reached: {e.Message}", true);
        }
    }

    private HttpRequestMessage Signed(Uri address, string id, byte[] key, ReadOnlyMemory<byte> body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(DeliveryHeader, id);
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. body.Span])));
        return request;
    }
}
