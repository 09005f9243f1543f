using System.Collections.Immutable;
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

/// <summary>
/// One doctor's visit. What takes long is begun before the first check runs, netclawd's look in a process of its own and the daemon's status beside it, and is
/// there, or nearly, when a check wants it. The first check that wants what cannot be had fails by it; the others are skipped.
/// </summary>
internal sealed class DoctorVisit
{
    private Task<Examination>? _examination;
    private Task<StatusResult>? _status;
    private CommandFailure? _refused;
    private CommandFailure? _unexamined;

    private DoctorVisit(CommandContext context, DaemonSight sight)
    {
        Context = context;
        Sight = sight;
    }

    public CommandContext Context { get; }

    public NetclawHome Home => Context.Home;

    public DaemonSight Sight { get; }

    /// <summary>Why the daemon cannot be asked, or did not answer; null as far as it can.</summary>
    public string? Unasked => Sight switch
    {
        { Pid: null } => "no daemon runs",
        { Probe: ProbeResult.Silent or ProbeResult.NotReady { TimedOut: true } } => "the daemon does not answer",
        _ when _refused is { } refused => $"the daemon did not tell its status ({refused.Error.Code})",
        _ => null,
    };

    /// <summary>Why netclawd did not look, after a check has failed by it.</summary>
    public string Unexamined => $"netclawd could not look ({_unexamined?.Error.Code})";

    public static async Task<DoctorVisit> BeginAsync(CommandContext context, Needs needs, CancellationToken cancellation)
    {
        var examination = needs.Sections.IsEmpty ? null : Task.Run(() => ExamineAsync(context, needs.Sections, cancellation), CancellationToken.None);
        var pid = LockHolder.Find(context.Home.LockFile);
        var probe = pid is null ? null : await ControlProbe.AskAsync(context.Home.ControlSocket, cancellation);
        return new DoctorVisit(context, new DaemonSight(pid, probe))
        {
            _examination = examination,
            _status = probe is ProbeResult.Ready or ProbeResult.NotReady { TimedOut: false } && needs.Status ? Task.Run(() => AskAsync(context, cancellation), CancellationToken.None) : null,
        };
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
            return await (_status ??= AskAsync(Context, cancellation)).WaitAsync(cancellation);
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

    /// <returns>Null: it failed, and an earlier check has said so.</returns>
    /// <exception cref="CommandFailure">netclawd is missing or failed; thrown once.</exception>
    public async Task<Examination?> ExaminationAsync(CancellationToken cancellation)
    {
        if (_unexamined is not null)
        {
            return null;
        }

        try
        {
            return await (_examination ?? throw new InvalidOperationException("a check that wants the examination names its sections")).WaitAsync(cancellation);
        }
        catch (CommandFailure failure)
        {
            _unexamined = failure;
            throw;
        }
    }

    /// <summary>For checks that go on without.</summary>
    public async Task<Examination?> ExaminationOrNullAsync(CancellationToken cancellation)
    {
        try
        {
            return _unexamined is null && _examination is not null ? await _examination.WaitAsync(cancellation) : null;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    private static async Task<Examination> ExamineAsync(CommandContext context, ImmutableArray<string> sections, CancellationToken cancellation) =>
        JsonSerializer.Deserialize((await new OfflineVerb(context).RunAsync("examine", ["--only", string.Join(',', sections)], cancellation)).Json, CliJson.Readable.Examination)!;

    private static async Task<StatusResult> AskAsync(CommandContext context, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        return await gateway.StatusAsync();
    }
}
