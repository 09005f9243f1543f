using System.Collections.Concurrent;
using Netclaw.KillLoop.Clients;
using Netclaw.KillLoop.Daemons;
using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Rounds;

/// <summary>Several clients at once, each doing one thing after the other until the daemon is ended. First what an earlier life left open.</summary>
internal sealed class Load
{
    private const int Workers = 6;

    /// <summary>A gateway keeps five requests of one address. New ones wait until those left over are decided, so that none is pushed out.</summary>
    private const int RequestsAtOnce = 2;

    private readonly Field _field;
    private readonly DaemonProcess _daemon;
    private readonly CodeActs _codes;
    private readonly RequestActs _requests;
    private readonly ChangeActs _changes;
    private readonly SemaphoreSlim _asking = new(RequestsAtOnce);
    private readonly ConcurrentQueue<Func<Random, Task>> _leftOver = new();
    private int _undecided;

    public Load(Field field, DaemonProcess daemon, PairListResult list)
    {
        _field = field;
        _daemon = daemon;
        (_codes, _requests, _changes) = (new CodeActs(field), new RequestActs(field), new ChangeActs(field));
        foreach (var pending in list.Pending)
        {
            _leftOver.Enqueue(async random =>
            {
                await _requests.DecideAsync(pending, random);
                Interlocked.Decrement(ref _undecided);
            });
        }

        _undecided = list.Pending.Length;

        foreach (var code in field.Ledger.Codes)
        {
            _leftOver.Enqueue(_ => code.SpentBy is null ? _codes.UseAsync(code) : _codes.TryAgainAsync(code));
        }
    }

    /// <summary>Ends when the daemon was ended.</summary>
    /// <exception cref="BrokenPromiseException">The first that anybody saw.</exception>
    public Task RunAsync(Random random) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => new Random(random.Next())).Select(WorkAsync));

    private async Task WorkAsync(Random random)
    {
        while (!_daemon.IsMeantToEnd)
        {
            try
            {
                await (_leftOver.TryDequeue(out var first) ? first(random) : ActAsync(random));
                await Task.Delay(1); // there may have been nothing to do
            }
            catch (GatewayException) when (_daemon.IsMeantToEnd)
            {
                return; // what was not answered is settled by the next life
            }
            catch (GatewayException refusal)
            {
                throw new BrokenPromiseException(Promise.ServesWhileItRuns, $"it refused for no reason: {refusal.Error.Code}: {refusal.Message}", refusal);
            }
        }
    }

    private Task ActAsync(Random random) => random.Next(100) switch
    {
        < 20 => _codes.PairAsync(random),
        < 50 => AskAsync(random),
        < 65 => _changes.RevokeAsync(random),
        < 80 => _changes.RotateAsync(random),
        < 90 => _changes.RenameAsync(random),
        _ => _changes.SetScopesAsync(random),
    };

    private async Task AskAsync(Random random)
    {
        if (Volatile.Read(ref _undecided) > 0 || !await _asking.WaitAsync(TimeSpan.Zero))
        {
            return;
        }

        try
        {
            await _requests.PairAsync(random);
        }
        finally
        {
            _asking.Release();
        }
    }
}
