using System.Security.Cryptography;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Keys;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>The product's registry on a real journal in a home, without the daemon around it.</summary>
internal sealed class RegistryOnDisk : IAsyncDisposable
{
    private static readonly Principal Owner = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "control:uid=0");
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly IHost _host;
    private readonly IActorRef _registry;
    private long _commands;

    private readonly CancellationTokenSource _stop = new();
    private Task _heads = Task.CompletedTask;

    private RegistryOnDisk(IHost host, IActorRef registry)
    {
        _host = host;
        _registry = registry;
    }

    /// <param name="keepHeads">The signed mark follows the journal, as it does in the daemon.</param>
    public static async Task<RegistryOnDisk> OpenAsync(NetclawHome home, bool keepHeads = false)
    {
        if (!File.Exists(home.JournalKey) || !JournalKeys.TryParse(await File.ReadAllTextAsync(home.JournalKey), out var keys))
        {
            keys = new JournalKeys(RandomNumberGenerator.GetBytes(JournalKeys.RootBytes));
        }

        var view = new RegistryView();
        var health = new JournalHealth();
        var parts = new RegistryParts
        {
            Journal = new JournalParts { Keys = keys, Health = health, Time = TimeProvider.System },
            View = view, Live = new LiveSessions(), Log = NullLogger.Instance,
        };
        var host = await JournalOnDisk.StartAsync(home);
        var registry = host.Services.GetRequiredService<ActorSystem>().ActorOf(DeviceRegistryActor.Props(parts), "registry");
        while (view.Current is null)
        {
            await Task.Delay(5);
        }

        var opened = new RegistryOnDisk(host, registry);
        if (keepHeads)
        {
            Directory.CreateDirectory(home.KeysDirectory);
            var gateway = SigningKey.Generate();
            var mark = new Keyring(home, gateway, null, keys, GatewayMark.Fresh(gateway.Public.GatewayId, "bench"));
            opened._heads = new HeadKeeper(mark, health, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(opened._stop.Token);
        }

        return opened;
    }

    /// <summary>One device asks from an address of its own and is approved: two durable commands.</summary>
    public async Task RequestAndApproveAsync(PublicKey key, string name, string address)
    {
        var requested = (RegistryReply.Requested)await AskAsync(new RegistryCommand.RequestPairing(
            NextId(), DateTimeOffset.UtcNow, key, Role.Operator, ScopeSet.ReadWrite, name, "linux", address, "AAAA-AAAA"));
        var approved = await AskAsync(new RegistryCommand.Approve(NextId(), DateTimeOffset.UtcNow, requested.Request.Id, "AAAA-AAAA", null, null, Owner));
        if (approved is not RegistryReply.Approved)
        {
            throw new InvalidOperationException($"not approved: {approved}");
        }
    }

    /// <summary>One durable command.</summary>
    public async Task RenameAsync(DeviceId device, string name)
    {
        if (await AskAsync(new RegistryCommand.Rename(NextId(), DateTimeOffset.UtcNow, device, name, Owner)) is not RegistryReply.Changed)
        {
            throw new InvalidOperationException($"{device} was not renamed");
        }
    }

    /// <summary>A well-formed key that nobody holds: benchmarks of the registry sign nothing.</summary>
    public static PublicKey KeyOf(int number)
    {
        Span<byte> raw = stackalloc byte[65];
        SHA256.HashData(BitConverter.GetBytes(number), raw[1..33]);
        raw[0] = 0x04;
        return PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var key) ? key : throw new InvalidOperationException("the key is malformed");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _heads;
        _stop.Dispose();
        _registry.Tell(StopRegistry.Instance);
        await _registry.WatchUntilGoneAsync(_host.Services.GetRequiredService<ActorSystem>(), TimeSpan.FromSeconds(60));
        await _host.StopAsync();
        _host.Dispose();
    }

    private long NextId() => Interlocked.Increment(ref _commands);

    private Task<RegistryReply> AskAsync(RegistryCommand command) => _registry.Ask<RegistryReply>(command, Bound);
}

/// <summary>Waiting for an actor that ends itself.</summary>
internal static class ActorEnd
{
    public static async Task WatchUntilGoneAsync(this IActorRef actor, ActorSystem system, TimeSpan bound)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Watcher(actor, gone)));
        await gone.Task.WaitAsync(bound);
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef actor, TaskCompletionSource gone)
        {
            Context.Watch(actor);
            Receive<Terminated>(_ =>
            {
                gone.SetResult();
                Context.Stop(Self);
            });
        }
    }
}
