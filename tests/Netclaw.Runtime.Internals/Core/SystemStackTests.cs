using Akka.Dispatch.SysMsg;

namespace Netclaw.Runtime.Internals.Core;

public sealed class SystemStackTests
{
    [Fact]
    public void TakesAll_InTheOrderPushed()
    {
        var stack = default(SystemStack);
        SystemMessage[] messages = [new Suspend(), new Terminate(), new Suspend()];
        Assert.All(messages, message => Assert.True(stack.TryPush(message)));
        Assert.Equal(messages, Walk(stack.TakeAll()));
        Assert.Null(stack.TakeAll());
    }

    [Fact]
    public void Closed_TakesNoMore_AndReturnsTheRest()
    {
        var stack = default(SystemStack);
        var last = new Suspend();
        stack.TryPush(last);
        Assert.Same(last, stack.Close());
        Assert.False(stack.TryPush(new Suspend()));
        Assert.Null(stack.Close());
    }

    [Fact]
    public async Task LosesNothing_WhenManyPushWhileOneTakes()
    {
        const int Writers = 4, Each = 20_000;
        var box = new Box();
        var taken = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                box.Stack.TryPush(new Suspend());
        })));
        while (!writing.IsCompleted)
        {
            taken += Walk(box.Stack.TakeAll()).Count;
            await Task.Yield();
        }

        taken += Walk(box.Stack.TakeAll()).Count;
        Assert.Equal(Writers * Each, taken);
    }

    private static List<SystemMessage> Walk(SystemMessage? first)
    {
        var all = new List<SystemMessage>();
        for (var each = first; each is not null; each = each.Next)
            all.Add(each);
        return all;
    }

    private sealed class Box
    {
        public SystemStack Stack;
    }
}
