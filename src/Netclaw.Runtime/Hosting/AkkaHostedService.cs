using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>
/// Starts an actor system with the host. When the host stops, runs the coordinated shutdown, for no longer than the host allows. When the
/// system ends by itself, stops the host.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public class AkkaHostedService : IHostedService
{
    /// <summary>Null before the start.</summary>
    protected ActorSystem? ActorSystem;

    /// <summary>Null before the start.</summary>
    protected CoordinatedShutdown? CoordinatedShutdown;

    /// <summary>The host's.</summary>
    protected readonly IServiceProvider ServiceProvider;

    /// <summary>What AddAkka was told.</summary>
    protected readonly AkkaConfigurationBuilder ConfigurationBuilder;

    /// <summary>To end the host when the system ends by itself.</summary>
    protected readonly IHostApplicationLifetime? HostApplicationLifetime;

    /// <summary>For errors of the start.</summary>
    protected readonly ILogger<AkkaHostedService> Logger;

    /// <summary>Made by the host.</summary>
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

    /// <summary>Runs the coordinated shutdown; the host's token bounds it.</summary>
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
