using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Assertions;

/// <summary>
/// A key set behind an https url. Kept for <see cref="Fresh"/>; older it serves on while it is fetched anew, up to <see cref="Oldest"/>, after which there
/// are no keys. A key that is not in it is a reason to fetch, at most once per <see cref="Pause"/>, whoever asks.
/// </summary>
internal sealed class KeySetUrl(Uri url, AssertionHttp http, TimeProvider time, ILogger log) : IKeySource
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(1);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>While there are no keys at all.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private KeySet? _keys;
    private long _fetchedAt;
    private long? _triedAt;
    private Task<KeySet?>? _fetching;

    public ValueTask<KeySet?> ReadAsync(string? keyId)
    {
        lock (_gate)
        {
            var age = time.GetElapsedTime(_fetchedAt);
            var keys = _keys is not null && age < Oldest ? _keys : null;
            var serves = keys is not null && keys.Knows(keyId);
            if (serves && age < Fresh)
            {
                return ValueTask.FromResult(keys);
            }

            if (_fetching is null && !(_triedAt is { } tried && time.GetElapsedTime(tried) < (keys is null ? FirstPause : Pause)))
            {
                _triedAt = time.GetTimestamp();
                _fetching = Task.Run(FetchAsync);
            }

            return serves || _fetching is null ? ValueTask.FromResult(keys) : new ValueTask<KeySet?>(_fetching);
        }
    }

    /// <summary>Never throws. What was there stays when nothing better comes.</summary>
    private async Task<KeySet?> FetchAsync()
    {
        var fetched = await TryFetchAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (fetched is not null)
            {
                _keys = fetched;
                _fetchedAt = time.GetTimestamp();
            }

            _fetching = null;
            return _keys is not null && time.GetElapsedTime(_fetchedAt) < Oldest ? _keys : null;
        }
    }

    private async Task<KeySet?> TryFetchAsync()
    {
        try
        {
            using var budget = new CancellationTokenSource(Budget, time);
            using var answer = await http.Client.GetAsync(url, budget.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                AssertionLog.Unavailable(log, $"{url} answers {(int)answer.StatusCode}");
                return null;
            }

            var keys = KeySet.Read(await answer.Content.ReadAsByteArrayAsync(budget.Token).ConfigureAwait(false));
            if (keys is null)
            {
                AssertionLog.Unavailable(log, $"{url} holds no key set with a usable key");
            }

            return keys;
        }
        catch (OperationCanceledException)
        {
            AssertionLog.Unavailable(log, $"{url} did not answer within {Budget.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            AssertionLog.Unavailable(log, $"{url} cannot be fetched: {(e.InnerException ?? e).Message}");
        }

        return null;
    }
}
