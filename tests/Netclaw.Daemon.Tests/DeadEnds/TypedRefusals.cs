using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Refusals of people who type commands.</summary>
internal static class TypedRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.InvalidRequest] = () => CalledAsync(PairRemoveParams.Method),
        [RefusalCode.UnknownMethod] = () => CalledAsync("no.such.method"),
        [RefusalCode.MissingScope] = () => ByAsync(async stage => await stage.PairedAsync(), "devices", "auto-approve", "confirm"),
        [RefusalCode.SpawnCredentialRequired] = ChildAsync,
        [RefusalCode.Unauthorized] = () => ByAsync(stage => Task.FromResult(Wrong(stage)), "status", "--url", "<url>"),
        [RefusalCode.AuthRateLimited] = LimitedAsync,
        [RefusalCode.AuthSecretUnavailable] = () => ByAsync(
            stage =>
            {
                var person = stage.WithToken();
                File.WriteAllText(stage.Host.Home.GatewayTokenFile, "");
                return Task.FromResult(person);
            }, "status", "--url", "<url>"),
        [RefusalCode.AuthSecretRotated] = RotatedAsync,
        [RefusalCode.DeviceRevoked] = RevokedAsync,
        [RefusalCode.SpawnCredentialInvalid] = () => ByAsync(stage => Task.FromResult(MadeUp(stage)), "status"),
        [RefusalCode.SpawnCredentialExpired] = () => SpawnAsync((spawned, run) => spawned.End(run)),
        [RefusalCode.SpawnCredentialRevoked] = () => SpawnAsync((spawned, run) => spawned.Cancel(run)),
        [RefusalCode.PairingRequired] = () => ByAsync(stage => Task.FromResult(stage.Stranger()), "status", "--url", "<url>"),
        [RefusalCode.PairingCodeInvalid] = () => CodeAsync(_ => Task.FromResult(PairingCode.New().ToDisplay().Reveal())),
        [RefusalCode.PairingCodeUsed] = () => CodeAsync(async stage =>
        {
            var code = await stage.CodeAsync();
            (await stage.Stranger().TypeAsync(code + "\n", "pair", stage.Url, "--code-stdin")).Expect();
            return code;
        }),
        [RefusalCode.PairingCodeMalformed] = () => CodeAsync(_ => Task.FromResult("abc")),
        [RefusalCode.PairingScopeNotOffered] = () => CodeAsync(stage => stage.CodeAsync("--scopes", "read"), "--scopes", "admin"),
        [RefusalCode.PairingRejected] = RejectedAsync,
        [RefusalCode.PairingRequestNotFound] = () => OwnerAsync("devices", "approve", "r_00000000000000000000000000", "--symbols", "AAAA-AAAA"),
        [RefusalCode.PairingSymbolsRequired] = () => AboutAsync(async stage => [(await stage.WaitingAsync()).Id]),
        [RefusalCode.PairingSymbolsMismatch] = () => AboutAsync(async stage => [(await stage.WaitingAsync()).Id, "--symbols", "AAAA-AAAA"]),
        [RefusalCode.DeviceNameInvalid] = () => ByAsync(stage => Task.FromResult(stage.Stranger()), "pair", "<url>", "--request", "--name", "a\u202eb"),
        [RefusalCode.DeviceNotFound] = () => OwnerAsync("devices", "revoke", "nobody", "--yes"),
        [RefusalCode.AmbiguousName] = AmbiguousAsync,
        [RefusalCode.EndpointUnreachable] = () => ByAsync(stage => Task.FromResult(stage.Stranger()), "pair", "http://127.0.0.1:1", "--request"),
        [RefusalCode.EndpointUrlInvalid] = () => ByAsync(stage => Task.FromResult(stage.Stranger()), "pair", "<address>", "--request"),
        [RefusalCode.NotPaired] = () => ByAsync(stage => Task.FromResult(stage.Stranger()), "status"),
        [RefusalCode.UsageError] = () => OwnerAsync("devices"),
        [RefusalCode.ProfileUnreadable] = ProfileAsync,
        [RefusalCode.GatewayKeyChanged] = KeyChangedAsync,
        [RefusalCode.ControlSocketForeign] = ForeignSocketAsync,
    };

    private static async Task<Provoked> ByAsync(Func<Stage, Task<Person>> take, params string[] typed)
    {
        var stage = await Stage.SetAsync("{}");
        var who = await take(stage);
        var said = await who.RunAsync([.. typed.Select(word => word.Replace("<url>", stage.Url, StringComparison.Ordinal).Replace("<address>", stage.Host.Address.ToString(), StringComparison.Ordinal))]);
        return new Provoked(stage, said.Failure) { Who = who };
    }

    private static Task<Provoked> OwnerAsync(params string[] typed) => ByAsync(stage => Task.FromResult(stage.Owner), typed);

    private static async Task<Provoked> AboutAsync(Func<Stage, Task<string[]>> arguments)
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Owner.RunAsync(["devices", "approve", .. await arguments(stage)])).Failure);
    }

    private static async Task<Provoked> CalledAsync(string method)
    {
        var stage = await Stage.SetAsync("{}");
        await using var owner = await stage.Host.OperatorAsync();
        var answer = await owner.CallAsync(method, System.Text.Json.JsonSerializer.SerializeToElement(1), CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return new Provoked(stage, answer.Error!);
    }

    /// <summary>A process that this process started; here, this process is the daemon.</summary>
    private static async Task<Provoked> ChildAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "status")).Failure);
    }

    private static Person Wrong(Stage stage)
    {
        var person = stage.Stranger();
        person.Variables["NETCLAW_GATEWAY_TOKEN"] = SecretHost.Wrong;
        return person;
    }

    private static Person MadeUp(Stage stage)
    {
        var person = stage.Spawned();
        person.Variables["NETCLAW_TOKEN"] = "made-up";
        return person;
    }

    private static async Task<Provoked> LimitedAsync()
    {
        var stage = await Stage.SetAsync("""{"auth":{"rateLimit":{"maxAttempts":1}}}""");
        var who = Wrong(stage);
        await who.RunAsync("status", "--url", stage.Url);
        return new Provoked(stage, (await who.RunAsync("status", "--url", stage.Url)).Failure) { Who = who };
    }

    private static async Task<Provoked> RotatedAsync()
    {
        var stage = await Stage.SetAsync("""{"auth":{"closeOnRotate":true}}""");
        var (connection, _) = await stage.Host.InAsync(SecretHost.Token(stage.Host.Token()));
        await using var _ = connection;
        (await stage.Owner.RunAsync("auth", "rotate")).Expect();
        return new Provoked(stage, (await connection.Closed.WaitAsync(GatewayHost.Bound)).Error);
    }

    private static async Task<Provoked> RevokedAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var who = await stage.PairedAsync();
        var device = (await who.RunAsync("status")).Expect().Json.GetProperty("you").GetProperty("deviceId").GetString()!;
        (await stage.Owner.RunAsync("devices", "revoke", device, "--yes")).Expect();
        return new Provoked(stage, (await who.RunAsync("status")).Failure) { Who = who };
    }

    private static async Task<Provoked> SpawnAsync(Action<SpawnCredentials, RunId> end)
    {
        var stage = await Stage.SetAsync("{}");
        var who = stage.Spawned();
        end(stage.Host.Service<SpawnCredentials>(), stage.LastRun);
        return new Provoked(stage, (await who.RunAsync("status")).Failure);
    }

    private static async Task<Provoked> CodeAsync(Func<Stage, Task<string>> code, params string[] options)
    {
        var stage = await Stage.SetAsync("{}");
        var who = stage.Stranger();
        return new Provoked(stage, (await who.TypeAsync(await code(stage) + "\n", ["pair", stage.Url, "--code-stdin", .. options])).Failure) { Who = who };
    }

    private static async Task<Provoked> RejectedAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var who = stage.Stranger();
        var waiting = who.RunAsync("pair", stage.Url, "--request");
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        System.Text.Json.JsonElement pending;
        while ((pending = (await stage.Owner.RunAsync("devices", "list")).Expect().Json.GetProperty("pending")).GetArrayLength() == 0)
        {
            await Task.Delay(20, bound.Token);
        }

        (await stage.Owner.RunAsync("devices", "reject", pending[0].GetProperty("requestId").GetString()!)).Expect();
        return new Provoked(stage, (await waiting).Failure) { Who = who };
    }

    private static async Task<Provoked> AmbiguousAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.DeviceAsync();
        await stage.DeviceAsync();
        return new Provoked(stage, (await stage.Owner.RunAsync("devices", "revoke", "d_", "--yes")).Failure);
    }

    private static async Task<Provoked> ProfileAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var who = await stage.PairedAsync();
        Directory.Delete(Path.Combine(who.Home.ClientDirectory, "keys"), recursive: true);
        return new Provoked(stage, (await who.RunAsync("status")).Failure) { Who = who };
    }

    private static async Task<Provoked> KeyChangedAsync()
    {
        await using var former = await Stage.SetAsync("{}");
        var stage = await Stage.SetAsync("{}");
        var who = stage.Stranger();
        (await who.TypeAsync(await former.CodeAsync() + "\n", "pair", former.Url, "--code-stdin")).Expect();
        await File.WriteAllTextAsync(who.Home.Profiles, (await File.ReadAllTextAsync(who.Home.Profiles)).Replace(former.Url, stage.Url, StringComparison.Ordinal));
        return new Provoked(stage, (await who.RunAsync("status")).Failure) { Who = who };
    }

    private static async Task<Provoked> ForeignSocketAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var directory = Path.GetDirectoryName(stage.Host.Home.ControlSocket)!;
        var own = File.GetUnixFileMode(directory);
        File.SetUnixFileMode(directory, own | UnixFileMode.OtherWrite);
        return new Provoked(stage, (await stage.Owner.RunAsync("status")).Failure) 
        {
            MendAsync = () =>
            {
                File.SetUnixFileMode(directory, own);
                return Task.CompletedTask;
            },
        };
    }
}
