using System.Text.Json;
using Netclaw.Daemon.Transports;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Transports;

public sealed class OutboundQueueTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly List<string> _written = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _overflows;

    [Fact]
    public async Task WritesOneAfterTheOther_HoweverManyThreadsAdd()
    {
        var queue = new OutboundQueue(WriteAsync, () => _overflows++);
        for (var i = 0; i < 1000; i++)
        {
            queue.Add(Event($"e{i}"));
        }

        queue.Add(new Outbound.End());
        await _done.Task.WaitAsync(Bound);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"e{i}").Append("end"), _written);
    }

    [Fact]
    public async Task TakesNothing_AfterTheEnd()
    {
        var queue = new OutboundQueue(WriteAsync, () => _overflows++);
        queue.Add(new Outbound.End());
        queue.Add(Event("late"));
        await _done.Task.WaitAsync(Bound);

        Assert.Equal(["end"], _written);
    }

    [Fact]
    public void GivesUpOnAClientThatDoesNotRead_OnceTheBufferIsFull()
    {
        var stuck = new TaskCompletionSource();
        var queue = new OutboundQueue(_ => new ValueTask(stuck.Task), () => _overflows++);
        var large = JsonSerializer.SerializeToElement(new string('x', 10 * 1024 * 1024));
        for (var i = 0; i < 4; i++)
        {
            queue.Add(new Outbound.Event("e", large));
        }

        Assert.Equal(0, _overflows);
        for (var i = 0; i < 4; i++)
        {
            queue.Add(new Outbound.Event("e", large));
        }

        Assert.Equal(1, _overflows);
    }

    private static Outbound.Event Event(string name) => new(name, JsonSerializer.SerializeToElement(1));

    private async ValueTask WriteAsync(Outbound item)
    {
        await Task.Yield();
        _written.Add(item is Outbound.Event said ? said.Name : "end");
        if (item is Outbound.End)
        {
            _done.TrySetResult();
        }
    }
}
