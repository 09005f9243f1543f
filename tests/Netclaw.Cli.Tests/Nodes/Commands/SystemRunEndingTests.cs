using System.Text.Json;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

/// <summary>Nothing that was started outlives its call: each script holds a named pipe open, whose end comes when the last of its processes is gone.</summary>
public sealed class SystemRunEndingTests : IDisposable
{
    private const string Lent = """{"allow":[["sh"]]}""";

    private readonly LentHome _home = new();

    [Fact]
    public Task EndsTheWholeGroup_WhenCancelled() => EndsWhenCancelledAsync("exec 3>PIPE; sleep 1000 & echo ready >&3; wait");

    [Fact]
    public Task EndsByForce_WhoIgnoresTheRequest() =>
        EndsWhenCancelledAsync("trap '' TERM; exec 3>PIPE; (sleep 1000; sleep 1000) & echo ready >&3; wait; sleep 1000");

    [Fact]
    public async Task EndsTheWholeGroup_WhenItsTimeIsOver()
    {
        var (pipe, time) = (_home.Pipe("pipe"), new CalledTime());
        var script = Script($"trap '' TERM; echo begun; exec 3>{pipe}; sleep 1000 & echo ready >&3; wait; sleep 1000");
        var running = LentHome.DoneAsync(new SystemRun(_home.Rules(Lent), null, time), script.GetRawText());
        using var reader = await OpenAsync(pipe);
        Assert.Equal("ready", await reader.ReadLineAsync().WaitAsync(LentHome.Patience));

        time.Call();

        var answer = await running;
        Assert.Equal("", await reader.ReadToEndAsync().WaitAsync(LentHome.Patience));
        Assert.True(answer.GetProperty("timedOut").GetBoolean());
        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("exitCode").ValueKind);
        Assert.Equal("begun\n", answer.GetProperty("stdout").GetString());
        Assert.Contains("30000 ms", answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task EndsWhoIsLeftBehind_AndHoldsTheOutput()
    {
        var pipe = _home.Pipe("pipe");
        var running = LentHome.DoneAsync(Shell(), Script($"exec 3>{pipe}; sleep 1000 & echo done").GetRawText());
        using var reader = await OpenAsync(pipe);

        var answer = await running;

        Assert.Equal("", await reader.ReadToEndAsync().WaitAsync(LentHome.Patience));
        Assert.Equal("done\n", answer.GetProperty("stdout").GetString());
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Contains("left others", answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task WaitsForNobody_WhoLeftTheGroupWithTheOutput()
    {
        var (begun, over) = (_home.Pipe("begun"), _home.Pipe("over"));
        var running = LentHome.DoneAsync(Shell(), Script($"setsid sh -c 'echo begun >{begun}; read line <{over}' & echo done; read line <{_home.Pipe("go")}").GetRawText());
        using (var reader = await OpenAsync(begun))
        {
            Assert.Equal("begun", await reader.ReadLineAsync().WaitAsync(LentHome.Patience));
        }

        await WriteAsync(Path.Combine(_home.Root, "go"));
        Assert.Equal("done\n", (await running).GetProperty("stdout").GetString());

        await WriteAsync(over);
    }

    [Fact]
    public async Task StartsNothing_WhenItIsCancelledAlready()
    {
        var mark = Path.Combine(_home.Root, "mark");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Shell().RunAsync(Script($"touch {mark}"), new CancellationToken(canceled: true)).WaitAsync(LentHome.Patience));

        Assert.False(File.Exists(mark));
    }

    public void Dispose() => _home.Dispose();

    /// <summary>Opening a pipe waits for its other side.</summary>
    /// <summary>Nobody holds the pipe any more once it is over.</summary>
    private async Task EndsWhenCancelledAsync(string script)
    {
        var pipe = _home.Pipe("pipe");
        using var cancellation = new CancellationTokenSource();
        var running = Shell().RunAsync(Script(script.Replace("PIPE", pipe, StringComparison.Ordinal)), cancellation.Token);
        using var reader = await OpenAsync(pipe);
        Assert.Equal("ready", await reader.ReadLineAsync().WaitAsync(LentHome.Patience));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(LentHome.Patience));
        Assert.Equal("", await reader.ReadToEndAsync().WaitAsync(LentHome.Patience));
    }

    private static Task<StreamReader> OpenAsync(string pipe) => Task.Run(() => new StreamReader(pipe)).WaitAsync(LentHome.Patience);

    private static Task WriteAsync(string pipe) => Task.Run(() =>
    {
        using var stream = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write("\n"u8);
    }).WaitAsync(LentHome.Patience);

    private static JsonElement Script(string script) => JsonSerializer.SerializeToElement(new { command = new[] { "sh", "-c", script } });

    private SystemRun Shell() => new(_home.Rules(Lent), null, TimeProvider.System);
}
