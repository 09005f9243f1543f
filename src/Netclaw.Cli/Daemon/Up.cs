using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Daemon;

/// <param name="Qr">Null: when stdout is a terminal.</param>
internal sealed record UpRequest(string? Listen, bool WithCode, bool? Qr);

/// <param name="Started">False: it was running already.</param>
/// <param name="PairingProblem">Why there is no code.</param>
internal sealed record UpReport(
    bool Started, GatewayStatus Gateway, ImmutableArray<string> Endpoints, string ControlSocket, int Pid, ImmutableArray<PairedDevice> Devices,
    int Pending, CodeCreateResult? Pairing, CallError? PairingProblem);

/// <summary><c>netclaw up</c>: start if needed → ask over the control socket what stands → make a code. As often as wanted.</summary>
internal sealed class Up(CommandContext context)
{
    public async Task<Report> RunAsync(UpRequest request, CancellationToken cancellation)
    {
        context.RefuseElsewhere("up");
        var started = await EnsureRunningAsync(request.Listen, cancellation);
        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        var status = await gateway.StatusAsync();
        var devices = await gateway.DevicesAsync(all: false);
        var (pairing, problem) = request.WithCode ? await TryMintAsync(gateway) : (null, null);
        var report = new UpReport(
            started, status.Gateway, status.Daemon.Endpoints, status.Daemon.ControlSocket ?? context.Home.ControlSocket, status.Daemon.Pid,
            [.. devices.Paired.Where(device => device.Kind == "paired")], devices.Pending.Length, pairing, problem);
        return Report.Of(report, () => CliJson.Readable.UpReport, (value, screen) => UpSheet.Print(value, screen, request.Qr, context.Time));
    }

    private async Task<bool> EnsureRunningAsync(string? listen, CancellationToken cancellation)
    {
        var budget = context.Options.Timeout ?? DaemonStarter.DefaultBudget;
        if (LockHolder.Find(context.Home.LockFile) is { } pid)
        {
            await WaitReadyAsync(pid, budget, cancellation);
            return false;
        }

        context.Screen.Progress(new Progress("starting", "Starting netclawd…"));
        try
        {
            await context.Starter().StartAsync(listen, budget, cancellation);
            return true;
        }
        catch (CommandFailure failure) when (failure.Is(RefusalCode.LockHeld))
        {
            // Somebody else started it at the same moment: that is just as well.
            await WaitReadyAsync(LockHolder.Find(context.Home.LockFile), budget, cancellation);
            return false;
        }
    }

    private async Task WaitReadyAsync(int? pid, TimeSpan budget, CancellationToken cancellation)
    {
        var since = context.Time.GetTimestamp();
        var seen = "it was not asked";
        while (context.Time.GetElapsedTime(since) < budget)
        {
            switch (await ControlProbe.AskAsync(context.Home.ControlSocket, cancellation))
            {
                case ProbeResult.Ready:
                    return;
                case ProbeResult.NotReady notReady:
                    seen = notReady.Seen;
                    break;
                case ProbeResult.Silent silent:
                    seen = "control socket: " + silent.Seen;
                    break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), context.Time, cancellation);
        }

        throw new CommandFailure(
            RefusalCode.DaemonStartFailed, $"netclawd (pid {pid}) holds the lock of {context.Home.Root} and is not ready after {budget.TotalSeconds:0.#} s: {seen}.",
            "netclaw daemon stop --force");
    }

    /// <summary>That no code can be made does not make what stands fall.</summary>
    private static async Task<(CodeCreateResult? Code, CallError? Problem)> TryMintAsync(OpenGateway gateway)
    {
        try
        {
            return (await gateway.CreateCodeAsync(new CodeCreateParams(Role.Operator, null, null)), null);
        }
        catch (CommandFailure failure)
        {
            return (null, failure.Error);
        }
    }
}
