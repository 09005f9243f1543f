using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Gauntlet;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Connections that say nothing, are too many, or are not any more what they were.</summary>
internal static class ConversationRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.HandshakeTimeout] = () => SilentAsync("""{"limits":{"handshakeSeconds":2}}""", _ => Task.CompletedTask),
        [RefusalCode.TooManyConnections] = () => SilentAsync(
            """{"limits":{"unauthenticatedPerAddress":1,"unauthenticatedTotal":1}}""", async stage => await PlainClient.ConnectAsync(stage.Host.Address)),
        [RefusalCode.TooManyOpenCalls] = ManyCallsAsync,
        [RefusalCode.GatewayStarting] = StartingAsync,
        [RefusalCode.DeviceChanged] = NarrowedAsync,
        [RefusalCode.RoleNotAllowed] = NoNodeAsync,
        [RefusalCode.DeviceTokenInvalid] = TokenAsync,
    };

    /// <summary>A connection that is told who the gateway is and answers nothing.</summary>
    private static async Task<Provoked> SilentAsync(string config, Func<Stage, Task> meanwhile)
    {
        var stage = await Stage.SetAsync(config);
        using var hub = await RawHub.OpenAsync(stage.Host.Address);
        await hub.EventAsync(ConnectChallenge.EventName);
        await meanwhile(stage);
        return new Provoked(stage, await RawRefusals.WhyAsync(hub));
    }

    /// <summary>One device waits for one decision on three connections at once; one of its calls is one too many.</summary>
    private static async Task<Provoked> ManyCallsAsync()
    {
        var stage = await Stage.SetAsync("{}");
        using var phone = new TestDevice("phone");
        await phone.PairAsync(stage.Host);
        GatewayConnection[] connections = [await phone.ConnectAsync(stage.Host), await phone.ConnectAsync(stage.Host), await phone.ConnectAsync(stage.Host)];
        var asked = await connections[0].CallAsync(
            ScopesRequestParams.Method, new ScopesRequestParams(new ScopeSet(Scope.Admin)), ProtocolJson.Default.ScopesRequestParams, ProtocolJson.Default.ScopesRequestResult,
            CancellationToken.None).WaitAsync(GatewayHost.Bound);
        var waiting = Enumerable.Range(0, 33).Select(call => connections[call % 3].CallAsync(
            ScopesWaitParams.Method, new ScopesWaitParams(asked.RequestId), ProtocolJson.Default.ScopesWaitParams, ProtocolJson.Default.ScopesWaitResult, CancellationToken.None)).ToArray();
        var first = await Task.WhenAny(waiting).WaitAsync(GatewayHost.Bound);
        var error = (await Assert.ThrowsAsync<GatewayException>(() => first)).Error;
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(waiting).WaitAsync(GatewayHost.Bound));
        return new Provoked(stage, error);
    }

    /// <summary>Somebody connects before the journal is read: until then, there is no registry to look into.</summary>
    private static async Task<Provoked> StartingAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var view = stage.Host.Service<RegistryView>();
        var read = view.Current!;
        view.Swap(null!);
        var said = await stage.Owner.RunAsync("connections", "list");
        return new Provoked(stage, said.Failure)
        {
            MendAsync = () =>
            {
                view.Swap(read);
                return Task.CompletedTask;
            },
        };
    }

    private static async Task<Provoked> NarrowedAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var phone = new TestDevice("phone");
        stage.AtEnd(phone.Dispose);
        await phone.PairAsync(stage.Host);
        await using var wide = await phone.ConnectAsync(stage.Host);
        (await stage.Owner.RunAsync("devices", "scopes", phone.Id.ToString(), "--set", "read")).Expect();
        var (_, error) = await wide.Closed.WaitAsync(GatewayHost.Bound);
        return new Provoked(stage, error) { MendAsync = async () => await (await phone.ConnectAsync(stage.Host)).DisposeAsync() };
    }

    private static async Task<Provoked> NoNodeAsync()
    {
        var stage = await Stage.SetAsync("{}");
        using var phone = new TestDevice("phone");
        await phone.PairAsync(stage.Host);
        return new Provoked(stage, await RefusedAsync(stage, phone.Request with { Role = Role.Node }));
    }

    /// <summary>A signature that names no gateway, with a token that is not its device's.</summary>
    private static async Task<Provoked> TokenAsync()
    {
        var ofProtocol = false;
        var stage = await Stage.SetAsync("{}", Weakened.Credentials((found, _) => ofProtocol && found.Proof == ProofVerdict.Valid ? found with { Kind = ProofKind.Protocol } : found));
        using var phone = new TestDevice("phone");
        await phone.PairAsync(stage.Host);
        ofProtocol = true;
        var error = await RefusedAsync(stage, phone.Request with { Auth = new ConnectAuth { DeviceToken = new Secret(SecretText) } });
        ofProtocol = false;
        return new Provoked(stage, error);
    }

    private const string SecretText = "not-the-token-of-this-device-but-of-none-at";

    private static async Task<CallError> RefusedAsync(Stage stage, ConnectRequest request)
    {
        await using var connection = await GatewayHost.OpenAsync(stage.Host.Tcp);
        return (await Assert.ThrowsAsync<GatewayException>(() => connection.ConnectAsync(request, CancellationToken.None).WaitAsync(GatewayHost.Bound))).Error;
    }
}
