namespace Netclaw.Actors.Cron;

/// <summary>Posts to people's own servers.</summary>
public interface IWebhooks
{
    /// <summary>Posts one JSON body, signed, and again a few times when that may help. Never throws.</summary>
    /// <param name="address">As <see cref="WebhookAddress"/> allows.</param>
    /// <param name="id">Of the delivery: the same in every try, so that the other side can tell them apart from two.</param>
    /// <returns>Null: the other side took it (2xx); else why not, for people.</returns>
    Task<string?> PostAsync(Uri address, string id, ReadOnlyMemory<byte> body, CancellationToken cancellation);
}

/// <summary>Where the host has none.</summary>
public sealed class NoWebhooks : IWebhooks
{
    public Task<string?> PostAsync(Uri address, string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) => Task.FromResult<string?>("this gateway posts to no webhooks");
}
