using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Gauntlet;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Pairings that ran out of time, came in the wrong order, or asked for too much.</summary>
internal static class PairingRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.PairingCodeExpired] = StaleCodeAsync,
        [RefusalCode.PairingExchangeExpired] = AbandonedAsync,
        [RefusalCode.PairingRequestExpired] = UnheededAsync,
        [RefusalCode.PairingRequestSuperseded] = AskedAgainAsync,
        [RefusalCode.PairingExchangeOutOfOrder] = () => StepAsync(
            new PairingIntent { Flow = PairingFlow.Code, Name = "laptop" },
            connection => connection.CallAsync(
                PairConfirmParams.Method, new PairConfirmParams(PairingCode.New().Id, "cHJvb2Y"), ProtocolJson.Default.PairConfirmParams,
                ProtocolJson.Default.PairConfirmResult, CancellationToken.None)),
        [RefusalCode.PairingCommitmentMismatch] = () => StepAsync(
            new PairingIntent { Flow = PairingFlow.Request, Name = "laptop", Commitment = CheckSymbols.Commit(Nonce.New()) },
            connection => connection.CallAsync(
                PairRequestParams.Method, new PairRequestParams(Nonce.New()), ProtocolJson.Default.PairRequestParams,
                ProtocolJson.Default.PairRequestResult, CancellationToken.None)),
        [RefusalCode.PairingScopeExceedsApprover] = TooMuchAsync,
        [RefusalCode.TooManyLiveCodes] = ManyCodesAsync,
    };

    /// <summary>Minted six minutes ago.</summary>
    private static async Task<Provoked> StaleCodeAsync()
    {
        var time = new ShiftedTime { By = -TimeSpan.FromMinutes(6) };
        var stage = await Stage.SetAsync("{}", services => services.AddSingleton<TimeProvider>(time));
        var code = await stage.CodeAsync();
        time.By = TimeSpan.Zero;
        var who = stage.Stranger();
        return new Provoked(stage, (await who.TypeAsync(code + "\n", "pair", stage.Url, "--code-stdin")).Failure) { Who = who };
    }

    /// <summary>A device whose minute is over before the gateway has answered.</summary>
    private static async Task<Provoked> AbandonedAsync()
    {
        var stage = await Stage.SetAsync("{}");
        using var laptop = new TestDevice("laptop");
        await using var connection = await GatewayConnection.OpenAsync(
            stage.Host.Tcp, new GatewayConnectionOptions { Time = new HurriedTimers(), OpenTimeout = TimeSpan.FromDays(20), CallTimeout = TimeSpan.FromDays(20) },
            CancellationToken.None).WaitAsync(GatewayHost.Bound);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => laptop.Pairing(connection).ByCodeAsync(PairingCode.New(), CancellationToken.None).WaitAsync(GatewayHost.Bound));
        return new Provoked(stage, refused.Error);
    }

    /// <summary>A device asks, and nobody decides for more than five minutes.</summary>
    private static async Task<Provoked> UnheededAsync()
    {
        var time = new ShiftedTime();
        var stage = await Stage.SetAsync("{}", After<RegistryCommand.RequestPairing>(time, TimeSpan.FromMinutes(6)));
        var who = stage.Stranger();
        var said = await who.RunAsync("pair", stage.Url, "--request");
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (stage.Host.Service<RegistryView>().Current!.Pending.Count > 0)
        {
            await Task.Delay(5, bound.Token);
        }

        time.By = TimeSpan.Zero;
        return new Provoked(stage, said.Failure) { Who = who };
    }

    /// <summary>A device asks again for more, and somebody approves what it asked for first.</summary>
    private static async Task<Provoked> AskedAgainAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var tablet = new TestDevice("tablet");
        stage.AtEnd(tablet.Dispose);
        var first = await AskAsync(stage, tablet, new ScopeSet(Scope.Read));
        var second = await AskAsync(stage, tablet, ScopeSet.ReadWrite);
        var said = await stage.Owner.RunAsync("devices", "approve", first.Step.RequestId.ToString(), "--symbols", first.Step.Symbols);
        return new Provoked(stage, said.Failure)
        {
            MendAsync = async () =>
            {
                (await stage.Owner.RunAsync("devices", "approve", second.Step.RequestId.ToString(), "--symbols", second.Step.Symbols)).Expect();
                Assert.Equal(ScopeSet.ReadWrite, (await second.Decided.WaitAsync(GatewayHost.Bound)).Hello.Auth.Scopes);
                await Assert.ThrowsAsync<GatewayException>(() => first.Decided.WaitAsync(GatewayHost.Bound));
                await first.Connection.DisposeAsync();
                await second.Connection.DisposeAsync();
            },
        };
    }

    private static async Task<(GatewayConnection Connection, Task<Paired> Decided, PairingStep.Requested Step)> AskAsync(Stage stage, TestDevice device, ScopeSet scopes)
    {
        var connection = await GatewayHost.OpenAsync(stage.Host.Tcp);
        var requested = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        var decided = new PairingClient(connection, device.Request with { Scopes = scopes }, "tablet", pinned: false, step => requested.TrySetResult((PairingStep.Requested)step))
            .ByRequestAsync(CancellationToken.None);
        return (connection, decided, await requested.Task.WaitAsync(GatewayHost.Bound));
    }

    private static async Task<Provoked> StepAsync(PairingIntent intent, Func<GatewayConnection, Task> step)
    {
        var stage = await Stage.SetAsync("{}");
        using var laptop = new TestDevice("laptop");
        await using var connection = await GatewayHost.OpenAsync(stage.Host.Tcp);
        Assert.IsType<ConnectOutcome.Offered>(await connection.ConnectAsync(laptop.Request with { Pairing = intent }, CancellationToken.None).WaitAsync(GatewayHost.Bound));
        return new Provoked(stage, (await Assert.ThrowsAsync<GatewayException>(() => step(connection).WaitAsync(GatewayHost.Bound))).Error);
    }

    /// <summary>A device that may pair others makes a code for more than it holds.</summary>
    private static async Task<Provoked> TooMuchAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var clerk = await stage.PairedAsync();
        return new Provoked(stage, (await clerk.RunAsync("daemon", "pair", "--scopes", "admin")).Failure);
    }

    private static async Task<Provoked> ManyCodesAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await using var owner = await stage.Host.OperatorAsync();
        for (var code = 0; code < IssuedCode.MaximumLive; code++)
        {
            await TestDevice.MintAsync(owner);
        }

        return new Provoked(stage, (await stage.Owner.RunAsync("daemon", "pair")).Failure);
    }

    /// <summary>The clock goes on by so much right after the registry was first asked this.</summary>
    private static Action<IServiceCollection> After<TCommand>(ShiftedTime time, TimeSpan by) where TCommand : RegistryCommand
    {
        var asked = 0;
        return services =>
        {
            services.AddSingleton<TimeProvider>(time);
            Weakened.Registry((command, state) =>
            {
                if (command is TCommand && Interlocked.Exchange(ref asked, 1) == 0)
                {
                    time.By = by;
                }

                return DeviceDecider.Decide(command, state);
            })(services);
        };
    }

    /// <summary>The right time of day, and a minute that takes a millisecond.</summary>
    private sealed class HurriedTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 60_000 : dueTime, period);
    }
}
