using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>The product's conversations on a real journal in a home, without the daemon around them.</summary>
internal sealed class ConversationsOnDisk : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly IHost _host;
    private readonly IActorRef _conversations;
    private readonly JournalHealth _health;
    private long _commands;

    private ConversationsOnDisk(IHost host, IActorRef conversations, JournalHealth health) => (_host, _conversations, _health) = (host, conversations, health);

    /// <summary>Conversations in memory.</summary>
    public int Awake => _health.Writers.Living.Length - 1;

    public static async Task<ConversationsOnDisk> OpenAsync(NetclawHome home, TimeSpan idleAfter)
    {
        var (view, health) = (new ConversationsView(), new JournalHealth());
        var parts = new ConversationParts
        {
            Journal = new JournalParts { Keys = JournalKeys.Generate(), Health = health, Time = TimeProvider.System }, View = view, News = new ConversationNews(new LiveSessions(), new Followers()),
            Turns = new TurnBoard(), Agents = new NoAgents(), Tools = new NoTools(), Pace = new ConversationPace(idleAfter), Log = NullLogger.Instance,
        };
        var host = await JournalOnDisk.StartAsync(home);
        var conversations = host.Services.GetRequiredService<ActorSystem>().ActorOf(ConversationsActor.Props(parts), "conversations");
        while (view.Current is null)
        {
            await Task.Delay(5);
        }

        return new ConversationsOnDisk(host, conversations, health);
    }

    public static ConversationKey KeyOf(int number) => ConversationKey.OfJob($"job-{number}");

    /// <summary>One durable message of 200 characters.</summary>
    public async Task AppendAsync(int number) => Expect<ConversationReply.Appended>(await AskAsync(id => new ConversationCommand.Append(
        id, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000), KeyOf(number), new Said(Speaker.System, new string('m', 200), "bench"), $"{id}")));

    /// <summary>The last ten messages.</summary>
    public async Task ReadAsync(int number) => Expect<ConversationReply.Page>(await AskAsync(id => new ConversationCommand.Read(id, DateTimeOffset.UnixEpoch, KeyOf(number), null, 10)));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private Task<ConversationReply> AskAsync(Func<long, ConversationCommand> command) => _conversations.Ask<ConversationReply>(command(Interlocked.Increment(ref _commands)), Bound);

    private static void Expect<T>(ConversationReply reply)
    {
        if (reply is not T)
        {
            throw new InvalidOperationException($"not done: {reply}");
        }
    }
}
