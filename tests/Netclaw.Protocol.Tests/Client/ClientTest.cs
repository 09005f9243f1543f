namespace Netclaw.Protocol.Tests.Client;

/// <summary>What the client's tests share: a bound on every wait and the usual request.</summary>
public abstract class ClientTest : IDisposable
{
    private readonly CancellationTokenSource _bound = new(TimeSpan.FromSeconds(20));

    protected CancellationToken Bound => _bound.Token;

    internal static readonly ClientInfo Client = new() { Id = "test", Version = "0.1.0", Platform = "linux" };

    public virtual void Dispose()
    {
        _bound.Dispose();
        GC.SuppressFinalize(this);
    }

    internal Task<GatewayConnection> OpenAsync(GatewayEndpoint endpoint, GatewayConnectionOptions? options = null) =>
        GatewayConnection.OpenAsync(endpoint, options ?? new GatewayConnectionOptions(), Bound);

    internal async Task<GatewayException> RefusedAsync(GatewayEndpoint endpoint, GatewayConnectionOptions? options = null)
    {
        var refused = await Assert.ThrowsAsync<GatewayException>(async () =>
        {
            await using var connection = await OpenAsync(endpoint, options);
        });
        Assert.StartsWith($"Tried {endpoint.Shown}: ", refused.Error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(refused.Error.Remedy));
        return refused;
    }
}
