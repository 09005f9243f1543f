using System.Reflection;
using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Recovery;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Agents;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Assertions;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Cron;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Http;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Listeners;
using Netclaw.Daemon.Logging;
using Netclaw.Daemon.Pairing;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Reading;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Spawning;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Telemetry;
using Netclaw.Daemon.Transports;
using Netclaw.Daemon.Transports.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>What the daemon is made of: a table of contents.</summary>
internal static class DaemonServices
{
    public static readonly string Version =
        typeof(DaemonServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static WebApplication Build(PreparedHome prepared, StopSignal stop, LogFiles logs, LogEcho echo, Action<IServiceCollection>? overrides)
    {
        // Empty: no appsettings, no environment, no providers; netclaw.json and the command line are all there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "netclawd", ContentRootPath = AppContext.BaseDirectory });
        var services = builder.Services;
        services.AddSingleton<IDaemonControl>(stop).AddSingleton(prepared).AddSingleton(prepared.Home).AddSingleton(prepared.Options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new StartWarnings(ConfigWarnings.Of(prepared.Options), ConfigOptIns.Of(prepared.Options)));
        AddLogs(builder.Logging, prepared, logs, echo);
        var gateway = new GatewayIdentity(prepared.Keys.Gateway.Public, prepared.Options.Gateway.Name, Version);
        services.AddTelemetry(prepared.Telemetry, gateway);
        AddWhatActorsNeed(services, prepared, logs, gateway);
        AddSecrets(services, prepared);
        AddEvidence(services, prepared);
        AddHttp(services);
        services.AddRoutingCore();
        services.AddSessionHub(prepared.Options.Limits);
        services.AddSingleton<GatewaySnapshots>().AddSingleton<GatewayConnections>();
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        AddLease(services, prepared.Postgres);
        AddActors(services, prepared);
        AddListeners(builder.WebHost, prepared);
        overrides?.Invoke(services);

        var app = builder.Build();
        app.Use((context, next) => app.Services.GetRequiredService<ProbeEndpoint>().Serve(context, next));
        app.Use((context, next) => app.Services.GetRequiredService<PlainHttp>().Serve(context, next));
        app.UseGateway();
        app.Use(HubRequest.Serve);
        app.MapSessionHub();
        return app;
    }

    public static JournalAuditor Auditor(PreparedHome prepared) => new(prepared.Home, prepared.Postgres, prepared.Keys.Journal, prepared.Keys.Mark);

    private static void AddLogs(ILoggingBuilder logging, PreparedHome prepared, LogFiles logs, LogEcho echo)
    {
        logging.SetMinimumLevel(prepared.Options.Logging.Level);
        // Below Information the framework writes out what calls carry, proofs included.
        logging.AddFilter("Microsoft", prepared.Options.Logging.Level > LogLevel.Debug ? LogLevel.Warning : LogLevel.Information);
        logging.Services.AddSingleton<ILoggerProvider>(provider => new DaemonLoggerProvider(logs.Daemon, echo, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddWhatActorsNeed(IServiceCollection services, PreparedHome prepared, LogFiles logs, GatewayIdentity gateway)
    {
        services.AddSingleton(prepared.Keys.Journal).AddSingleton(prepared.Keys.Journal.OpenSealer());
        services.AddSingleton(gateway);
        services.AddSingleton(TrustOptionsFactory.Create(prepared.Options, UserId.Current, MachineFacts.Current.Accounts));
        services.AddSingleton(new PairingOptions { CodeLifetime = prepared.Options.Pairing.Lifetime });
        services.AddSingleton(prepared.Options.Nodes.ToPolicy());
        services.AddSingleton<IDurabilityProbe, NoDurabilityProbe>();
        services.AddSingleton(provider => new HeadKeeper(
            prepared.Keys, provider.GetRequiredService<JournalHealth>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(_ => Auditor(prepared));
        services.AddSingleton<IAuditLog>(new AuditFile(logs.Audit));
        services.AddSingleton(provider => new DaemonFacts(
            prepared.Home, prepared.SharedSocket, prepared.Options, provider.GetRequiredService<BoundAddresses>(), provider.GetRequiredService<Readiness>(),
            provider.GetRequiredService<TimeProvider>().GetUtcNow(), provider.GetRequiredService<StartWarnings>().Notices,
            provider.GetRequiredService<HeadKeeper>()));
        services.AddSingleton<IDaemonFacts>(provider => provider.GetRequiredService<DaemonFacts>());
        services.AddSingleton<IEndpointNames>(provider => provider.GetRequiredService<DaemonFacts>());
        services.AddSingleton<IQrDrawing, QrDrawing>();
        services.AddSingleton<ILocalAccess, OnlineAccess>();
        services.AddSingleton<IGatewayReading>(new GatewayReading(prepared.Home));
        services.AddAgents(prepared.Home, prepared.Options.Agents);
        services.AddSingleton<IAccounts>(MachineFacts.Current.Accounts).AddSingleton(ChildMark.Of(prepared.Home)).AddSingleton<Children>().AddSingleton<IChildPrograms, ChildPrograms>();
        services.AddSingleton(prepared.Options.Spawn.ToLimits(MachineFacts.Current.Accounts)).AddSingleton<ISpawnPlace, SpawnPlace>();
        services.AddSingleton<IWebhooks>(provider => new Webhooks(prepared.Home.WebhookKey, provider.GetRequiredService<TimeProvider>()));
        services.AddNetclawActorServices();
    }

    private static void AddSecrets(IServiceCollection services, PreparedHome prepared)
    {
        services.AddSingleton(prepared.Options.Auth.RateLimit.ToLimits());
        services.AddSingleton(provider => prepared.Secret.Open(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger("Netclaw.Secrets")));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SecretWatch>(provider, prepared.Options.Auth.CloseOnRotate));
        services.AddHostedService(provider => provider.GetRequiredService<SecretWatch>());
        services.AddSingleton<AssertionHttp>();
        if (AssertionSetup.Wanted(prepared.Options.Auth) is { } assertion)
        {
            services.AddSingleton<IAssertionVerifier>(provider => AssertionSetup.Open(prepared.Home, assertion, provider));
        }
    }

    private static void AddEvidence(IServiceCollection services, PreparedHome prepared)
    {
        services.AddSingleton(provider => TrustOptionsFactory.Rules(prepared.Options, provider.GetRequiredService<TrustOptions>()));
        services.AddSingleton<EvidenceReading>(EvidenceReader.Read);
        services.AddSingleton<BoundAddresses>().AddSingleton<IHostInterfaces, HostInterfaces>().AddSingleton<OwnAddresses>().AddSingleton<EvidenceBuilder>();
        services.AddSingleton(provider => new PeerCredentials(new ProcessTable(), Environment.ProcessId, provider.GetRequiredService<ChildMark>())).AddSingleton<LoopbackPeer>();
        services.AddSingleton(provider => new Doors(prepared.Options.Limits, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ChallengeIssuer(prepared.Keys.Gateway, prepared.Options.Gateway.Name, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<ProbeEndpoint>();
        services.AddSingleton(_ => new MetricsText(JournalMetrics.MeterName));
        services.AddSingleton(provider => new ProcessMetrics(provider.GetRequiredService<Doors>(), Version));
        services.AddSingleton<InsideGate>();
        services.AddSingleton(provider => new PlainHttp(
            provider.GetRequiredService<Readiness>(), provider.GetRequiredService<MetricsText>(), provider.GetRequiredService<InsideGate>(),
            provider.GetRequiredService<GatewayIdentity>().Name));
    }

    private static void AddLease(IServiceCollection services, PostgresSettings? postgres)
    {
        if (postgres is not null)
        {
            services.AddSingleton(_ => new JournalLease(postgres)).AddSingleton<JournalRenewal>().AddSingleton<LeaseKeeper>();
        }
    }

    private static void AddActors(IServiceCollection services, PreparedHome prepared) => services.AddAkka("netclaw", akka => akka
        .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "hocon", "netclaw.conf"), HoconAddMode.Prepend)
        .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory())
        .WithNetclawJournal(prepared.Home, prepared.Postgres)
        .AddNetclawActors(JournalSetup.Actors));

    private static void AddListeners(IWebHostBuilder host, PreparedHome prepared) => host
        .UseKestrelCore()
        .ConfigureServices(services => services.Configure<SocketTransportOptions>(transport => KestrelSetup.Bind(transport, prepared.Tcp, prepared.SharedSocket)))
        .ConfigureKestrel(kestrel =>
        {
            var doors = kestrel.ApplicationServices.GetRequiredService<Doors>();
            var credentials = kestrel.ApplicationServices.GetRequiredService<PeerCredentials>();
            var loopback = kestrel.ApplicationServices.GetRequiredService<LoopbackPeer>();
            KestrelSetup.Limit(kestrel, prepared.Options.Limits);
            KestrelSetup.Listen(
                kestrel, prepared.Options.Listen, prepared.Home, prepared.SharedSocket,
                listener => new AcceptGate(listener, doors.Of(listener), credentials, loopback));
        });
}
