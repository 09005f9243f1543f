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
    public void ADecision_IsRecordedFirst_ThenToldToWhoeverAsked(ApprovalDecision decision)
    {
        var (asked, by) = Ask();
        var ended = Ended(asked, Start, decision, ApprovalEnd.Decided, "laptop");

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Conclude(asked, ended), new ApprovalEffect.Answer(by, ended), new ApprovalEffect.Accept(Operator, ended)], Resolve(asked, Start, decision));
        Assert.Null(_table.NextDue);
        Assert.Empty(_table.Pending(Start));
    }

    [Fact]
    public void ASecondDecision_ChangesNothing_AndHearsWhatTheFirstWas()
    {
        var (asked, _) = Ask();
        Resolve(asked, Start, ApprovalDecision.Deny);

        var refused = Assert.IsType<ApprovalEffect.Refuse>(Assert.Single(Resolve(asked, Start, ApprovalDecision.AllowAlways)));
        Assert.Equal((ApprovalRefusal.NotFound, ApprovalDecision.Deny, "laptop"), (refused.Why, refused.Was!.Decision, refused.Was.By));
    }

    [Fact]
    public void ADecision_AtTheDeadline_ComesTooLate_EvenWhenNoTimerHasFired()
    {
        var (asked, by) = Ask();
        Assert.Equal(asked.Deadline, _table.NextDue);
        Assert.Empty(_table.Pending(asked.Deadline));
        Assert.Null(_table.Find(asked.Request.Id, asked.Deadline));
        var ended = Ended(asked, asked.Deadline, ApprovalDecision.Deny, ApprovalEnd.TimedOut, null);

        Assert.Equal<ApprovalEffect>(
            [new ApprovalEffect.Conclude(asked, ended), new ApprovalEffect.Answer(by, ended), new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound, ended)],
            Resolve(asked, asked.Deadline, ApprovalDecision.AllowOnce));
    }

    [Theory]
    [InlineData(ApprovalDecision.AllowOnce)]
    [InlineData(ApprovalDecision.AllowAlways)]
    public void WhoeverAsks_DoesNotAllowIt(ApprovalDecision decision)
    {
        var (asked, _) = Ask();

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.OwnRequest)], Resolve(asked, Start, decision, "garage"));
        Assert.Equal<OpenApproval>([asked], _table.Pending(Start));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhoeverAsks_TakesItBack(bool mayDecide)
    {
        var (asked, by) = Ask();
        var ended = Ended(asked, Start, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, null);

        Assert.Equal<ApprovalEffect>(
            [new ApprovalEffect.Conclude(asked, ended), new ApprovalEffect.Answer(by, ended), new ApprovalEffect.Accept(Operator, ended)],
            Resolve(asked, Start, ApprovalDecision.Deny, "garage", mayDecide));
    }

    [Fact]
    public void ANode_NeitherDecides_NorSees_WhatAnotherAsked()
    {
        var (asked, _) = Ask();

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound)], Resolve(asked, Start, ApprovalDecision.Deny, "attic", mayDecide: false));
        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound)], _table.Step(new ApprovalInput.Awaited(Start, Operator, asked.Request.Id, "attic")));
        Resolve(asked, Start, ApprovalDecision.Deny);
        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound)], Resolve(asked, Start, ApprovalDecision.Deny, "attic", mayDecide: false));
        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.NotFound)], _table.Step(new ApprovalInput.Awaited(Start, Operator, asked.Request.Id, "attic")));
    }

    [Fact]
    public void WhatIsAllowedOnceOnly_IsNotAllowedForEver()
    {
        var request = Request("garage");
        var asked = Ask(request with { Matter = request.Matter with { OnceOnly = true } }, new Waiter(Session, ++_calls));

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(Operator, ApprovalRefusal.OnceOnly)], Resolve(asked, Start, ApprovalDecision.AllowAlways));
        Assert.IsType<ApprovalEffect.Conclude>(Resolve(asked, Start, ApprovalDecision.AllowOnce)[0]);
    }

    [Fact]
    public void ACallThatIsGone_TakesItsQuestionBack_AndIsNotAnswered()
    {
        var (asked, by) = Ask();
        var other = new Waiter(SessionId.New(), 7);
        Assert.Empty(_table.Step(new ApprovalInput.Awaited(Start, other, asked.Request.Id, OnlyOf: null)));
        var ended = Ended(asked, Start, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, null);

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Conclude(asked, ended), new ApprovalEffect.Answer(other, ended)], _table.Step(new ApprovalInput.CallerGone(Start, by)));
        Assert.Empty(_table.Step(new ApprovalInput.CallerGone(Start, by)));
        Assert.Empty(_table.Step(new ApprovalInput.Due(asked.Deadline)));
    }

    [Fact]
    public void AnotherWhoWaits_MayGo_AndNothingIsTakenBack()
    {
        var (asked, by) = Ask();
        var other = new Waiter(SessionId.New(), 7);
        _table.Step(new ApprovalInput.Awaited(Start, other, asked.Request.Id, OnlyOf: null));

        Assert.Empty(_table.Step(new ApprovalInput.CallerGone(Start, other)));
        Assert.Equal(by, Assert.IsType<ApprovalEffect.Answer>(Resolve(asked, Start, ApprovalDecision.AllowOnce)[1]).To);
    }

    [Fact]
    public void AskedWithoutWaiting_IsToldTheIdAtOnce_AndTheDecisionAlsoAfterwards()
    {
        var request = Request("garage");
        var by = new Waiter(Session, ++_calls);
        var effects = _table.Step(new ApprovalInput.Requested(Start, request, by, Waits: false));
        var asked = Assert.IsType<ApprovalEffect.Announce>(effects[0]).Open;
        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Announce(asked), new ApprovalEffect.Begin(by, asked)], effects);

        Assert.Equal(2, Resolve(asked, Start, ApprovalDecision.AllowOnce).Length);
        var late = new Waiter(Session, ++_calls);
        var told = Assert.IsType<ApprovalEffect.Answer>(Assert.Single(_table.Step(new ApprovalInput.Awaited(Start, late, request.Id, "garage"))));
        Assert.Equal((late, ApprovalDecision.AllowOnce), (told.To, told.Ended.Decision));
    }

    [Fact]
    public void AConnectionThatIsOver_TakesAllItsQuestionsBack()
    {
        var first = Ask().Open;
        var second = Ask().Open;
        var elsewhere = Ask(Request("attic") with { Session = SessionId.New() }, new Waiter(Session, ++_calls));

        var concluded = _table.Step(new ApprovalInput.SessionGone(Start, Session)).OfType<ApprovalEffect.Conclude>().ToArray();

        Assert.Equal([first, second], concluded.Select(effect => effect.Open));
        Assert.All(concluded, effect => Assert.Equal((ApprovalDecision.Deny, ApprovalEnd.Withdrawn), (effect.Ended.Decision, effect.Ended.End)));
        Assert.Equal<OpenApproval>([elsewhere], _table.Pending(Start));
    }

    [Fact]
    public void WhoeverAsksTooMuch_IsRefused_AndOthersAreNot()
    {
        for (var i = 0; i < ApprovalTable.MostPerAsker; i++)
        {
            Ask();
        }

        var by = new Waiter(Session, ++_calls);
        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(by, ApprovalRefusal.TooMany)], _table.Step(new ApprovalInput.Requested(Start, Request("garage"), by, Waits: true)));
        Assert.Equal("attic", Ask(Request("attic"), new Waiter(Session, ++_calls)).Request.Asker);
    }

    [Fact]
    public void AllTogether_AskNoMoreThanTheMost()
    {
        for (var i = 0; i < ApprovalTable.Most; i++)
        {
            Ask(Request($"node {i}"), new Waiter(Session, ++_calls));
        }

        Assert.Equal<ApprovalEffect>([new ApprovalEffect.Refuse(null, ApprovalRefusal.TooMany)], _table.Step(new ApprovalInput.Requested(Start, Request("one more"), By: null, Waits: true)));
    }

    [Fact]
    public void WhatNobodyCanReadWhole_IsNotAsked()
    {
        var good = Request("garage");
        ApprovalMatter[] unreadable =
        [
            good.Matter with { Command = [] },
            good.Matter with { Command = default },
            good.Matter with { Command = [""] },
            good.Matter with { Command = ["/bin/echo", new string('x', ApprovalMatter.LongestText)] },
            good.Matter with { Details = new string('x', ApprovalMatter.LongestText) },
            good.Matter with { Command = [.. Enumerable.Repeat("x", ApprovalMatter.MostArguments + 1)] },
            good.Matter with { Variables = [.. Enumerable.Repeat("x", ApprovalMatter.MostVariables + 1)] },
        ];

        Assert.All(unreadable, matter => Assert.Equal<ApprovalEffect>(
            [new ApprovalEffect.Refuse(Operator, ApprovalRefusal.Unreadable)], _table.Step(new ApprovalInput.Requested(Start, good with { Matter = matter }, Operator, Waits: true))));
    }

    [Fact]
    public void NobodyWaits_LongerThanTheLongestTimeout()
    {
        _table.Step(new ApprovalInput.Requested(Start, Request("garage") with { Timeout = TimeSpan.MaxValue }, By: null, Waits: true));

        Assert.Equal(Start + ApprovalRequest.LongestTimeout, _table.NextDue);
    }

    [Fact]
    public void WhatIsOver_IsForgotten_TheOldestFirst()
    {
        var ids = new List<ApprovalId>();
        for (var i = 0; i <= ApprovalTable.MostRemembered; i++)
        {
            var (asked, _) = Ask();
            ids.Add(asked.Request.Id);
            Resolve(asked, Start, ApprovalDecision.Deny);
        }

        Assert.Null(_table.Ended(ids[0]));
        Assert.All(ids.Skip(1), id => Assert.NotNull(_table.Ended(id)));
    }

    /// <summary>Whatever happens in whatever order: each question is announced once, concluded once, allowed by an operator alone; each call is answered at most once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AWalk_ConcludesEveryQuestionOnce_AndAnswersEveryCallOnce(int seed)
    {
        var chance = new Random(seed);
        var now = Start;
        var (announced, concluded, answered, gone) = (new HashSet<ApprovalId>(), new HashSet<ApprovalId>(), new HashSet<Waiter>(), new HashSet<Waiter>());
        var (calls, ids) = (new List<Waiter>(), new List<ApprovalId>());
        for (var step = 0; step < 5000; step++)
        {
            now += TimeSpan.FromSeconds(chance.Next(3));
            foreach (var effect in _table.Step(Input()))
            {
                switch (effect)
                {
                    case ApprovalEffect.Announce e: Assert.True(announced.Add(e.Open.Request.Id), $"seed {seed}, step {step}"); break;
                    case ApprovalEffect.Conclude e:
                        Assert.True(announced.Contains(e.Ended.Id) && concluded.Add(e.Ended.Id), $"seed {seed}, step {step}");
                        Assert.True(e.Ended.Decision == ApprovalDecision.Deny || (e.Ended.End == ApprovalEnd.Decided && now < e.Open.Deadline), $"seed {seed}, step {step}");
                        break;
                    case ApprovalEffect.Begin e: Once(e.To); break;
                    case ApprovalEffect.Answer e: Once(e.To); break;
                    case ApprovalEffect.Accept e: Once(e.To); break;
                    case ApprovalEffect.Refuse { To: { } to }: Once(to); break;
                    default: break;
                }
            }

            void Once(Waiter to) => Assert.True(answered.Add(to) && !gone.Contains(to), $"seed {seed}, step {step}");
        }

        _table.Step(new ApprovalInput.Due(now + ApprovalRequest.LongestTimeout));
        Assert.Empty(_table.Pending(now));
        Assert.Null(_table.NextDue);
        Assert.True(concluded.Count > 300, $"seed {seed}: {concluded.Count}");

        ApprovalInput Input()
        {
            var by = new Waiter(Session, ++_calls);
            switch (chance.Next(8))
            {
                case 0 or 1 or 2:
                    calls.Add(by);
                    var asked = Request($"node {chance.Next(4)}") with { Timeout = TimeSpan.FromSeconds(chance.Next(1, 40)) };
                    ids.Add(asked.Id);
                    return new ApprovalInput.Requested(now, asked, by, chance.Next(2) == 0);
                case 3 when ids.Count > 0:
                    calls.Add(by);
                    return new ApprovalInput.Awaited(now, by, Recent(ids), chance.Next(2) == 0 ? null : $"node {chance.Next(4)}");
                case 4 or 5 when ids.Count > 0:
                    return new ApprovalInput.Resolved(now, by, $"node {chance.Next(8)}", "laptop", chance.Next(4) > 0, Recent(ids), (ApprovalDecision)chance.Next(3));
                case 6 when calls.Count > 0:
                    var left = Recent(calls);
                    if (!answered.Contains(left))
                    {
                        gone.Add(left);
                    }

                    return new ApprovalInput.CallerGone(now, left);
                case 7 when ids.Count > 0 && chance.Next(4) == 0:
                    return new ApprovalInput.Withdrawn(now, Recent(ids));
                default:
                    return new ApprovalInput.Due(now);
            }
        }

        T Recent<T>(List<T> all) => all[^chance.Next(1, Math.Min(all.Count, 20) + 1)];
    }

    private (OpenApproval Open, Waiter By) Ask()
    {
        var by = new Waiter(Session, ++_calls);
        return (Ask(Request("garage"), by), by);
    }

    private OpenApproval Ask(ApprovalRequest request, Waiter by)
    {
        var announced = Assert.IsType<ApprovalEffect.Announce>(Assert.Single(_table.Step(new ApprovalInput.Requested(Start, request, by, Waits: true))));
        Assert.Equal(request, announced.Open.Request);
        return announced.Open;
    }

    private static ApprovalRequest Request(string asker) => new(
        ApprovalId.New(), asker, Session, null, new ApprovalMatter(ApprovalMatter.OnNode, ["/bin/echo", "hello"]) { Directory = "/srv" }, TimeSpan.FromMinutes(2));

    private static EndedApproval Ended(OpenApproval open, DateTimeOffset at, ApprovalDecision decision, ApprovalEnd end, string? by) =>
        new(open.Request.Id, open.Request.Asker, open.AskedAt, open.Deadline, at, decision, end, by);

    private ImmutableArray<ApprovalEffect> Resolve(OpenApproval asked, DateTimeOffset now, ApprovalDecision decision, string decider = "laptop", bool mayDecide = true) =>
        _table.Step(new ApprovalInput.Resolved(now, Operator, decider, decider, mayDecide, asked.Request.Id, decision));
}
