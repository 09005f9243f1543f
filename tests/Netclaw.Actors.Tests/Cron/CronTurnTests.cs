using Akka.Actor;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>What jobs ask of conversations that are busy, slow, or broken, and what is not wanted any more.</summary>
public sealed class CronTurnTests : CronActorTest
{
    private const string Question = "what is new?";

    [Fact]
    public async Task RemovingAJob_StopsTheTurnThatItAskedFor()
    {
        var job = Add(Asking());
        Clock.Advance(Minute);
        Until(() => Agents.Started == 1);
        var stopping = (await NextTurnAsync()).StoppingAsync();

        Remove(job);

        await stopping;
    }

    [Fact]
    public async Task ATurnBehindABusyConversation_HasItsTimeFromWhenItBegins_AndIsAskedOnce()
    {
        Prompt("long work", "other");
        var other = await NextTurnAsync();
        var job = Add(Asking());
        Clock.Advance(Minute);
        Until(Waits);

        Clock.Advance(Minute * 5);
        Settle();
        Assert.Empty(Job(job).History);

        other.Answer("done");
        Until(() => Agents.Started == 2);
        Clock.Advance(TimeSpan.FromSeconds(59));
        (await NextTurnAsync()).Answer("nothing");
        Until(() => Job(job).History.Length == 1);
        Assert.Equal((CronStatus.Ok, "nothing"), (Job(job).History[0].Outcome.Status, Job(job).History[0].Outcome.Summary));
        Assert.Single(Texts(), text => text == Question);
    }

    [Fact]
    public async Task ATurnThatStillWaits_IsTakenBack_WhenItsJobIsRemoved()
    {
        Prompt("long work", "other");
        var other = await NextTurnAsync();
        var job = Add(Asking());
        Clock.Advance(Minute);
        Until(Waits);

        Remove(job);
        Until(() => !Waits());

        other.Answer("done");
        Assert.Equal("other", Ended().Run);
        Settle();
        Assert.Equal(1, Agents.Started);
    }

    [Fact]
    public async Task AnAnnouncementThatIsNotAnswered_MakesNoGoodRunABadOne_AndHasItNotRunAgain()
    {
        var job = Add(EachMinute(new CronPolicySpec { Retries = 2, RetryBackoffMs = 1000 }) with { Delivery = new CronDeliverySpec(CronDeliverySpec.Announce) });
        Instead = Failing(new AskTimeoutException("nobody answered"));
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 0, "all green");

        var outcome = Job(job).History[0].Outcome;
        Assert.Equal((CronStatus.Ok, "all green", false), (outcome.Status, outcome.Summary, outcome.Delivered));
        Assert.Contains("did not answer in time", outcome.DeliveryError, StringComparison.Ordinal);
        Assert.Equal((0, null), (Job(job).Failures, Job(job).Retry));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Settle();
        Assert.Single(Programs.Starts);
    }

    [Theory]
    [InlineData("at once", "It broke off: no way")]
    [InlineData("later", "It broke off: no way")]
    [InlineData("cancels itself", "It broke off: A task was canceled")]
    [InlineData("too late", "It broke off: a minute passed")]
    public async Task AWebhookThatThrows_MakesNoGoodRunABadOne_AndIsTold(string how, string told)
    {
        var job = Add(EachMinute(new CronPolicySpec { Retries = 2, RetryBackoffMs = 1000, DisableAfter = 1 }) with { Delivery = new CronDeliverySpec(CronDeliverySpec.Webhook) { To = "https://example.org/hook" } });
        Hooks.Instead = how switch
        {
            "at once" => () => throw new InvalidOperationException("no way"),
            "later" => () => Task.FromException<string?>(new InvalidOperationException("no way")),
            "cancels itself" => () => Task.FromCanceled<string?>(new CancellationToken(canceled: true)),
            _ => () => Task.FromException<string?>(new TimeoutException("a minute passed")),
        };
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 0, "all green");

        var outcome = Job(job).History[0].Outcome;
        Assert.Equal((CronStatus.Ok, "all green", null, false), (outcome.Status, outcome.Summary, outcome.Error, outcome.Delivered));
        Assert.Contains(told, outcome.DeliveryError, StringComparison.Ordinal);
        Assert.Equal((0, null, true), (Job(job).Failures, Job(job).Retry, Job(job).Enabled));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Settle();
        Assert.Single(Programs.Starts);

        // The job goes on, and what works again is told.
        Hooks.Instead = null;
        Clock.Advance(TimeSpan.FromSeconds(30));
        Exit(job, await StartedAsync(2), 0);
        Assert.True(Job(job).History[1].Outcome.Delivered);
    }

    [Fact]
    public void WhatNobodyForesaw_EndsTheRunAsAnError()
    {
        var job = Add(EachMinute(new CronPolicySpec { Retries = 0 }) with { Payload = new CronPayloadSpec(CronPayloadSpec.SystemEventKind) { Text = "tea" } });
        Instead = Failing(new InvalidOperationException("no way"));
        Clock.Advance(Minute);

        Until(() => Job(job).History.Length == 1);
        Assert.Equal((CronStatus.Error, "It broke off: no way"), (Job(job).History[0].Outcome.Status, Job(job).History[0].Outcome.Error));
        Assert.Empty(Job(job).Running);
    }

    private CronJobSpec Asking() => EachMinute() with { Payload = new CronPayloadSpec(CronPayloadSpec.AgentTurnKind) { Message = Question, TimeoutSeconds = 60 } };

    private bool Waits() => !Ask<ConversationReply.Page>(id => new ConversationCommand.Read(id, Now, Main, null, 1)).Waiting.IsEmpty;

    private void Remove(CronJobId job) => AskCron<CronReply.Removed>(id => new CronCommand.Remove(id, Now, job));

    private IActorRef Failing(Exception cause) => Sys.ActorOf(Props.Create(() => new Fails(cause)));

    /// <summary>Answers every question by an exception, which the asker gets as its own.</summary>
    private sealed class Fails : ReceiveActor
    {
        public Fails(Exception cause) => ReceiveAny(_ => Sender.Tell(new Status.Failure(cause)));
    }
}
