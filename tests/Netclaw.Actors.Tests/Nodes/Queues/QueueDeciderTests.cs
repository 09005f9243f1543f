using System.Collections.Immutable;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;
using static Netclaw.Actors.Tests.Nodes.Queues.QueueCodecTests;

namespace Netclaw.Actors.Tests.Nodes.Queues;

public sealed class QueueDeciderTests
{
    private QueueState _state = QueueState.Empty;
    private DateTimeOffset _now = Start;

    [Fact]
    public void ADrain_TakesTheUrgentFirst_AndWhatItTookIsGone()
    {
        Queue(1, high: false);
        Queue(2, high: true);
        Queue(3, high: false);

        var first = Drain(2);
        Assert.Equal((4L, true), (first.Revision, first.HasMore));
        Assert.Equal([Queued(2), Queued(1)], first.Items.Select(item => item.Id));
        Assert.Equal([Queued(3)], Drain(10).Items.Select(item => item.Id));
        Assert.Equal((5L, 0), (Drain(10).Revision, Drain(10).Items.Length));
    }

    [Fact]
    public void WhatHasRunOut_IsNotGivenOut_AndMakesRoom()
    {
        for (var i = 1; i <= NodeQueue.Most; i++)
        {
            Queue(i, high: false);
        }

        Assert.Equal(RefusalCode.NodeBusy, Assert.IsType<QueueReply.Refused>(Do(Item(100))).Code);
        _now += TimeSpan.FromHours(1);
        Assert.IsType<QueueReply.Queued>(Do(Item(101)));
        Assert.Equal([Queued(101)], Drain(10).Items.Select(item => item.Id));
    }

    [Fact]
    public void WhatWasMeantForAnEarlierPairing_IsNotGivenOut()
    {
        Queue(1, high: false);
        _now += TimeSpan.FromMinutes(1);

        Assert.Empty(Assert.IsType<QueueReply.Drained>(Do(new QueueCommand.Drain(1, _now, Id(1), _now, 10))).Items);
    }

    [Fact]
    public void Actions_StayUntilAcknowledged_OrTenMinutesOld()
    {
        Do(new QueueCommand.QueueAction(1, _now, Id(1), new QueuedAction(Queued(1), "camera.snap", _now)));
        Do(new QueueCommand.QueueAction(2, _now, Id(1), new QueuedAction(Queued(2), "camera.snap", _now)));
        Assert.Equal(2, Pull().Length);
        Assert.Empty(Pull(device: 2));

        var acked = Assert.IsType<QueueReply.Acked>(Do(new QueueCommand.Ack(3, _now, Id(1), Start, [Queued(1), Queued(9)])));
        Assert.Equal<QueuedId>([Queued(1)], acked.Ids);
        Assert.Equal(1, acked.Remaining);
        Assert.Equal([Queued(2)], Pull().Select(action => action.Id));
        _now += QueuedAction.Lifetime;
        Assert.Empty(Pull());
    }

    private void Queue(int number, bool high) => Assert.IsType<QueueReply.Queued>(Do(Item(number, high)));

    private QueueCommand.Queue Item(int number, bool high = false) => new(1, _now, Id(1), Start, new QueuedItem(Queued(number), "status.request", high, _now, _now.AddHours(1)));

    private QueueReply.Drained Drain(int most) => Assert.IsType<QueueReply.Drained>(Do(new QueueCommand.Drain(1, _now, Id(1), Start, most)));

    private ImmutableArray<QueuedAction> Pull(int device = 1) => Assert.IsType<QueueReply.Pulled>(Do(new QueueCommand.Pull(1, _now, Id(device), Start))).Actions;

    private QueueReply Do(QueueCommand command)
    {
        var (happened, reply) = QueueDecider.Decide(command, _state);
        _state = happened is null ? _state : _state.Apply(happened);
        Assert.Equal(command.CommandId, reply.CommandId);
        return reply;
    }
}
