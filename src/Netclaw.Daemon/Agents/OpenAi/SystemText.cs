using System.Text;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>What a model is told before everything else.</summary>
internal static class SystemText
{
    private const int MostBytes = 400_000;

    /// <returns>Null: nothing.</returns>
    /// <exception cref="AgentFailure">The file cannot be read; it may hold what the model must not do, so that without it nothing is asked.</exception>
    public static string? Of(NetclawHome home, AgentOptions agent)
    {
        if (agent.Model.SystemFile is not { } named)
        {
            return agent.Model.System;
        }

        var path = Path.GetFullPath(named, home.Root);
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > MostBytes)
            {
                throw new IOException($"it has {length} bytes, {MostBytes} are allowed");
            }

            var bytes = new byte[length];
            return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, fileOffset: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentFailure(RefusalCode.AgentUnavailable, $"The agent {agent.Id} was not asked: {agent.Key}.systemFile {path} cannot be read: {e.Message}");
        }
    }
}
