using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Agents;
using Netclaw.Daemon.Agents.Acp;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Spawning;
using Netclaw.Protocol;
using Netclaw.Protocol.Processes;
using static Netclaw.Daemon.Tests.Agents.AcpScene;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Agents that ask the gateway more than they read: real processes, real pipes.</summary>
public sealed class AcpAskerTests : IDisposable
{
    private const int FileBytes = 4 * 1024 * 1024;

    private readonly AcpScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("fs/read_text_file", AcpOutbox.MostWaitingBytes / FileBytes)] // each answer alone is more than the pipe holds
    [InlineData("terminal/create", AcpOutbox.MostWaiting + 2_000)] // small refusals, some of which the pipe holds
    public async Task AnAgentThatAsksWithoutReading_IsServedABoundedNumber_AndNotHeardAnyMore(string method, int most)
    {
        using var group = ProcessGroup.Start("/bin/sh", ["-c", Endlessly(method)], ChildEnvironment.With([]), _scene.Place, withInput: true);
        var client = new CountingClient(new AcpFiles(new ProgramOptions { Command = ["/bin/sh"], Roots = [_scene.Place] }));
        using var outbox = new AcpOutbox(group.Input, TimeSpan.FromSeconds(1), TimeProvider.System);
        var peer = new AcpPeer(outbox, new MessageLines(group.Output, new HandedValues()), client);

        var asked = peer.RequestAsync("initialize", [], CancellationToken.None);
        var reading = peer.ReadAsync(CancellationToken.None);
        var stopped = await Assert.ThrowsAsync<InvalidDataException>(() => asked.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading;

        Assert.Equal("it asked more and more, and read no answer for 1 s", stopped.Message);
        Assert.InRange(client.Served, 1, most);
        await group.EndAsync(TimeProvider.System);
    }

    [Fact]
    public async Task AnAgentThatAsksWithoutReading_IsEnded_AndTheTurnSaysWhy()
    {
        _scene.ReadPatience = TimeSpan.FromSeconds(1);
        var agent = _scene.Agent([Hello, Opens, "echo $$ > pid", Says("One moment"), Endlessly("fs/read_text_file")], new ProgramOptions { Roots = [_scene.Place] });

        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(agent));

        Assert.Equal((RefusalCode.AgentFailed, "One moment"), (failed.Code, failed.Text));
        Assert.Equal("The agent bob (/bin/sh) was stopped: it asked more and more, and read no answer for 1 s.", failed.Message);
        Assert.False(_scene.Lives("pid"));
    }

    [Fact]
    public async Task AnAgentThatReadsLate_IsServedAllTheSame()
    {
        const int Requests = AcpOutbox.MostWaiting + 2_000; // more than may wait and the pipe holds
        var agent = _scene.Agent(
        [
            Hello, Opens,
            string.Create(CultureInfo.InvariantCulture, $"(i=0; while [ $i -lt {Requests} ]; do {Asks("terminal/create")}; i=$((i+1)); done) &"),
            string.Create(CultureInfo.InvariantCulture, $"i=0; while [ $i -lt {Requests} ]; do read -r answer; i=$((i+1)); done; wait"),
            Says("All heard."), Ends(),
        ]);

        Assert.Equal("All heard.", Assert.IsType<AgentOutcome.Completed>(await _scene.RunAsync(agent)).Text);
    }

    [Fact]
    public async Task ManySmallLines_AreCutOff_WhereTheTurnsBoundIs()
    {
        var lines = string.Concat(Enumerable.Repeat("{\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n", 1_000));
        var output = new MessageLines(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(lines)), new HandedValues(), mostBytes: 20_000);

        var stopped = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            while (await output.ReadAsync(CancellationToken.None) is not null)
            {
            }
        });

        Assert.Equal("it wrote more than 20000 bytes", stopped.Message);
    }

    private string Endlessly(string method) => $"while {Asks(method)}; do :; done";

    private string Asks(string method)
    {
        var file = Path.Combine(_scene.Place, "large");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, new string('a', FileBytes));
        }

        return $$$"""echo '{"jsonrpc":"2.0","id":"q","method":"{{{method}}}","params":{"sessionId":"s-1","path":"{{{file}}}"}}'""";
    }

    private sealed class CountingClient(AcpFiles files) : IAcpClient
    {
        public int Served { get; private set; }

        public Task<JsonNode?> ServeAsync(string method, JsonElement parameters, CancellationToken cancellation)
        {
            Served++;
            return AcpFiles.Serves(method) ? Task.FromResult<JsonNode?>(files.Serve(method, parameters)) : throw new RpcException(Rpc.MethodNotFound, "there is none");
        }

        public void Hear(string method, JsonElement parameters)
        {
        }
    }
}
