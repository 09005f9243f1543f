using System.Collections.Immutable;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Nodes.Invoking.InvokeSamples;

namespace Netclaw.Actors.Tests.Nodes.Invoking;

public sealed class InvokeTableTests
{
    private readonly InvokeTable _table = new();
    private DateTimeOffset _now = Start;

    [Fact]
    public void AnInvocation_IsAsked_AndItsAnswerGoesToWhoeverAsked()
    {
        Assert.Equal<InvokeEffect>([new InvokeEffect.Ask(Request(1))], Invoke(Request(1)));

        Assert.Equal<InvokeEffect>([new InvokeEffect.Accept(OfNode(7)), new InvokeEffect.Answer(new Waiter(Caller, 1), Done)], Answer(1));
        Assert.Equal(0, _table.Open);
    }

    [Fact]
    public void TheSameKey_WhileItIsOpen_Joins_AndBothHearTheOneAnswer()
    {
        Invoke(Request(1));
        Assert.Empty(Invoke(Request(2, session: Other)));

        Assert.Equal([new Waiter(Caller, 1), new Waiter(Other, 2)], Answer(1).OfType<InvokeEffect.Answer>().Select(answer => answer.To));
    }

    [Fact]
    public void TheSameKey_Afterwards_GetsTheSameAnswer_AndIsForgottenInTime()
    {
        Invoke(Request(1));
        Answer(1);
        _now += AnsweredInvokes.Kept - TimeSpan.FromSeconds(1);
        Assert.Equal<InvokeEffect>([new InvokeEffect.Answer(new Waiter(Caller, 2), Done)], Invoke(Request(2)));

        _now += TimeSpan.FromSeconds(1);
        Assert.IsType<InvokeEffect.Ask>(Assert.Single(Invoke(Request(3))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheSameKey_WithOtherParams_IsRefused(bool answered)
    {
        Invoke(Request(1));
        if (answered)
        {
            Answer(1);
        }

        Assert.Equal("invalid_request", Refusal(Invoke(Request(2, digest: "d2"))));
    }

    [Fact]
    public void TheSameKey_OfAnotherCaller_IsAnotherInvocation()
    {
        Invoke(Request(1));

        Assert.IsType<InvokeEffect.Ask>(Assert.Single(Invoke(Request(2, caller: "bert", session: Other))));
    }

    [Fact]
    public void AnAnswer_ThatIsNotKeptAnyMore_IsNotTakenForANewInvocation()
    {
        Invoke(Request(1));
        Answer(1, bytes: AnsweredInvokes.MostBytes);
        Invoke(Request(2, key: "k2"));
        Answer(2, bytes: 1);

        Assert.Equal("invalid_request", Refusal(Invoke(Request(3))));
        Assert.Equal<InvokeEffect>([new InvokeEffect.Answer(new Waiter(Caller, 4), Done)], Invoke(Request(4, key: "k2")));
    }

    [Fact]
    public void ANode_ThatHasMuchOpen_IsAskedNothingFurther_UntilSomethingEnds()
    {
        for (var i = 1; i <= InvokeTable.MostPerNode; i++)
        {
            Assert.IsType<InvokeEffect.Ask>(Assert.Single(Invoke(Request(i, key: $"k{i}"))));
        }

        Assert.Equal("node_busy", Refusal(Invoke(Request(100, key: "k100"))));
        Assert.IsType<InvokeEffect.Ask>(Assert.Single(Invoke(Request(101, key: "k101", node: "loft"))));
        Answer(1);
        Assert.IsType<InvokeEffect.Ask>(Assert.Single(Invoke(Request(102, key: "k102"))));
    }

    [Fact]
    public void ANode_ThatGoes_IsAnsweredForAtOnce_AndAsHavingBeenAsked()
    {
        Invoke(Request(1));
        var answer = Assert.IsType<InvokeEffect.Answer>(Assert.Single(_table.Step(new InvokeInput.NodeGone(_now, Node))));

        Assert.Equal("node_not_connected", answer.Response.Error!.Code);
        Assert.True(answer.Response.Error.Details!.Value.GetProperty("nodeCommandDispatched").GetBoolean());
    }

    [Fact]
    public void Time_EndsIt_TellsTheNode_AndDropsWhatComesThen()
    {
        Invoke(Request(1, seconds: 5));
        Assert.Equal(_now + TimeSpan.FromSeconds(5), _table.NextDue);
        _now += TimeSpan.FromSeconds(5);
        var effects = _table.Step(new InvokeInput.Due(_now));

        Assert.Equal(new InvokeEffect.Stop(Node, "den", Id(1)), effects[0]);
        Assert.Equal("node_invoke_timed_out", ((InvokeEffect.Answer)effects[1]).Response.Error!.Code);
        Assert.Equal<InvokeEffect>([new InvokeEffect.Accept(OfNode(7))], Answer(1));
    }

    [Fact]
    public void TheLastWhoWaits_Goes_AndTheNodeIsToldToStop()
    {
        Invoke(Request(1));
        Invoke(Request(2, session: Other));
        Assert.Empty(_table.Step(new InvokeInput.CallerGone(_now, new Waiter(Caller, 1))));

        Assert.Equal<InvokeEffect>([new InvokeEffect.Stop(Node, "den", Id(1))], _table.Step(new InvokeInput.CallerGone(_now, new Waiter(Other, 2))));
        Assert.Equal<InvokeEffect>([new InvokeEffect.Accept(OfNode(7))], Answer(1));
    }

    [Fact]
    public void ACaller_GivesUpItsOwn_AndNobodyElses()
    {
        Invoke(Request(1));
        Assert.Equal("invalid_request", Refusal(_table.Step(new InvokeInput.GivenUp(_now, new Waiter(Other, 9), "bert", "den", "k1"))));

        var effects = _table.Step(new InvokeInput.GivenUp(_now, new Waiter(Caller, 9), "anna", "den", "k1"));
        Assert.Equal<InvokeEffect>([new InvokeEffect.Accept(new Waiter(Caller, 9)), new InvokeEffect.Stop(Node, "den", Id(1))], effects[..2]);
        Assert.Equal("node_invoke_cancelled", ((InvokeEffect.Answer)effects[2]).Response.Error!.Code);
    }

    [Fact]
    public void ANode_AnswersOnlyWhatItWasAsked()
    {
        Invoke(Request(1));

        Assert.Equal("invalid_request", Refusal(_table.Step(new InvokeInput.Answered(_now, OfNode(7), "loft", Id(1), Done, 0))));
        Assert.Equal("invalid_request", Refusal(_table.Step(new InvokeInput.Progressed(_now, OfNode(8), "loft", Id(1), 0, "x"))));
        Assert.Equal("invalid_request", Refusal(Answer(99)));
        Assert.Equal(1, _table.Open);
    }

    [Fact]
    public void Progress_GoesOnOnce_InOrder_ToEveryConnectionThatWaits()
    {
        Invoke(Request(1));
        Invoke(Request(2));
        Invoke(Request(3, session: Other));

        Assert.Equal<InvokeEffect>(
            [new InvokeEffect.Accept(OfNode(7)), new InvokeEffect.Show(Caller, "den", Id(1), "k1", 4, "half"), new InvokeEffect.Show(Other, "den", Id(1), "k1", 4, "half")], Progress(4));
        Assert.Equal<InvokeEffect>([new InvokeEffect.Accept(OfNode(7))], Progress(4));
        Assert.Equal<InvokeEffect>([new InvokeEffect.Accept(OfNode(7))], Progress(3));
    }

    [Fact]
    public void Input_GoesToTheNode_OfTheCallersOwnOpenInvocation()
    {
        Invoke(Request(1));
        Assert.Equal<InvokeEffect>(
            [new InvokeEffect.Accept(new Waiter(Caller, 9)), new InvokeEffect.Feed(Node, "den", Id(1), 2, "{}")],
            _table.Step(new InvokeInput.Fed(_now, new Waiter(Caller, 9), "anna", "den", "k1", 2, "{}")));

        Answer(1);
        Assert.Equal("invalid_request", Refusal(_table.Step(new InvokeInput.Fed(_now, new Waiter(Caller, 9), "anna", "den", "k1", 2, "{}"))));
    }

    private ImmutableArray<InvokeEffect> Invoke(InvokeRequest request) => _table.Step(new InvokeInput.Invoked(_now, request));

    private ImmutableArray<InvokeEffect> Answer(int number, int bytes = 10) => _table.Step(new InvokeInput.Answered(_now, OfNode(7), "den", Id(number), Done, bytes));

    private ImmutableArray<InvokeEffect> Progress(long seq) => _table.Step(new InvokeInput.Progressed(_now, OfNode(7), "den", Id(1), seq, "half"));

    private static string Refusal(ImmutableArray<InvokeEffect> effects) => Assert.IsType<InvokeEffect.Answer>(Assert.Single(effects)).Response.Error!.Code;
}
