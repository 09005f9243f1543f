using System.Threading.Channels;
using Akka.Actor;

namespace Netclaw.Runtime.Contract.Actors;

/// <summary>An actor that keeps what it is sent for a test to read, with a bound on every wait.</summary>
public sealed class Mailbag
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<(object Message, IActorRef Sender)> channel = Channel.CreateUnbounded<(object, IActorRef)>();

    public Mailbag(IActorRefFactory factory) => Ref = factory.ActorOf(Props.Create(() => new Keeper(channel.Writer)));

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public async Task<object> Next()
    {
        using var limit = new CancellationTokenSource(Patience);
        (var message, LastSender) = await channel.Reader.ReadAsync(limit.Token);
        return message;
    }

    public async Task<T> Next<T>() => Assert.IsType<T>(await Next(), exactMatch: false);

    /// <summary>Everything that was sent before this call has been kept, and it was nothing.</summary>
    public async Task ExpectNothingMore()
    {
        await Ref.Ask<string>(Flush.Instance, Patience);
        Assert.False(channel.Reader.TryRead(out var extra), $"unexpected: {extra}");
    }

    private sealed class Flush
    {
        public static readonly Flush Instance = new();
    }

    private sealed class Keeper(ChannelWriter<(object, IActorRef)> writer) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Flush)
                Sender.Tell("flushed");
            else
                writer.TryWrite((message, Sender));
        }
    }
}
