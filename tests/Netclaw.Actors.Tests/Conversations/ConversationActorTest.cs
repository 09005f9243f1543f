using System.Text.Json;
using Akka.Actor;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>The catalogue and its conversations on a real SQLite journal of their own, with virtual time. They can be stopped and started again on the same data.</summary>
public abstract class ConversationActorTest : RegistryActorTest
{
    protected static readonly ConversationKey Main = ConversationKey.MainOf("main");

    private readonly JournalKeys _keys = JournalKeys.Generate();
    private int _started;
    private long _commands;

    protected ConversationActorTest() => Watcher = CreateTestProbe();

    internal ScriptedAgents Agents { get; } = new("main");

    internal ConversationsView Rows { get; private set; } = new();

    internal TestProbe Watcher { get; }

    /// <summary>As everything else that is not in the journal, of the process that runs.</summary>
    internal Followers Followers { get; private set; } = new();

    internal TurnBoard Board { get; private set; } = new();

    internal IActorRef Conversations { get; private set; } = ActorRefs.Nobody;

    /// <summary>As a process that starts: nothing but the journal is left of the one before.</summary>
    internal void Start()
    {
        (Rows, Journal, Followers, Board) = (new ConversationsView(), new JournalHealth(), new Followers(), new TurnBoard());
        Conversations = Sys.ActorOf(ConversationsActor.Props(new ConversationParts
        {
            Journal = new JournalParts { Keys = _keys, Health = Journal, Time = Clock }, View = Rows, News = new ConversationNews(Live, Followers), Turns = Board,
            Agents = Agents, Tools = new NoTools(), Pace = new ConversationPace(TimeSpan.FromMinutes(2)), Log = NullLogger.Instance,
        }), $"conversations-{++_started}");
        Watch(Conversations);
        AwaitCondition(() => Rows.Current is not null, Longest);
    }

    /// <summary>As a process that dies: nobody is asked, nothing is said.</summary>
    internal void Crash()
    {
        Sys.Stop(Conversations);
        ExpectTerminated(Conversations, Longest);
    }

    internal JournalHealth Journal { get; private set; } = new();

    /// <summary>Until nothing but the catalogue is awake.</summary>
    internal void Rest()
    {
        for (var limit = 100; Journal.Writers.Living.Length > 1 && limit > 0; limit--)
        {
            Clock.Advance(TimeSpan.FromMinutes(2));
            Task.Delay(20).Wait(Longest);
        }

        Assert.Single(Journal.Writers.Living);
    }

    /// <summary>A connection that is there, and what it is told.</summary>
    internal (SessionId Id, TestProbe Heard) Connect()
    {
        var heard = CreateTestProbe();
        var session = new FakeSession(heard.Ref).Live;
        Live.Enter(session);
        return (session.Id, heard);
    }

    internal static JsonElement Hear(TestProbe connection, string name) =>
        ((SessionInput.EventPublished)connection.FishForMessage(said => said is SessionInput.EventPublished published && published.Name == name, Longest)).Payload;

    internal T Ask<T>(Func<long, ConversationCommand> command) where T : ConversationReply
    {
        Conversations.Tell(command(++_commands), Asker.Ref);
        return Asker.ExpectMsg<T>(Longest);
    }

    internal long Append(string text, string? once = null) => Ask<ConversationReply.Appended>(id => Adding(id, text, once)).Sequence;

    internal ConversationCommand.Append Adding(long id, string text, string? once = null) => new(id, Now, Main, new Said(Speaker.System, text, "test"), once ?? $"once-{id}");

    internal ConversationReply.Accepted Prompt(string text, string run, TimeSpan? timeout = null) => Ask<ConversationReply.Accepted>(id => Prompting(id, text, run, timeout));

    internal ConversationCommand.Prompt Prompting(long id, string text, string run, TimeSpan? timeout = null) => new(
        id, Now, Main, new Said(Speaker.User, text, "anna"), run, new AgentGrant("anna", ScopeSet.ReadWrite, null, 0), timeout ?? TimeSpan.FromMinutes(10), Watcher.Ref);

    internal string[] Texts() => [.. Ask<ConversationReply.Page>(id => new ConversationCommand.Read(id, Now, Main, null, 1000)).Messages.Select(message => message.Text)];

    internal TurnEnded Ended() => Watcher.ExpectMsg<TurnEnded>(Longest);

    internal async Task<ScriptedTurn> NextTurnAsync() => await Agents.NextAsync();
}
