using System.Collections.Immutable;
using Netclaw.Actors.Approvals;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Approvals;

public sealed class ApprovalTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SessionId Session = SessionId.New();
    private static readonly Waiter Operator = new(SessionId.New(), 1);

    private readonly ApprovalTable _table = new();
    private long _calls;

    [Theory]
    [InlineData(ApprovalDecision.Deny)]
    [InlineData(ApprovalDecision.AllowOnce)]
    [InlineData(ApprovalDecision.AllowAlways)]
    public void ADecision_IsRecordedFirst_ThenToldToTheNode(ApprovalDecision decision)
    {
        var asked = Ask();

        Assert.Equal<ApprovalEffect>(
            [
                new ApprovalEffect.Conclude(asked, decision, ApprovalEnd.Decided, "laptop"),
                new ApprovalEffect.Answer(asked.Waiter, decision),
                new ApprovalEffect.Accept(Operator),
            ],
            Resolve(asked, Start, decision));
        Assert.Null(_table.NextDue);
        Assert.Empty(_table.Pending(Start));
    }

    [Fact]
    public void ASecondDecision_ChangesNothing()
    {
        var asked = Ask();
        Resolve(asked, Start, ApprovalDecision.Deny);

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound)], Resolve(asked, Start, ApprovalDecision.AllowAlways));
    }

    [Fact]
    public void ADecision_AtTheDeadline_ComesTooLate_EvenWhenNoTimerHasFired()
    {
        var asked = Ask();
        var deadline = Start + asked.Timeout;
        Assert.Equal(deadline, _table.NextDue);
        Assert.Empty(_table.Pending(deadline));

        Assert.Equal<ApprovalEffect>(
            [
                new ApprovalEffect.Conclude(asked, ApprovalDecision.Deny, ApprovalEnd.TimedOut, null),
                new ApprovalEffect.Answer(asked.Waiter, ApprovalDecision.Deny),
                new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound),
            ],
            Resolve(asked, deadline, ApprovalDecision.AllowOnce));
    }

    [Fact]
    public void ANode_DoesNotDecideWhatItAskedFor()
    {
        var asked = Ask();

        Assert.Equal<ApprovalEffect>(
            [new ApprovalEffect.Refuse(Operator, ApprovalRefusal.OwnRequest)],
            _table.Step(new ApprovalInput.Resolved(Start, Operator, asked.Node, asked.Id, ApprovalDecision.AllowOnce)));
        Assert.Equal<ApprovalRequest>([asked], _table.Pending(Start));
    }

    [Fact]
    public void ANodeThatLeft_IsDenied_AndNotAnswered()
    {
        var asked = Ask();

        Assert.Equal<ApprovalEffect>(
            [new ApprovalEffect.Conclude(asked, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, null)],
            _table.Step(new ApprovalInput.CallerGone(Start, asked.Waiter)));
        Assert.Empty(_table.Step(new ApprovalInput.CallerGone(Start, asked.Waiter)));
        Assert.Empty(_table.Step(new ApprovalInput.Due(Start + asked.Timeout)));
    }

    [Fact]
    public void ANodeThatAsksTooMuch_IsRefused_AndOthersAreNot()
    {
        for (var i = 0; i < ApprovalTable.MostPerNode; i++)
        {
            Ask();
        }

        var over = Request("garage");
        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(over.Waiter, ApprovalRefusal.TooMany)], _table.Step(new ApprovalInput.Requested(Start, over)));
        Assert.Equal("attic", Ask("attic").Node);
    }

    [Fact]
    public void WhatNobodyCanReadWhole_IsNotAsked()
    {
        ApprovalRequest[] unreadable =
        [
            Request("garage") with { Command = [] },
            Request("garage") with { Command = [""] },
            Request("garage") with { Command = ["/bin/echo", new string('x', ApprovalRequest.LongestText)] },
            Request("garage") with { Command = [.. Enumerable.Repeat("x", ApprovalRequest.MostArguments + 1)] },
        ];

        Assert.All(unreadable, request => Assert.Equal<ApprovalEffect>(
            [new ApprovalEffect.Refuse(request.Waiter, ApprovalRefusal.Unreadable)], _table.Step(new ApprovalInput.Requested(Start, request))));
    }

    [Fact]
    public void NobodyWaits_LongerThanTheLongestTimeout()
    {
        _table.Step(new ApprovalInput.Requested(Start, Request("garage") with { Timeout = TimeSpan.MaxValue }));

        Assert.Equal(Start + ApprovalRequest.LongestTimeout, _table.NextDue);
    }

    private ApprovalRequest Ask(string node = "garage")
    {
        var request = Request(node);
        var announced = Assert.IsType<ApprovalEffect.Announce>(Assert.Single(_table.Step(new ApprovalInput.Requested(Start, request))));
        Assert.Equal(request, announced.Request);
        return request;
    }

    private ApprovalRequest Request(string node) => new(ApprovalId.New(), node, ["/bin/echo", "hello"], "/srv", new Waiter(Session, ++_calls), TimeSpan.FromMinutes(2));

    private ImmutableArray<ApprovalEffect> Resolve(ApprovalRequest asked, DateTimeOffset now, ApprovalDecision decision) =>
        _table.Step(new ApprovalInput.Resolved(now, Operator, "laptop", asked.Id, decision));
}
