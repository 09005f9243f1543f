using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Tests.Spawning;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Hosting;

/// <summary>The product's own actors by the product's own registration, on a journal in memory; the test holds the other end of every wire.</summary>
public abstract class ActorHost : Akka.Hosting.TestKit.TestKit, IAuditLog, IDaemonFacts, IEndpointNames, IDaemonControl
{
    private readonly SigningKey _gateway = SigningKey.Generate();
    private readonly JournalKeys _keys = JournalKeys.Generate();
    private readonly ConcurrentQueue<AuditRecord> _audit = new();

    protected ActorHost() : base(startupTimeout: TimeSpan.FromSeconds(30))
    {
    }

    public string Exposure => "local";
    public string AuthMode => "token";
    public string Phase => "ready";
    public int ProcessId => 4242;
    public DateTimeOffset StartedAt { get; } = TimeProvider.System.GetUtcNow();
    public ImmutableArray<string> Endpoints => ["http://127.0.0.1:5199"];
    public string? ControlSocket => "/home/owner/run/control.sock";

    public string? SharedSocket => "/run/netclaw-1000-0123456789abcdef/shared.sock";
    public string JournalProvider => "memory";
    public string? MarkProblem => null;
    public StartNotices Notices { get; } = StartNotices.Of(
        [new StartNotice("auth_none", "auth.mode", "Every program may read and write.", "Write \"token\".", "none")],
        [new StartNotice(StartNotice.OptIn, "exposure.origins", "pages of these origins may connect", "Remove it.", "https://app.example.org")]);
    public EndpointName ForOtherDevices => new(new Uri("http://gate.example:5199/"), null);
    public TimeSpan DrainBudget => TimeSpan.FromSeconds(10);

    protected TaskCompletionSource<string> Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected IReadOnlyCollection<AuditRecord> Audit => _audit;

    protected PublicKey GatewayKey => _gateway.Public;

    protected LiveSessions Live => Host.Services.GetRequiredService<LiveSessions>();

    protected RegistryView View => Host.Services.GetRequiredService<RegistryView>();

    public void Stop(string by) => Stopped.TrySetResult(by);

    public void Write(AuditRecord record) => _audit.Enqueue(record);

    protected override void ConfigureServices(HostBuilderContext context, IServiceCollection services) => services
        .AddSingleton(new GatewayIdentity(_gateway.Public, "gate", "1.0.0"))
        .AddSingleton(new TrustOptions { OwnerUserId = 1000 })
        .AddSingleton(_keys.OpenSealer())
        .AddSingleton<IAuditLog>(this).AddSingleton<IDaemonFacts>(this).AddSingleton<IEndpointNames>(this).AddSingleton<IDaemonControl>(this)
        .AddSingleton<ISpawnPlace>(new OneSpawnPlace()).AddSingleton<IChildPrograms>(new ScriptedPrograms()).AddSingleton<IQrDrawing>(new NamedQr())
        .AddNetclawActorServices();

    protected override void ConfigureAkka(AkkaConfigurationBuilder builder, IServiceProvider provider) => builder
        .WithCustomSerializer("netclaw", [typeof(JournalRecord)], system => new NetclawSerializer(system))
        .WithInMemoryJournal()
        .WithInMemorySnapshotStore()
        .AddNetclawActors(new JournaledActors
        {
            Registry = (system, services) => system.ActorOf(
                DeviceRegistryActor.Props(new RegistryParts
                {
                    Journal = Journal(services.GetService<JournalHealth>()!),
                    View = services.GetService<RegistryView>()!, Live = services.GetService<LiveSessions>()!, Log = NullLogger.Instance,
                }),
                "registry"),
            Queues = (system, services) => system.ActorOf(NodeQueuesActor.Props(Journal(services.GetService<JournalHealth>()!), NullLogger.Instance), "node-queues"),
            Conversations = (system, services) => system.ActorOf(
                ConversationsActor.Props(new ConversationParts
                {
                    Journal = Journal(services.GetService<JournalHealth>()!), View = services.GetService<ConversationsView>()!, News = services.GetService<ConversationNews>()!,
                    Turns = services.GetService<TurnBoard>()!, Agents = services.GetService<IAgents>()!, Tools = services.GetService<IAgentTools>()!,
                    Pace = services.GetService<ConversationPace>()!, Log = NullLogger.Instance,
                }),
                "conversations"),
            Runs = (system, services) => system.ActorOf(
                RunsActor.Props(new SpawnParts
                {
                    Journal = Journal(services.GetService<JournalHealth>()!), Options = services.GetService<SpawnLimits>()!, Programs = services.GetService<IChildPrograms>()!,
                    Credentials = services.GetService<SpawnCredentials>()!, Place = services.GetService<ISpawnPlace>()!, Live = services.GetService<LiveSessions>()!,
                    Conversations = ActorRegistry.For(system).Get<ConversationsKey>, Log = NullLogger.Instance,
                }),
                "runs"),
            Cron = (system, services) => system.ActorOf(CronActor.Props(CronStart.Parts(services, Journal(services.GetService<JournalHealth>()!), ActorRegistry.For(system).Get<ConversationsKey>)), "cron"),
        });

    private JournalParts Journal(JournalHealth health) => new() { Keys = _keys, Health = health, Time = TimeProvider.System };

    /// <summary>Clients that come before the journal is read are told to retry; tests begin after it.</summary>
    protected override Task BeforeTestStart() => AwaitAssertAsync(() => Assert.NotNull(View.Current), TimeSpan.FromSeconds(30));

    protected override async Task AfterAllAsync()
    {
        await base.AfterAllAsync();
        _gateway.Dispose();
    }
}
