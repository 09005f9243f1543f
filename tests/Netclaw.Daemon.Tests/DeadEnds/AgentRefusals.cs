using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Somebody says something, and no answer comes.</summary>
internal static class AgentRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.NoAgent] = () => AskedAsync(new ScriptedAgents(), "chat", "-p", "hello"),
        [RefusalCode.AgentFailed] = () => AskedAsync(
            new ScriptedAgents("main") { AtOnce = _ => new AgentOutcome.Failed(RefusalCode.AgentFailed, "the model's endpoint answers 500", "") }, "chat", "-p", "hello"),
        [RefusalCode.AgentUnavailable] = () => AskedAsync(
            new ScriptedAgents("main") { AtOnce = _ => new AgentOutcome.Failed(RefusalCode.AgentUnavailable, "the model's endpoint is not there", "") }, "chat", "-p", "hello"),
        [RefusalCode.AgentTimedOut] = () => AskedAsync(new ObedientAgents(), "chat", "-p", "hello", "--timeout", "1"),
        [RefusalCode.ConversationNotFound] = () => AskedAsync(new ScriptedAgents("main"), "sessions", "history", "agent:main:nothing"),
        [RefusalCode.ConversationBusy] = FullAsync,
    };

    private static async Task<Provoked> AskedAsync(IAgents agents, params string[] command)
    {
        var stage = await Stage.SetAsync("{}", services => services.AddSingleton(agents));
        return new Provoked(stage, (await stage.Owner.RunAsync(command)).Failure);
    }

    /// <summary>One turn more than may wait.</summary>
    private static async Task<Provoked> FullAsync()
    {
        var stage = await Stage.SetAsync("{}", services => services.AddSingleton<IAgents>(new ScriptedAgents("main")));
        for (var i = 0; i < ConversationLimits.OpenTurns; i++)
        {
            (await stage.Owner.RunAsync("sessions", "send", "main", "hello")).Expect();
        }

        return new Provoked(stage, (await stage.Owner.RunAsync("sessions", "send", "main", "hello")).Failure);
    }

    /// <summary>Says nothing, and stops when it is told to.</summary>
    private sealed class ObedientAgents : IAgents, IAgentRuntime
    {
        public System.Collections.Immutable.ImmutableArray<AgentDescription> All => [new AgentDescription("main", "main", "obedient", null)];

        public IAgentRuntime? Find(string id) => this;

        public async Task<AgentOutcome> RunAsync(AgentTurn turn, IAgentSink sink, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return new AgentOutcome.Cancelled("");
        }
    }
}
