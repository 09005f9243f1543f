using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit;

namespace Netclaw.Runtime.Internals.TestKit;

/// <summary>Whose name a message carries that is told without a sender, in a hosted test.</summary>
public sealed class ImplicitSenderTests : Akka.Hosting.TestKit.TestKit
{
    protected override void ConfigureAkka(AkkaConfigurationBuilder builder, IServiceProvider provider)
    {
    }

    [Fact]
    public async Task TheTestActors_AlsoAfterAwaitsAndOnOtherThreads()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        echo.Tell("first");
        await ExpectMsgAsync("first");
        await Task.Yield();
        echo.Tell("second");
        await ExpectMsgAsync("second");
        await Task.Run(() => echo.Tell("third")).ConfigureAwait(false);
        await ExpectMsgAsync("third");
    }

    [Fact]
    public async Task NotAProbes()
    {
        var probe = CreateTestProbe();
        var echo = Sys.ActorOf(Props.Create<Echo>());
        echo.Tell("mine");
        await ExpectMsgAsync("mine");
        probe.Send(echo, "the probe's");
        await probe.ExpectMsgAsync("the probe's");
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void NobodysInsideAnActor_ButItsOwn()
    {
        var forwarding = Sys.ActorOf(Props.Create(() => new Teller(TestActor)));
        forwarding.Tell("go");
        ExpectMsg("told");
        Assert.Equal(forwarding, LastSender);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Teller : UntypedActor
    {
        private readonly IActorRef _target;

        public Teller(IActorRef target) => _target = target;

        protected override void OnReceive(object message) => _target.Tell("told");
    }
}
