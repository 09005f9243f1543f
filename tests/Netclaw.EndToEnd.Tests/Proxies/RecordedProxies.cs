using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>Every ready-made configuration in front of one <see cref="RecordingUpstream"/>, started once.</summary>
[CollectionDefinition(Name)]
public sealed class RecordedProxies : IAsyncLifetime, ICollectionFixture<RecordedProxies>
{
    public const string Name = "recorded proxies";

    private readonly RecordingUpstream _upstream = new();
    private Dictionary<ReadyMade, Proxy> _proxies = [];

    internal Proxy this[string file] => _proxies[ReadyMade.Named(file)];

    /// <summary>Sends one request on a connection of its own, with the user's password where it is asked for.</summary>
    /// <param name="request">Takes the host and the further lines.</param>
    internal async Task<Passage> SendAsync(string file, Func<string, string[], string> request, params string[] lines)
    {
        var configuration = ReadyMade.Named(file);
        var marker = Guid.NewGuid().ToString("N");
        string[] all = [.. configuration.AsksForUser ? [TestUser.Authorization] : Array.Empty<string>(), $"X-Test: {marker}", .. lines];
        await using var connection = await RawConnection.OpenAsync(this[file]);
        await connection.SendAsync(request(connection.Host, all));
        var answer = await connection.AnswerAsync();
        await connection.FinishAsync();
        return new Passage(answer, _upstream.Heard(marker), connection.Host);
    }

    internal Task<Passage> SendAsync(string file, params string[] lines) => SendAsync(file, Upgrade.Request, lines);

    public async Task InitializeAsync()
    {
        if (ProxyProgram.Missing() is not null)
        {
            return;
        }

        var started = await Task.WhenAll(ReadyMade.All.Select(async file => (file, proxy: await Proxy.StartAsync(file, _upstream.EndPoint))));
        _proxies = started.ToDictionary(entry => entry.file, entry => entry.proxy);
    }

    public async Task DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync();
        }

        await _upstream.DisposeAsync();
    }
}

/// <summary>What came of one request: what the client was told, and what went on behind the proxy.</summary>
internal sealed record Passage(RawAnswer? Answer, IReadOnlyList<RecordedRequest> Heard, string Host)
{
    public int Status => Answer?.Status ?? 0;

    /// <summary>The one request that arrived.</summary>
    public RecordedRequest Arrived => Assert.Single(Heard);
}
