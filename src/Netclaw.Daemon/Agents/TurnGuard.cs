using System.Globalization;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>What every runtime owes: each turn ends, in time, as an outcome and never as an exception.</summary>
internal sealed class TurnGuard(string agent, TimeProvider time, ILogger log)
{
    /// <param name="run">The turn; its token is cancelled when nobody wants it any more, or when its time is over.</param>
    public async Task<AgentOutcome> RunAsync(AgentTurn turn, AnswerText answer, Func<CancellationToken, Task<AgentOutcome>> run, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(turn.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await run(either.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            return new AgentOutcome.Cancelled(answer.ToString());
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            return Failed(turn, answer, RefusalCode.AgentTimedOut, string.Create(CultureInfo.InvariantCulture, $"The agent {agent} had not finished after {turn.Timeout.TotalSeconds:0.#} s and was stopped."));
        }
        catch (AgentFailure failure)
        {
            return Failed(turn, answer, failure.Code, failure.Message);
        }
        catch (Exception e)
        {
            AgentLog.Defect(log, agent, turn.Run, e);
            return new AgentOutcome.Failed(RefusalCode.AgentFailed, $"The agent {agent} failed in a way that nobody foresaw ({e.GetType().Name}).", answer.ToString());
        }
    }

    private AgentOutcome.Failed Failed(AgentTurn turn, AnswerText answer, RefusalCode code, string message)
    {
        AgentLog.Failed(log, agent, turn.Run, message);
        return new AgentOutcome.Failed(code, message, answer.ToString());
    }
}
