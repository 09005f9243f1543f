using System.Text.Json;
using Netclaw.Cli.Configuration;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>The daemon as it is seen from outside.</summary>
/// <param name="Pid">Who holds the home's lock; null: nobody.</param>
/// <param name="Probe">Null without a daemon.</param>
internal sealed record DaemonSight(int? Pid, ProbeResult? Probe);

/// <summary>One doctor's visit: what several checks look at is asked for once, and only if one of them wants it.</summary>
internal sealed class DoctorVisit
{
    private readonly CommandContext _context;
    private StatusResult? _status;
    private CommandFailure? _refused;
    private ConfigCheckReport? _configuration;

    private DoctorVisit(CommandContext context, DaemonSight sight)
    {
        _context = context;
        Sight = sight;
    }

    public NetclawHome Home => _context.Home;

    public DaemonSight Sight { get; }

    /// <summary>Why the daemon cannot be asked, or did not answer; null as far as it can.</summary>
    public string? Unasked => Sight switch
    {
        { Pid: null } => "no daemon runs",
        { Probe: not ProbeResult.Ready } => "the daemon is not ready",
        _ when _refused is { } refused => $"the daemon did not tell its status ({refused.Error.Code})",
        _ => null,
    };

    public static async Task<DoctorVisit> BeginAsync(CommandContext context, CancellationToken cancellation)
    {
        var pid = LockHolder.Find(context.Home.LockFile);
        return new DoctorVisit(context, new DaemonSight(pid, pid is null ? null : await ControlProbe.AskAsync(context.Home.ControlSocket, cancellation)));
    }

    /// <summary>Of the running daemon, over the control socket. The first answer or refusal stands for the whole visit.</summary>
    /// <exception cref="CommandFailure">Why it did not answer.</exception>
    public async Task<StatusResult> StatusAsync(CancellationToken cancellation)
    {
        if (_refused is not null)
        {
            throw _refused;
        }

        try
        {
            return _status ??= await AskAsync(cancellation);
        }
        catch (CommandFailure refused)
        {
            _refused = refused;
            throw;
        }
    }

    /// <summary>For checks that have nothing to say of their own when the daemon does not answer.</summary>
    public async Task<StatusResult?> StatusOrNullAsync(CancellationToken cancellation)
    {
        try
        {
            return Unasked is null ? await StatusAsync(cancellation) : null;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    /// <summary>What a daemon would make of netclaw.json, up or down.</summary>
    /// <exception cref="CommandFailure">netclawd is missing or failed.</exception>
    public async Task<ConfigCheckReport> ConfigurationAsync(CancellationToken cancellation) => _configuration ??= JsonSerializer.Deserialize(
        (await new OfflineVerb(_context).RunAsync("config-check", [], cancellation)).Json, CliJson.Readable.ConfigCheckReport)!;

    /// <summary>What stands in the journal, beside a daemon or without one.</summary>
    /// <exception cref="CommandFailure">netclawd is missing, or the keys cannot be used.</exception>
    public async Task<JournalCheckReport> JournalAsync(CancellationToken cancellation) => JsonSerializer.Deserialize(
        (await new OfflineVerb(_context).RunAsync("journal-check", [], cancellation)).Json, CliJson.Readable.JournalCheckReport)!;

    private async Task<StatusResult> AskAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenControlAsync(_context, cancellation);
        return await gateway.StatusAsync();
    }
}
