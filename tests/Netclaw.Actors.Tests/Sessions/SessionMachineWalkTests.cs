using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionSamples;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>Every state with every input: nothing throws, nothing is lost, nothing opens by accident.</summary>
public sealed class SessionMachineWalkTests
{
    private static readonly DateTimeOffset Now = Start.AddSeconds(3);

    [Fact]
    public void Walk_LeavesOutNoStateAndNoInput()
    {
        AssertCovers(typeof(SessionState), SessionSpace.States);
        AssertCovers(typeof(SessionInput), SessionSpace.Inputs(Now));
        AssertCovers(typeof(RegistryReply), SessionSpace.Inputs(Now).OfType<RegistryAnswered>().Select(input => input.Reply));
    }

    [Fact]
    public void Closed_StaysClosed()
    {
        foreach (var (state, input, transition) in Walk().Where(step => step.State is Closed))
        {
            Assert.True(transition.Next is Closed, $"{input} opened {state.Name} again");
            Assert.True(transition.Effects.All(effect => effect is SessionEffect.Stop or SessionEffect.Abort), $"{state.Name} did something about {input}");
        }
    }

    [Fact]
    public void Calls_AreAnsweredExactlyOnce()
    {
        foreach (var (state, input, transition) in Walk())
        {
            var before = Open(state).ToList();
            var received = input switch
            {
                CallReceived i => i.CallId,
                HelloReceived i => i.CallId,
                HelloRefused i => i.CallId,
                _ => (long?)null,
            };
            if (received is { } call && state is not Closed && !before.Contains(call))
            {
                before.Add(call);
            }

            var answered = transition.Effects.OfType<SessionEffect.Answer>().Where(answer => !answer.More).Select(answer => answer.CallId).ToList();
            var after = Open(transition.Next).Concat(answered).Order().ToList();
            if (input is TransportClosed)
            {
                Assert.Empty(answered);
                continue;
            }

            Assert.True(before.Order().SequenceEqual(after), $"{state.Name} + {input}: open {string.Join(',', before)}, accounted for {string.Join(',', after)}");
        }
    }

    [Fact]
    public void OpenCalls_AreWithdrawnWhenTheSessionEnds()
    {
        foreach (var (state, input, transition) in Walk().Where(step => step.Transition.Next is Closed && step.State is Active or Draining))
        {
            var open = HandlerCalls(state).Except(input is CallAnswered { Result: { More: false, CallId: var done } } ? [done] : []);
            var withdrawn = transition.Effects.OfType<SessionEffect.Withdraw>().Select(effect => effect.CallId);
            Assert.Equal(open.Order(), withdrawn.Order());
        }
    }

    [Fact]
    public void Active_IsReachedOnlyByProof()
    {
        foreach (var (state, input, transition) in Walk().Where(step => step.State is Unauthenticated && step.Transition.Next is Active))
        {
            var proven = (state, input) switch
            {
                (Identifying, AccessDecided { Decision: AccessDecision.Granted, Request: SessionRequests.Access }) => true,
                (SilentlyPaired, AccessDecided { Decision: AccessDecision.Granted, Request: SessionRequests.AccessOfPaired }) => true,
                (TokenIssued, AccessDecided { Decision: AccessDecision.Granted, Request: SessionRequests.AccessWithToken }) => true,
                (LegacyEnrolled, AccessDecided { Decision: AccessDecision.Granted, Request: SessionRequests.AccessOfEnrolled }) => true,
                (CodeRedeeming, RegistryAnswered { Reply: RegistryReply.Paired { CommandId: SessionRequests.RedeemCode } }) => true,
                (RequestWaiting s, PairingResolved { Approved: not null } i) => i.RequestId == s.RequestId,
                _ => false,
            };
            Assert.True(proven, $"{state} + {input} became active");
            Assert.Single(transition.Effects.OfType<SessionEffect.Promote>());
            // A token of an earlier gateway is shown by native devices alone.
            Assert.True(state is TokenIssued or LegacyEnrolled || input is not AccessDecided { NeedsToken: true }, $"{state.Name} let a device in before its token was kept");
        }

        Assert.DoesNotContain(Walk(), step => step.State is not Unauthenticated && step.Transition.Effects.Any(effect => effect is SessionEffect.Promote));
    }

    [Fact]
    public void Ends_SayWhyAndClose()
    {
        foreach (var (state, input, transition) in Walk().Where(step => step.State is not Closed && step.Transition.Next is Closed))
        {
            var closes = transition.Effects.OfType<SessionEffect.Close>().ToList();
            if (input is TransportClosed)
            {
                Assert.Empty(closes);
                Assert.Contains(transition.Effects, effect => effect is SessionEffect.Stop);
                continue;
            }

            var close = Assert.Single(closes);
            Assert.True(RefusalTable.TryFind(close.Error.Code, out _), close.Error.Code);
            Assert.InRange(close.CloseCode, 1000, 4999);
            Assert.Same(close, transition.Effects[^1]);
            Assert.NotNull(transition.Next.Until);
            Assert.True(state is not Unauthenticated || transition.Effects.OfType<SessionEffect.Record>().Any(), $"{state.Name} + {input} left no audit record");
        }
    }

    [Fact]
    public void Unauthenticated_AlwaysHasADeadline()
    {
        foreach (var (state, input, transition) in Walk())
        {
            Assert.True(transition.Next is not Unauthenticated { Until: null }, $"{state.Name} + {input} waits for ever");
        }
    }

    [Fact]
    public void LateCompletions_ChangeNothing()
    {
        foreach (var (state, input, transition) in Walk())
        {
            var late = input switch
            {
                CredentialsChecked { Request: 0 } or AccessDecided { Request: 0 } or CodeProofChecked { Request: 0 } => true,
                RegistryAnswered { Reply.CommandId: 0 } => true,
                CallAnswered { Result.CallId: 99 } or CallWithdrawn { CallId: 99 } => true,
                DeadlinePassed i => i.At != state.Until,
                PairingResolved i => i.RequestId != RequestId,
                DeviceRevoked i => i.Device != Laptop,
                AccessEnded i => i.Device != Laptop,
                _ => false,
            };
            if (late)
            {
                Assert.Same(state, transition.Next);
                Assert.Empty(transition.Effects);
            }
        }
    }

    private static IEnumerable<(SessionState State, SessionInput Input, Transition Transition)> Walk() =>
        from state in SessionSpace.States
        from input in SessionSpace.Inputs(Now)
        select (state, input, SessionMachine.Step(state, input));

    private static IEnumerable<long> Open(SessionState state) => state switch
    {
        Unauthenticated { Open: { } open } => [open],
        _ => HandlerCalls(state),
    };

    private static IEnumerable<long> HandlerCalls(SessionState state) => (state switch
    {
        Active s => s.Calls,
        Draining s => s.Calls,
        _ => ImmutableArray<OpenCall>.Empty,
    }).Select(call => call.CallId);

    private static void AssertCovers<T>(Type root, IEnumerable<T> samples)
    {
        var concrete = root.GetNestedTypes().Where(type => type.IsSubclassOf(root) && !type.IsAbstract).Select(type => type.Name);
        Assert.Equal(concrete.Order(), samples.Select(sample => sample!.GetType().Name).Distinct().Order());
    }
}
