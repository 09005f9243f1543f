using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>Begins and ends what runs do, with a credential each. For one actor, on its own thread.</summary>
internal sealed class RunLauncher(SpawnParts parts) : IDisposable
{
    private readonly Dictionary<RunId, CancellationTokenSource> _programs = [];
    private readonly Dictionary<RunId, ConversationKey> _turns = [];
    private readonly Dictionary<long, RunId> _prompted = [];

    // Counts down: the announcements of the actor count up, both hear from the same actor.
    private long _lastAsked;

    /// <returns>Why it could not begin; null: it runs.</returns>
    public RunEnd? Start(RunPlan plan, DateTimeOffset now, IActorRef self, IActorContext context)
    {
        var user = plan.Work is RunWork.Program ? parts.Options.RunAs ?? parts.Place.OwnUser : parts.Place.OwnUser;
        var minted = parts.Credentials.Mint(new SpawnRequest(plan.Run, Asker(plan), plan.Scopes, TimeSpan.FromMilliseconds(plan.TimeoutMs), user));
        if (minted is SpawnMint.Refused refused)
        {
            return Failed($"It got no credential: {refused.Seen}.");
        }

        var credential = ((SpawnMint.Minted)minted).Credential;
        switch (plan.Work)
        {
            case RunWork.Program program:
                // Looked at again: links may have moved since it was accepted.
                var (directory, outside) = parts.Place.For(program.Directory);
                if (outside is not null)
                {
                    return Failed(outside);
                }

                Begin(plan, program.Argv, directory, user, credential, self);
                break;
            case RunWork.Turn turn:
                Begin(plan, turn, credential, now, self, context);
                break;
        }

        return null;
    }

    /// <summary>It is over: its credential ends with it, and whatever of it still runs is ended.</summary>
    public void End(RunPlan plan, RunVerdict verdict, DateTimeOffset now)
    {
        if (verdict == RunVerdict.Cancelled)
        {
            parts.Credentials.Cancel(plan.Run);
        }
        else
        {
            parts.Credentials.End(plan.Run);
        }

        if (_programs.Remove(plan.Run, out var program))
        {
            program.Cancel();
            program.Dispose();
        }

        if (_turns.Remove(plan.Run, out var child) && verdict == RunVerdict.Cancelled)
        {
            parts.Conversations().Tell(new ConversationCommand.Abort(--_lastAsked, now, child, plan.Run.ToString()), ActorRefs.NoSender);
        }
    }

    /// <returns>A turn that was not taken, and how it ended by that; null: nothing of the kind.</returns>
    public (RunId Run, RunEnd End)? Replied(ConversationReply reply) =>
        _prompted.Remove(reply.CommandId, out var run) && reply is ConversationReply.Refused refused ? (run, Failed(refused.Message)) : null;

    /// <summary>Nobody will tell how these end.</summary>
    public ImmutableArray<RunId> LostTurns() => [.. _turns.Keys];

    public void Dispose()
    {
        foreach (var (run, program) in _programs)
        {
            parts.Credentials.End(run);
            program.Cancel();
            program.Dispose();
        }

        foreach (var run in _turns.Keys)
        {
            parts.Credentials.End(run);
        }

        _programs.Clear();
        _turns.Clear();
    }

    /// <summary>What was allowed is in the plan: whoever asked held it, and may be over when one that waited begins. A cancellation ends every run of a tree by itself.</summary>
    private static Principal Asker(RunPlan plan) => new(AuthMethod.Spawn, Role.Operator, plan.Scopes, Device: null, plan.Subject);

    private void Begin(RunPlan plan, ImmutableArray<string> argv, string? directory, uint user, Secret credential, IActorRef self)
    {
        var cancel = new CancellationTokenSource();
        _programs.Add(plan.Run, cancel);
        var start = new ChildStart(
            argv, directory, ChildVariables.Of(plan.Run, parts.Place.AddressFor(user), credential),
            TimeSpan.FromMilliseconds(plan.TimeoutMs), user == parts.Place.OwnUser ? null : user);

        // Off the actor's thread: starting a program waits for the kernel.
        _ = Task.Run(() => parts.Programs.RunAsync(start, cancel.Token), CancellationToken.None)
            .PipeTo(self, success: end => new ProgramEnded(plan.Run, RunEnds.Of(end)), failure: cause => new ProgramEnded(plan.Run, Failed(cause.Message)));
    }

    private void Begin(RunPlan plan, RunWork.Turn turn, Secret credential, DateTimeOffset now, IActorRef self, IActorContext context)
    {
        _turns.Add(plan.Run, turn.Child);
        _prompted.Add(--_lastAsked, plan.Run);
        var conversations = parts.Conversations();
        context.Watch(conversations);
        conversations.Tell(
            new ConversationCommand.Prompt(
                _lastAsked, now, turn.Child, new Said(Speaker.User, turn.Task, plan.Subject), plan.Run.ToString(),
                new AgentGrant($"run:{plan.Run}", plan.Scopes, plan.Run, plan.Depth) { Credential = credential },
                TimeSpan.FromMilliseconds(plan.TimeoutMs), self, turn.Agent),
            self);
    }

    private static RunEnd Failed(string problem) => new(RunVerdict.Failed, null, "", problem);

    internal sealed record ProgramEnded(RunId Run, RunEnd How);
}
