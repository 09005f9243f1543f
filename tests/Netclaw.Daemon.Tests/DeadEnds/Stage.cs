using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>A running gateway, the people who use it, and things for their commands to be about.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<IDisposable> _people = [];
    private readonly List<Person> _paired = [];
    private (string Id, string Symbols)? _waiting;
    private GatewayConnection? _asking;
    private readonly List<Action> _atEnd = [];
    private Peer? _lending;
    private Peer? _curious;
    private Task _answering = Task.CompletedTask;
    private int _devices;
    private string? _backup;

    private Stage(GatewayHost host)
    {
        Host = host;
        Url = $"http://{host.Address}";
        Owner = new Person(host.Home);
    }

    public GatewayHost Host { get; }

    /// <summary>Who the kernel says is the owner of the home.</summary>
    public Person Owner { get; }

    public string Url { get; }

    /// <summary>The run of the latest <see cref="Spawned"/>.</summary>
    public RunId LastRun { get; private set; }

    /// <param name="overrides">Null: an agent called main answers everybody at once.</param>
    public static async Task<Stage> SetAsync(string config, Action<IServiceCollection>? overrides = null) => new(await GatewayHost.StartAsync(config, overrides ?? Answering));

    public Person Stranger()
    {
        var person = new Person();
        _people.Add(person);
        return person;
    }

    /// <summary>Pairs as people do: a code from the host, typed in at the device.</summary>
    public async Task<Person> PairedAsync()
    {
        if (_paired is [var already, ..])
        {
            return already;
        }

        var person = Stranger();
        (await person.TypeAsync(await CodeAsync() + "\n", "pair", Url, "--code-stdin")).Expect();
        _paired.Add(person);
        return person;
    }

    public async Task<string> CodeAsync(params string[] options) => (await Owner.RunAsync(["daemon", "pair", .. options])).Expect().Json.GetProperty("code").GetString()!;

    public Person WithToken()
    {
        var person = Stranger();
        person.Variables["NETCLAW_GATEWAY_TOKEN"] = File.ReadAllText(Host.Home.GatewayTokenFile).Trim();
        return person;
    }

    /// <summary>A child of the daemon that was given read and write.</summary>
    /// <param name="scopes">Null: read and write.</param>
    public Person Spawned(ScopeSet? scopes = null)
    {
        var scheduler = new Principal(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "scheduler");
        LastRun = RunId.New();
        var minted = Host.Service<SpawnCredentials>().Mint(new SpawnRequest(LastRun, scheduler, scopes ?? ScopeSet.ReadWrite, TimeSpan.FromMinutes(5), UserId.Current));
        var person = Stranger();
        person.Variables["NETCLAW_URL"] = "unix:" + Host.Home.ControlSocket;
        person.Variables["NETCLAW_TOKEN"] = Assert.IsType<SpawnMint.Minted>(minted).Credential.Reveal();
        return person;
    }

    /// <summary>The id of a request that waits, and the symbols that its device shows.</summary>
    public async Task<(string Id, string Symbols)> WaitingAsync()
    {
        if (_waiting is { } waiting && (await Owner.RunAsync("devices", "list")).Expect().Json.GetProperty("pending").GetArrayLength() > 0)
        {
            return waiting;
        }

        await LetGoAsync();
        var tablet = new TestDevice("tablet");
        _people.Add(tablet);
        _asking = await GatewayHost.OpenAsync(Host.Tcp);
        var requested = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = tablet.Pairing(_asking, step => requested.TrySetResult((PairingStep.Requested)step)).ByRequestAsync(CancellationToken.None)
            .ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        var asked = await requested.Task.WaitAsync(GatewayHost.Bound);
        _waiting = (asked.RequestId.ToString(), asked.Symbols);
        return _waiting.Value;
    }

    /// <summary>The id of a device that is paired: a protocol device, so that it can have a token.</summary>
    public Task<string> DeviceAsync() => PairAsync(Role.Operator, ScopeSet.DeviceDefault, "phone", SilentVia.Local);

    /// <summary>The id of a node that is paired.</summary>
    public Task<string> NodeAsync() => PairAsync(Role.Node, ScopeSet.Empty, "den", SilentVia.Internal);

    /// <summary>The id of a node's request that waits.</summary>
    public async Task<string> AskingNodeAsync()
    {
        Assert.True(DeviceId.TryParse(await NodeAsync(), out var node));
        var asked = Assert.IsType<RegistryReply.SurfaceDeclared>(await Akka.Actor.Futures.Ask<RegistryReply>(
            Registry, new RegistryCommand.DeclareSurface(1, DateTimeOffset.UnixEpoch, node, [], ["device.info"], "127.0.0.1"), GatewayHost.Bound));
        return asked.Request!.Id.ToString();
    }

    /// <summary>The id of a node that is there, lends <c>device.info</c> and answers it.</summary>
    public async Task<string> LendingNodeAsync()
    {
        if (_lending is null)
        {
            var device = new TestDevice("den");
            _people.Add(device);
            _lending = await Peer.NodeAsync(Host, native: true, device, "device.info");
            await Peer.ApproveAsync(Host, _lending.NodeId);
            _answering = Answer(_lending);
        }

        return _lending.NodeId;

        static async Task Answer(Peer node)
        {
            while (await node.NextAsync(NodeInvokeRequestEvent.EventName) is { } asked)
            {
                await node.CallAsync(NodeInvokeResultParams.Method, new System.Text.Json.Nodes.JsonObject { ["id"] = asked.GetProperty("id").GetString(), ["nodeId"] = node.NodeId, ["ok"] = true });
            }
        }
    }

    /// <summary>The id of a program that runs.</summary>
    public async Task<string> RunAsync()
    {
        _curious ??= await Peer.OperatorAsync(Host, native: true);
        var spawned = await _curious.GetAsync(RunsSpawnParams.Method, new System.Text.Json.Nodes.JsonObject
        {
            ["runtime"] = RunsSpawnParams.Command, ["argv"] = new System.Text.Json.Nodes.JsonArray("sleep", "60"),
        });
        return spawned.GetProperty("runId").GetString()!;
    }

    /// <summary>The id of a question that waits for a decision.</summary>
    public async Task<string> QuestionAsync()
    {
        _curious ??= await Peer.OperatorAsync(Host, native: true);
        var asked = await _curious.GetAsync(ExecApprovalRequestParams.Method, new System.Text.Json.Nodes.JsonObject
        {
            ["commandArgv"] = new System.Text.Json.Nodes.JsonArray("/bin/true"), ["twoPhase"] = true,
        });
        return asked.GetProperty("id").GetString()!;
    }

    /// <summary>The key of a conversation that nobody has used.</summary>
    public async Task<string> ConversationAsync()
    {
        var key = ConversationKey.SubagentOf("main", Guid.NewGuid());
        Assert.IsType<ConversationReply.Changed>(await Akka.Actor.Futures.Ask<ConversationReply>(
            Host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.ConversationsKey>(), new ConversationCommand.Begin(1, DateTimeOffset.UnixEpoch, key, null), GatewayHost.Bound));
        return key.ToString();
    }

    /// <summary>A job that is not due.</summary>
    public async Task<string> JobAsync()
    {
        var (job, now) = (CronJobId.New(), DateTimeOffset.UnixEpoch.AddYears(60));
        var spec = new CronJobSpec(
            "tea", new CronScheduleSpec(CronScheduleSpec.AtKind) { At = "2999-01-01T00:00:00Z" }, CronJobSpec.Main, CronJobSpec.Now, new CronPayloadSpec(CronPayloadSpec.SystemEventKind) { Text = "tea is ready" });
        Assert.IsType<CronReply.Changed>(await Akka.Actor.Futures.Ask<CronReply>(
            Host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.CronKey>(), new CronCommand.Add(1, now, job, new CronOwner("test", ScopeSet.All), spec), GatewayHost.Bound));
        return job.ToString();
    }

    private static void Answering(IServiceCollection services) => services.AddSingleton<IAgents>(new ScriptedAgents("main") { AtOnce = turn => new AgentOutcome.Completed(turn.Prompt, "stop", null) });

    private Akka.Actor.IActorRef Registry => Host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.DeviceRegistryKey>();

    private async Task<string> PairAsync(Role role, ScopeSet scopes, string name, SilentVia via)
    {
        var raw = new byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(raw, ++_devices);
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, raw, out var key));
        Assert.IsType<RegistryReply.Paired>(await Akka.Actor.Futures.Ask<RegistryReply>(Registry, new RegistryCommand.PairSilently(
            _devices, DateTimeOffset.UnixEpoch, key, role, scopes, name, null, via, "test", "127.0.0.1"), GatewayHost.Bound));
        return key.DeviceId.ToString();
    }

    /// <summary>An archive of this gateway, made when it is first asked for: before its home breaks.</summary>
    public async Task<string> BackupAsync() =>
        _backup ??= (await Owner.ProcessAsync(null, "backup", "create")).Expect().Json.GetProperty("file").GetString()!;

    /// <summary>A file with the token of a device of an earlier gateway, which was imported when it is called phone.</summary>
    public async Task<string> LegacyTokenFileAsync(string name = "phone")
    {
        var earlier = new Importing.EarlierGateway();
        AtEnd(earlier.Dispose);
        (await Owner.RunAsync("import", earlier.WithDevices(false, "phone").Devices)).Expect();
        return earlier.TokenFile(name);
    }

    /// <summary>All that was handed to people.</summary>
    public IEnumerable<string> Secrets => _people.OfType<Person>().SelectMany(person => person.Variables).Where(variable => variable.Key.EndsWith("TOKEN", StringComparison.Ordinal))
        .Select(variable => variable.Value);

    public void AtEnd(Action cleanUp) => _atEnd.Add(cleanUp);

    /// <summary>Ends a daemon that somebody started as a process on this home meanwhile.</summary>
    public async Task StopStartedAsync()
    {
        if (Host.IsStopped)
        {
            await Owner.ProcessAsync(null, "down", "--force");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await LetGoAsync();
        await (_lending?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_curious?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _answering.WaitAsync(GatewayHost.Bound).ContinueWith(_ => { }, TaskScheduler.Default);
        await Host.DisposeAsync();
        _people.ForEach(person => person.Dispose());
        _atEnd.ForEach(cleanUp => cleanUp());
    }

    private async Task LetGoAsync()
    {
        if (_asking is not null)
        {
            await _asking.DisposeAsync();
            _asking = null;
        }
    }
}
