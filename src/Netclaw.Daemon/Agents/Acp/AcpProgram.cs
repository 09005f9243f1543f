using Netclaw.Actors.Agents;
using Netclaw.Protocol.Processes;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>The process of one turn: spoken to, listened to, and ended with all that it started.</summary>
internal sealed class AcpProgram : IDisposable
{
    private const int MostErrors = 64 * 1024;

    /// <summary>How long the agent may take to go by itself once its input is closed; and how long the last bytes may take after an end by force.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly ProcessGroup _group;
    private readonly HandedValues _handed;
    private readonly TimeProvider _time;
    private readonly BoundedOutput _errors = new(MostErrors);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _draining;
    private readonly Task _exited;
    private Task _reading = Task.CompletedTask;
    private Task? _ending;
    private bool _forced;

    private AcpProgram(ProcessGroup group, HandedValues handed, TimeProvider time)
    {
        (_group, _handed, _time) = (group, handed, time);
        _exited = group.ExitedAsync();
        _draining = _errors.DrainAsync(group.Errors, _closing.Token);
    }

    /// <summary>What it wrote to its standard error, without the values that it was handed.</summary>
    public string Errors => _errors.Hiding(_handed.Bare, _handed.Longest).Trim();

    /// <summary>Of the program; null while it has not ended, and when it was ended by force.</summary>
    public int? ExitCode => _exited.IsCompletedSuccessfully && !_forced ? _group.ExitCode : null;

    /// <summary>The last line of its standard error, as a sentence; empty where there is none.</summary>
    public string LastWords => Errors.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } last ? $" Its last words: {SeenText.Of(last)}" : "";

    /// <param name="handed">What it was given and is not repeated anywhere.</param>
    public static AcpProgram Start(Func<ProcessGroup> start, HandedValues handed, TimeProvider time) => new(start(), handed, time);

    /// <param name="patience">As <see cref="AcpOutbox"/> has it.</param>
    public async Task<AgentOutcome> SpeakAsync(AcpSession session, string directory, TimeSpan patience, CancellationToken cancellation)
    {
        using var outbox = new AcpOutbox(_group.Input, patience, _time);
        var peer = new AcpPeer(outbox, new MessageLines(_group.Output, _handed), session);
        _reading = peer.ReadAsync(_closing.Token);
        return await session.RunAsync(peer, directory, cancellation);
    }

    /// <summary>Ends it, once: it is left a moment to go by itself.</summary>
    public Task EndAsync() => _ending ??= EndNowAsync();

    public void Dispose()
    {
        _closing.Dispose();
        _group.Dispose();
    }

    private async Task EndNowAsync()
    {
        try
        {
            _group.Input.Close();
        }
        catch (IOException)
        {
            // It is gone already, with something unread.
        }

        await _exited.WaitAsync(Linger, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _forced = !_exited.IsCompleted;
        await _group.EndAsync(_time);
        await _exited.WaitAsync(Linger, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Who left the group in time can hold its output for as long as it likes, but not us.
        await Task.WhenAll(_draining, _reading).WaitAsync(Linger, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _closing.CancelAsync();
    }
}
