using System.Net;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Sqlite;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>
/// A gateway that serves while the disk under its journal fails at each call in turn: what was not flushed is not acknowledged, sessions go on and may read,
/// changes are refused, <c>/readyz</c> says why, the log names the cause, and the next start has all that was acknowledged.
/// </summary>
public sealed class GatewayFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly ScopeSet Read = new(Scope.Read);

    private readonly TestDevice _phone = new("phone");
    private readonly TestDevice _tablet = new("tablet");
    private Dictionary<string, byte[]> _files = [];
    private string _root = "";

    public async Task InitializeAsync()
    {
        SqliteShim.Install();
        await using var host = await GatewayHost.StartAsync();
        await _phone.PairAsync(host);
        await _tablet.PairAsync(host);
        await host.StopAsync();
        (_files, _root) = (ScratchHome.FilesOf(host.Home), host.Home.Root);
    }

    public Task DisposeAsync()
    {
        _phone.Dispose();
        _tablet.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(FaultKind.Broken, true)]
    [InlineData(FaultKind.Full, false)]
    [InlineData(FaultKind.ShortWrite, false)]
    [InlineData(FaultKind.FlushFails, false)]
    public async Task AFailingJournal_IsNeverAcknowledged_AndSessionsGoOnReading(FaultKind kind, bool lasting)
    {
        var (points, failures) = (0, 0);
        for (; ; points++)
        {
            var plan = new FaultPlan(kind, points, lasting, within: "netclaw.db");
            failures += await TryAsync(plan) ? 1 : 0;
            if (!plan.WasReached)
            {
                break;
            }
        }

        output.WriteLine($"{kind}: {points} points, {failures} of them stopped the journal");
        Assert.True(failures > 0, "no fault stopped the journal");
    }

    /// <returns>Whether the journal stopped.</returns>
    private async Task<bool> TryAsync(FaultPlan plan)
    {
        var ledger = new Ledger()
            .Given(new Change.Pair(_phone.Id, ScopeSet.DeviceDefault))
            .Given(new Change.Pair(_tablet.Id, ScopeSet.DeviceDefault));
        IoScope? scope = null;
        await using var host = await GatewayHost.StartAsync(prepare: home =>
        {
            Assert.True(HomeDirectories.Prepare(home, new StartProblems()));
            ScratchHome.Fill(home, _files, _root);
            scope = IoScope.Watch(home.Root);
        });
        using var watching = scope;
        await using var owner = await host.OperatorAsync();
        await using var phone = await _phone.ConnectAsync(host);

        scope!.Arm(plan);
        var failed = await PlayAsync(owner, ledger);
        scope.Arm(null);

        if (failed)
        {
            await MustBeReadOnlyAsync(host, owner, phone, ledger);
        }

        var killed = ScratchHome.FilesOf(host.Home);
        RegistryInvariants.Check(ledger, RegistryFacts.Of(await FullRecovery.RecoverAsync(killed, host.Home.Root)));
        await host.StopAsync();
        if (failed)
        {
            var log = await File.ReadAllLinesAsync(host.Home.DaemonLog);
            Assert.Contains(log, line => line.Contains("the journal failed: device-registry, record", StringComparison.Ordinal)
                && line.Contains("could not be written", StringComparison.Ordinal)
                && (line.Contains("disk I/O error", StringComparison.Ordinal) || line.Contains("database or disk is full", StringComparison.Ordinal)));
        }

        RegistryInvariants.Check(ledger, RegistryFacts.Of(await FullRecovery.RecoverAsync(ScratchHome.FilesOf(host.Home), host.Home.Root)));
        return failed;
    }

    /// <returns>Whether a change was refused because of the journal.</returns>
    private async Task<bool> PlayAsync(GatewayConnection owner, Ledger ledger)
    {
        var failed = false;
        foreach (var (change, ask) in Changes(owner))
        {
            ledger.Asked(change);
            try
            {
                await ask().WaitAsync(GatewayHost.Bound);
                Assert.False(failed, $"{change} was acknowledged after the journal had failed");
                ledger.Acknowledged(change);
            }
            catch (GatewayException e)
            {
                Assert.Equal(RefusalCode.JournalUnavailable, e.Code);
                failed = true;
            }
        }

        return failed;
    }

    private IEnumerable<(Change Change, Func<Task> AskAsync)> Changes(GatewayConnection owner)
    {
        yield return (new Change.SetScopes(_tablet.Id, Read), () => SetScopesAsync(owner, Read));
        yield return (new Change.SetScopes(_tablet.Id, ScopeSet.ReadWrite), () => SetScopesAsync(owner, ScopeSet.ReadWrite));
        yield return (new Change.Revoke(_tablet.Id), () => owner.CallAsync(
            PairRemoveParams.Method, new PairRemoveParams(_tablet.Id), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None));
    }

    private Task SetScopesAsync(GatewayConnection owner, ScopeSet scopes) => owner.CallAsync(
        ScopesSetParams.Method, new ScopesSetParams(_tablet.Id, scopes), ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult, CancellationToken.None);

    private async Task MustBeReadOnlyAsync(GatewayHost host, GatewayConnection owner, GatewayConnection phone, Ledger ledger)
    {
        var (status, body) = await host.GetAsync("/readyz", control: true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("journal: device-registry, record", body, StringComparison.Ordinal);

        Assert.Equal("phone", (await StatusAsync(phone)).You.DeviceName);
        Assert.NotNull(await StatusAsync(owner));
        var change = new Change.SetScopes(_phone.Id, Read);
        ledger.Asked(change);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => owner.CallAsync(
            ScopesSetParams.Method, new ScopesSetParams(_phone.Id, Read), ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult,
            CancellationToken.None).WaitAsync(GatewayHost.Bound));
        Assert.Equal(RefusalCode.JournalUnavailable, refused.Code);
        ledger.Refused(change); // the journal had failed before it was asked for: nothing of it can be there
    }

    private static Task<StatusResult> StatusAsync(GatewayConnection connection) =>
        connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
