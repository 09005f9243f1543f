using Akka.Actor;
using Akka.Hosting;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Gauntlet.Run;
using Scope = Netclaw.Protocol.Scope;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Pairing: codes used twice, approvals that grant more than the approver holds.</summary>
public sealed class PairingAttackTests
{
    private static readonly Principal Root = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, Device: null, "control:uid=0");

    [Fact, Attack("CVE-2026-32987", "A pairing code that has paired a device pairs another one.", "registry: a code is spent in the write that pairs")]
    public Task CVE_2026_32987_ACodeIsUsedASecondTime() => ProveAsync("{}", Weakened.Registry(Unspent), async host =>
    {
        using var phone = new TestDevice("phone");
        using var thief = new TestDevice("thief");
        await using var owner = await host.OperatorAsync();
        var code = await TestDevice.MintAsync(owner);
        await using (var first = await GatewayHost.OpenAsync(host.Tcp))
        {
            await phone.Pairing(first).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        }

        return await SucceedsAsync(async () =>
        {
            await using var second = await GatewayHost.OpenAsync(host.Tcp);
            await thief.Pairing(second).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        });
    });

    [Fact, Attack("GHSA-hf68-49fm-59cq", "An operator who may only approve pairings approves one that asks for admin.", "registry: nobody grants more than they hold")]
    public Task GHSA_hf68_49fm_59cq_AnApproval_GrantsAdmin() => ProveAsync(
        "{}",
        Weakened.Registry((command, state) => DeviceDecider.Decide(command is RegistryCommand.Approve approve ? approve with { By = Root } : command, state)),
        host => ApprovesAsync(host, new TestDevice("accomplice").Request with { Scopes = ScopeSet.All }));

    [Fact, Attack("GHSA-hc5h-pmr3-3497", "The same by another path, which forgot to look at the caller's scopes: here, a device that asks to be a node, which only admin may grant.", "registry: nobody grants more than they hold")]
    public Task GHSA_hc5h_pmr3_3497_AnApproval_GrantsARole() => ProveAsync(
        "{}",
        Weakened.Registry((command, state) => DeviceDecider.Decide(command is RegistryCommand.Approve approve ? approve with { By = Root } : command, state)),
        host => ApprovesAsync(host, new TestDevice("accomplice").Request with { Role = Role.Node }));

    [Fact, Attack("CVE-2026-32922", "Rotating a device's token hands out a new one with more scopes than the caller holds.", "registry: a token is never worth more than its asker")]
    public Task CVE_2026_32922_RotatingAToken_WidensItsScopes() => ProveAsync(
        "{}",
        Weakened.Registry((command, state) => DeviceDecider.Decide(command is RegistryCommand.RotateToken rotate ? rotate with { By = Root } : command, state)),
        async host =>
        {
            var admin = await ProtocolDeviceAsync(host, ScopeSet.All);
            using var clerk = await ClerkAsync(host);
            await using var connection = await clerk.ConnectAsync(host);
            return await SucceedsAsync(() => connection.CallAsync(
                TokenRotateParams.Method, new TokenRotateParams(admin, Role.Operator, ScopeSet.All), ProtocolJson.Default.TokenRotateParams,
                ProtocolJson.Default.TokenRotateResult, CancellationToken.None).WaitAsync(GatewayHost.Bound));
        });

    [Fact, Attack("CVE-2026-53852", "A pairing request without any scope is read as one for all of them.", "registry: no scope is none")]
    public Task CVE_2026_53852_NoScope_IsReadAsAll() => ProveAsync(
        "{}",
        Weakened.Registry((command, state) => DeviceDecider.Decide(
            command is RegistryCommand.RequestPairing { Scopes.IsEmpty: true } request ? request with { Scopes = ScopeSet.All } : command, state)),
        async host =>
        {
            using var modest = new TestDevice("modest");
            await using var owner = await host.OperatorAsync();
            await using var connection = await GatewayHost.OpenAsync(host.Tcp);
            var requested = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = new PairingClient(connection, modest.Request, "modest", pinned: false, step =>
            {
                if (step is PairingStep.Requested request)
                {
                    requested.TrySetResult(request);
                }
            }).ByRequestAsync(CancellationToken.None);
            if (await Task.WhenAny(requested.Task, waiting).WaitAsync(GatewayHost.Bound) != requested.Task)
            {
                return false;
            }

            var pending = await requested.Task;
            var approved = await SucceedsAsync(() => owner.CallAsync(
                PairApproveParams.Method, new PairApproveParams(pending.RequestId, pending.Symbols),
                ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult, CancellationToken.None).WaitAsync(GatewayHost.Bound));
            return approved && (await waiting.WaitAsync(GatewayHost.Bound)).Hello.Auth.Scopes.Covers(Scope.Admin);
        });

    /// <summary>Whether a device that may only decide about pairings gets this request approved.</summary>
    private static async Task<bool> ApprovesAsync(GatewayHost host, ConnectRequest accomplice)
    {
        using var clerk = await ClerkAsync(host);
        await using var approver = await clerk.ConnectAsync(host);
        await using var connection = await GatewayHost.OpenAsync(host.Tcp);
        var requested = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new PairingClient(connection, accomplice, "accomplice", pinned: false, step =>
        {
            if (step is PairingStep.Requested request)
            {
                requested.TrySetResult(request);
            }
        }).ByRequestAsync(CancellationToken.None);
        var pending = await requested.Task.WaitAsync(GatewayHost.Bound);
        var approved = await SucceedsAsync(() => approver.CallAsync(
            PairApproveParams.Method, new PairApproveParams(pending.RequestId, pending.Symbols),
            ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult, CancellationToken.None).WaitAsync(GatewayHost.Bound));
        if (approved)
        {
            var granted = (await waiting.WaitAsync(GatewayHost.Bound)).Hello.Auth;
            return granted.Role == accomplice.Role && granted.Scopes.Covers(accomplice.Scopes);
        }

        await connection.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting.WaitAsync(GatewayHost.Bound));
        return false;
    }

    /// <summary>A device that may decide about pairings and nothing else.</summary>
    private static Task<TestDevice> ClerkAsync(GatewayHost host) => PairedAsync(host, "clerk", new ScopeSet(Scope.Pairing));

    private static async Task<TestDevice> PairedAsync(GatewayHost host, string name, ScopeSet scopes)
    {
        var device = new TestDevice(name);
        await using var owner = await host.OperatorAsync();
        var minted = await owner.CallAsync(
            CodeCreateParams.Method, new CodeCreateParams(Role.Operator, scopes), ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult,
            CancellationToken.None).WaitAsync(GatewayHost.Bound);
        Assert.True(PairingCode.TryParse(minted.Code.Reveal(), out var code));
        await using var connection = await GatewayHost.OpenAsync(host.Tcp);
        await new PairingClient(connection, device.Request with { Scopes = scopes }, name, pinned: false).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return device;
    }

    /// <summary>A device of the kind that has a token; it pairs over a transport of its own, so the registry is told here.</summary>
    private static async Task<DeviceId> ProtocolDeviceAsync(GatewayHost host, ScopeSet scopes)
    {
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)7, 32).ToArray(), out var key));
        var registry = host.Service<IReadOnlyActorRegistry>().Get<DeviceRegistryKey>();
        var now = DateTimeOffset.UtcNow;
        Assert.IsType<RegistryReply.Paired>(await registry.Ask<RegistryReply>(
            new RegistryCommand.PairSilently(1, now, key, Role.Operator, scopes, "admin", null, SilentVia.Local, "test", "127.0.0.1"), GatewayHost.Bound));
        return key.DeviceId;
    }

    private static async Task<bool> SucceedsAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return true;
        }
        catch (GatewayException)
        {
            return false;
        }
    }

    /// <summary>What a registry does that checks a code and forgets that it was used.</summary>
    private static Decision Unspent(RegistryCommand command, RegistryState state)
    {
        var decision = DeviceDecider.Decide(command, state);
        return (command, decision.Reply) switch
        {
            (RegistryCommand.BeginCode, RegistryReply.CodeBegun { Code: { } begun } reply) => decision with { Reply = reply with { Code = begun with { SpentBy = null } } },
            (RegistryCommand.RedeemCode redeem, RegistryReply.Refused { Code: RefusalCode.PairingCodeUsed }) => Again(redeem, state),
            _ => decision,
        };
    }

    /// <summary>By an event that knows of no code: the state itself would not spend one twice.</summary>
    private static Decision Again(RegistryCommand.RedeemCode command, RegistryState state) => DeviceDecider.Decide(
        new RegistryCommand.PairSilently(command.CommandId, command.Now, command.Key, command.Role, command.Scopes, command.Name, command.Platform, SilentVia.Local, "code", command.ClientAddress), state);
}
