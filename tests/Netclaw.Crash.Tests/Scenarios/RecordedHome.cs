using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Vfs;
using Netclaw.Crash.Vfs.Sqlite;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>The driver's side of a change, in order with what it makes of the disk.</summary>
internal abstract record Mark
{
    public sealed record Asked(Change Change) : Mark;

    public sealed record Acknowledged(Change Change) : Mark;

    public sealed record Refused(Change Change) : Mark;

    /// <summary>A backup was said to be made.</summary>
    public sealed record BackedUp : Mark;

    /// <summary>A restore or a reset was said to be done.</summary>
    public sealed record Completed : Mark;
}

/// <summary>A home whose keys and registry are made and changed by the product's own code, while every change to its files is recorded.</summary>
internal sealed class RecordedHome : IAsyncDisposable
{
    private static readonly Principal Owner = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "control:uid=0");

    private readonly ScratchHome _scratch;
    private readonly IDisposable _layer;
    private readonly RegistryOptions _options;
    private OfflineRegistry? _registry;
    private long _asked;

    public RecordedHome(ScratchHome scratch, RegistryOptions? options = null)
    {
        SqliteShim.Install();
        (_scratch, _options) = (scratch, options ?? new RegistryOptions());
        Scope = IoScope.Watch(scratch.Home.Root);
        _layer = FileCalls.Use(new WatchedFileCalls());
    }

    public IoScope Scope { get; }

    public NetclawHome Home => _scratch.Home;

    public Keyring? Keys { get; private set; }

    public OfflineRegistry Registry => _registry!;

    /// <summary>Keys and registry, made where they are missing; the host enrolled, as a daemon does it.</summary>
    public async Task<StartProblems> StartAsync()
    {
        var problems = new StartProblems();
        Keys = new KeyringLoader(Home, problems).Open("crash");
        if (Keys is null)
        {
            return problems;
        }

        _registry = await OfflineRegistry.OpenAsync(Home, new NetclawOptions(), Keys, _ => null, problems, CancellationToken.None, services =>
            services.AddSingleton<TimeProvider>(SteadyTime.Instance).AddSingleton(_options)).WaitAsync(Bound);
        if (_registry is not null && Keys.Host is { } host && await AskAsync(new RegistryCommand.EnrolHost(Next(), _registry.Now, host.Public, "this host")) is RegistryReply.Done)
        {
            Marked(problems, () => Keys.Reached(_registry.Snapshot.Bootstrap, "crash"));
        }

        return problems;
    }

    public static TimeSpan Bound => TimeSpan.FromSeconds(60);

    public async Task StopAsync()
    {
        if (_registry is not null)
        {
            await _registry.DisposeAsync().AsTask().WaitAsync(Bound);
            _registry = null;
        }

        Keys?.Dispose();
        Keys = null;
    }

    /// <summary>Carries the heads into the mark, as the daemon does beside the answers.</summary>
    public void MarkHeads() => Marked(new StartProblems(), () => Keys!.Advance(Registry.Heads));

    /// <summary>By a code: minted, tried, redeemed.</summary>
    public async Task PairAsync(PublicKey key, ScopeSet scopes, string name)
    {
        var code = PairingCodeId.New();
        var secret = new SealedSecret(RandomNumberGenerator.GetBytes(60));
        await AskAsync(new RegistryCommand.MintCode(Next(), Registry.Now, code, secret, Role.Operator, scopes, null, Owner));
        await AskAsync(new RegistryCommand.BeginCode(Next(), Registry.Now, code));
        await DoAsync(
            new Change.Pair(key.DeviceId, scopes, code),
            new RegistryCommand.RedeemCode(Next(), Registry.Now, code, key, Role.Operator, scopes, name, "linux", "127.0.0.1"));
    }

    /// <summary>A code that nobody uses.</summary>
    public Task MintAsync() => AskAsync(new RegistryCommand.MintCode(
        Next(), Registry.Now, PairingCodeId.New(), new SealedSecret(RandomNumberGenerator.GetBytes(60)), Role.Operator, ScopeSet.DeviceDefault, null, Owner));

    /// <summary>By a request that an operator approves.</summary>
    public async Task ApproveAsync(PublicKey key, ScopeSet scopes, string name)
    {
        var asked = await AskAsync(new RegistryCommand.RequestPairing(Next(), Registry.Now, key, Role.Operator, scopes, name, "linux", "127.0.0.1", null));
        if (asked is RegistryReply.Requested requested)
        {
            await DoAsync(new Change.Pair(key.DeviceId, scopes), new RegistryCommand.Approve(Next(), Registry.Now, requested.Request.Id, null, null, null, Owner));
        }
    }

    public Task RenameAsync(DeviceId device, string name) => AskAsync(new RegistryCommand.Rename(Next(), Registry.Now, device, name, Owner));

    /// <summary>A bearer token for a device of the protocol.</summary>
    public Task RotateTokenAsync(DeviceId device) => AskAsync(new RegistryCommand.RotateToken(
        Next(), Registry.Now, device, Role.Operator, null, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), Owner, SessionId.New()));

    public Task RevokeAsync(DeviceId device) => DoAsync(new Change.Revoke(device), new RegistryCommand.Revoke(Next(), Registry.Now, device, "lost", Owner));

    public Task SetScopesAsync(DeviceId device, ScopeSet scopes) =>
        DoAsync(new Change.SetScopes(device, scopes), new RegistryCommand.SetScopes(Next(), Registry.Now, device, scopes, Owner, SessionId.New()));

    public Task RekeyAsync(DeviceId former, PublicKey next, ScopeSet scopes) => DoAsync(
        new Change.Rekey(former, next.DeviceId, scopes),
        new RegistryCommand.Rekey(Next(), Registry.Now, former, next, new Principal(AuthMethod.DeviceKey, Role.Operator, scopes, former, former.Short), SessionId.New()));

    /// <summary>Devices of another gateway, in one write.</summary>
    public async Task ImportAsync(IReadOnlyList<PublicKey> keys, ScopeSet scopes)
    {
        var changes = keys.Select(key => new Change.Pair(key.DeviceId, scopes)).ToList();
        changes.ForEach(change => Scope.Mark(new Mark.Asked(change)));
        var entries = keys.Select((key, i) => new ImportEntry { From = $"#{i}", Keyed = new KeyedEntry($"imported {i}", key, [Role.Operator], scopes) });
        if (await AskAsync(new RegistryCommand.Import(Next(), Registry.Now, [.. entries], DryRun: false, Owner)) is RegistryReply.Imported imported)
        {
            Assert.All(imported.Rows, row => Assert.Equal(ImportRow.Kept, row.Outcome));
            changes.ForEach(change => Scope.Mark(new Mark.Acknowledged(change)));
        }
    }

    /// <summary>Devices of an earlier gateway that are known by a token alone: each waits for a key.</summary>
    public async Task<IReadOnlyList<LegacyDeviceId>> ImportLegacyAsync(int count)
    {
        var tokens = Enumerable.Range(0, count).Select(_ => Salted()).ToList();
        var entries = tokens.Select((token, i) => new ImportEntry { From = $"#{i}", Legacy = new LegacyEntry($"earlier {i}", token) });
        var imported = Assert.IsType<RegistryReply.Imported>(await AskAsync(new RegistryCommand.Import(Next(), Registry.Now, [.. entries], DryRun: false, Owner)));
        Assert.All(imported.Rows, row => Assert.Equal(ImportRow.Kept, row.Outcome));
        return [.. tokens.Select(LegacyDeviceId.Of)];
    }

    /// <summary>Its token is spent on a key.</summary>
    public Task EnrolLegacyAsync(LegacyDeviceId legacy, PublicKey key) => DoAsync(
        new Change.EnrolLegacy(legacy, key.DeviceId), new RegistryCommand.EnrolLegacy(Next(), Registry.Now, legacy, key, "linux", "127.0.0.1"));

    public Task RemoveLegacyAsync(LegacyDeviceId legacy) => DoAsync(new Change.RemoveLegacy(legacy), new RegistryCommand.RemoveLegacy(Next(), Registry.Now, legacy, "lost", Owner));

    /// <summary>Another host credential, in both stores. The one before is revoked by it.</summary>
    public async Task RotateHostAsync()
    {
        if (Registry.Snapshot.Host is not { } host)
        {
            return; // none was enrolled
        }

        var former = Registry.Snapshot.Devices[host];
        if (!Registry.Health.IsHealthy)
        {
            Assert.IsNotType<RotationOutcome.Rotated>(await RotateAsync()); // and of nothing that stood before is anything acknowledged now
            return;
        }

        var stands = new Change.Pair(former.Id, former.Scopes); // the daemon's own doing: asked for by nobody, durable all the same
        Scope.Mark(new Mark.Asked(stands));
        Scope.Mark(new Mark.Acknowledged(stands));
        var revoke = new Change.Revoke(former.Id);
        Scope.Mark(new Mark.Asked(revoke));
        if (await RotateAsync() is RotationOutcome.Rotated rotated)
        {
            Keys!.TakeHost(rotated.Key);
            Scope.Mark(new Mark.Acknowledged(revoke));
        }
    }

    private Task<RotationOutcome> RotateAsync() => new HostRotation(Home, command => AskAsync(command), () => Registry.Snapshot, SteadyTime.Instance).RotateAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _layer.Dispose();
        Scope.Dispose();
    }

    private async Task DoAsync(Change change, RegistryCommand command)
    {
        Scope.Mark(new Mark.Asked(change));
        switch (await AskAsync(command))
        {
            case null or RegistryReply.Refused { Code: RefusalCode.JournalUnavailable or RefusalCode.HandlerUnavailable }:
                break;
            case RegistryReply.Refused:
                Scope.Mark(new Mark.Refused(change));
                break;
            default:
                Scope.Mark(new Mark.Acknowledged(change));
                break;
        }
    }

    private void Marked(StartProblems problems, Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"{Home.GatewayMark} cannot be written: {e.Message}");
        }
    }

    private static SaltedHash Salted() =>
        SaltedHash.TryCreate(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), out var hash, out var problem)
            ? hash
            : throw new InvalidOperationException(problem);

    private Task<RegistryReply?> AskAsync(RegistryCommand command) => Registry.AskAsync(command).WaitAsync(Bound);

    private long Next() => Interlocked.Increment(ref _asked);
}
