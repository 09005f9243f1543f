using System.Globalization;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Configuration;
using OpenAI.Chat;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>One turn of a model: it is asked, its calls of tools are made and answered, and it is asked again, so many times at most.</summary>
internal sealed class ModelTurn(AgentOptions agent, AgentTurn turn, IAgentSink sink, AnswerText answer, ModelCall model, TimeProvider time, ILogger log)
{
    private readonly ModelTools _tools = new(agent, turn, sink);
    private AgentUsage? _usage;

    public async Task<AgentOutcome> RunAsync(string? system, CancellationToken cancellation)
    {
        var messages = ModelMessages.Of(turn, system);
        var options = _tools.Options();
        for (var round = 0; ; round++)
        {
            sink.Status("thinking");
            var reply = await AskAsync(messages, options, cancellation);
            Count(reply.Usage);
            if (reply.Calls.IsEmpty || round >= agent.MaxToolRounds)
            {
                return Completed(reply.Calls.IsEmpty ? reply.StopReason : "tool_limit", round);
            }

            messages.Add(ModelTools.Asked(reply));
            messages.AddRange(await _tools.CallAsync(reply.Calls, cancellation));
            answer.Part();
        }
    }

    private async Task<ModelReply> AskAsync(List<ChatMessage> messages, ChatCompletionOptions options, CancellationToken cancellation)
    {
        var before = answer.Length;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await model.StreamAsync(messages, options, answer, cancellation);
            }
            catch (ModelTrouble trouble)
            {
                var wait = RetryPlan.Next(trouble, attempt, agent.Model.MaxAttempts, answer.Length > before)
                    ?? throw new AgentFailure(trouble.Code, Words(trouble, attempt));
                AgentLog.Retrying(log, agent.Id, turn.Run, attempt, wait.TotalSeconds, trouble.Seen);
                sink.Status(string.Create(CultureInfo.InvariantCulture, $"retrying in {wait.TotalSeconds:0.#} s: {trouble.Seen}"));
                await Task.Delay(wait, time, cancellation);
            }
        }
    }

    private string Words(ModelTrouble trouble, int attempts)
    {
        var times = attempts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {attempts} times");
        var later = trouble.RetryAfter is { } asked && trouble.IsTransient ? string.Create(CultureInfo.InvariantCulture, $" It asks to come again in {asked.TotalSeconds:0} s.") : "";
        return $"The agent {agent.Id} asked {agent.Model.Name} at {agent.Model.BaseUrl}{times}: {trouble.Seen.TrimEnd('.')}.{later}";
    }

    private void Count(AgentUsage? usage)
    {
        if (usage is not null)
        {
            _usage = new AgentUsage((_usage?.Input ?? 0) + usage.Input, (_usage?.Output ?? 0) + usage.Output);
        }
    }

    private AgentOutcome.Completed Completed(string stopReason, int rounds)
    {
        AgentLog.Answered(log, agent.Id, turn.Run, stopReason, rounds, answer.Length);
        return new AgentOutcome.Completed(answer.ToString(), stopReason, _usage);
    }
}
