using System.Collections.Concurrent;
using System.Threading.Channels;
using Netclaw.Actors.Spawning;

namespace Netclaw.Actors.Tests.Spawning;

/// <summary>Programs that end when the test says how.</summary>
internal sealed class ScriptedPrograms : IChildPrograms
{
    private readonly Channel<ScriptedProgram> _started = Channel.CreateUnbounded<ScriptedProgram>();

    public ConcurrentQueue<ChildStart> Starts { get; } = new();

    public async Task<ChildEnd> RunAsync(ChildStart start, CancellationToken cancellation)
    {
        var program = new ScriptedProgram(start);
        Starts.Enqueue(start);
        await _started.Writer.WriteAsync(program, CancellationToken.None);
        await using var cancelled = cancellation.Register(() => program.End(new ChildEnd(null, false, true, "", "", "cancelled")));
        return await program.Ended;
    }

    public async Task<ScriptedProgram> NextAsync() => await _started.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
}

internal sealed class ScriptedProgram(ChildStart start)
{
    private readonly TaskCompletionSource<ChildEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChildStart Start => start;

    public Task<ChildEnd> Ended => _ended.Task;

    public void End(ChildEnd how) => _ended.TrySetResult(how);

    public void Exit(int code, string output = "") => End(new ChildEnd(code, false, false, output, "", null));
}

/// <summary>Everything may be started in /work and nowhere else.</summary>
internal sealed class OneSpawnPlace : ISpawnPlace
{
    public uint OwnUser => 1000;

    public string AddressFor(uint user) => user == OwnUser ? "unix:/home/owner/run/control.sock" : "http://127.0.0.1:5199";

    public (string? Directory, string? Problem) For(string? asked) => asked is null or "/work" ? ("/work", null) : (null, $"{asked} is outside of /work (spawn.roots)");
}
