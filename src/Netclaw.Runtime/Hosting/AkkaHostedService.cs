using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>
/// Starts an actor system with the host. When the host stops, runs the coordinated shutdown, for no longer than the host allows. When the
/// system ends by itself, stops the host.
/// </summary>
public class AkkaHostedService : IHostedService
{
    protected ActorSystem? ActorSystem;
    protected CoordinatedShutdown? CoordinatedShutdown;
    protected readonly IServiceProvider ServiceProvider;
    protected readonly AkkaConfigurationBuilder ConfigurationBuilder;
    protected readonly IHostApplicationLifetime? HostApplicationLifetime;
    protected readonly ILogger<AkkaHostedService> Logger;

    public AkkaHostedService(AkkaConfigurationBuilder configurationBuilder, IServiceProvider serviceProvider, ILogger<AkkaHostedService> logger, IHostApplicationLifetime? applicationLifetime)
    {
        ConfigurationBuilder = configurationBuilder;
        ServiceProvider = serviceProvider;
        Logger = logger;
        HostApplicationLifetime = applicationLifetime;
    }

    /// <exception cref="Exception">The system or one of its starters failed; the host then does not start.</exception>
    public virtual async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            ActorSystem = ServiceProvider.GetRequiredService<ActorSystem>();
            CoordinatedShutdown = Actor.CoordinatedShutdown.Get(ActorSystem);
            _ = StopHostWith(ActorSystem);
            await ConfigurationBuilder.StartAsync(ActorSystem).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            HostingLog.NotStarted(Logger, error);
            HostApplicationLifetime?.StopApplication();
            throw;
        }
    }

    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        // Null if starting failed before there was a system.
        if (CoordinatedShutdown is not { } shutdown) return;
        try
        {
            await shutdown.Run(Actor.CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            HostingLog.StoppedLate(Logger, shutdown.TotalTimeout);
        }
    }

    private async Task StopHostWith(ActorSystem system)
    {
        await system.WhenTerminated.ConfigureAwait(false);
        HostApplicationLifetime?.StopApplication();
    }
}
