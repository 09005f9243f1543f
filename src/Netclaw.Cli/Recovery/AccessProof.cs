using Netclaw.Cli.Commands;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Recovery;

/// <summary>
/// Whether the local operator gets in, found out by getting in: over the control socket, and by TCP with the host's own key. Where no daemon runs, one is
/// started on the home for the time of the proof, at a loopback port of its own.
/// </summary>
internal sealed class AccessProof(CommandContext context)
{
    private const string ByHostKey = "host-key";

    /// <exception cref="CommandFailure">repair_not_proven, with what was seen.</exception>
    public async Task<AccessProven> RunAsync(bool online, CancellationToken cancellation)
    {
        try
        {
            return online ? await ConnectAsync("running", cancellation) : await OnTrialAsync(cancellation);
        }
        catch (CommandFailure failure)
        {
            throw new CommandFailure(RefusalCode.RepairNotProven, $"The repair is written, but the proof failed: {failure.Error.Message}", failure.Error.Remedy) { Tried = failure.Tried, Problems = failure.Problems };
        }
    }

    private async Task<AccessProven> OnTrialAsync(CancellationToken cancellation)
    {
        var pid = await context.Starter().StartOnTrialAsync(context.Options.Timeout ?? DaemonStarter.DefaultBudget, cancellation);
        try
        {
            return await ConnectAsync("trial", cancellation);
        }
        finally
        {
            await new DaemonStopper(context.Home, context.Time).StopAsync(pid, DaemonStopper.ForcedGrace, force: true, CancellationToken.None);
        }
    }

    private async Task<AccessProven> ConnectAsync(string daemon, CancellationToken cancellation)
    {
        string control;
        await using (var gateway = await GatewayDialer.OpenControlAsync(context, cancellation))
        {
            _ = await gateway.StatusAsync();
            control = gateway.ReachedBy.Method;
        }

        return new AccessProven(daemon, control, await ByHostKeyAsync(tolerant: daemon == "running", cancellation));
    }

    private async Task<string?> ByHostKeyAsync(bool tolerant, CancellationToken cancellation)
    {
        var host = EndpointSurvey.HostOf(context.Home) ?? throw new CommandFailure(RefusalCode.KeyUnreadable, $"{context.Home.HostKey} or {context.Home.GatewayMark} is not there.");
        CommandFailure? last = null;
        foreach (var url in host.Urls)
        {
            try
            {
                await using var gateway = await GatewayDialer.OpenHostAsync(new EndpointCandidate.Host(url, host.GatewayId), context, cancellation);
                _ = await gateway.StatusAsync();
                return gateway.ReachedBy.Method == ByHostKey ? url : throw new CommandFailure(
                    RefusalCode.PairingRequired, $"{url} let this process in by {gateway.ReachedBy.Method}, as it does any program of the owner's, and not as the host: {context.Home.HostKey} is not the key that is enrolled.",
                    RecoverCommand.LocalAccess);
            }
            catch (CommandFailure failure) when (failure.Is(RefusalCode.EndpointUnreachable))
            {
                last = failure;
            }
        }

        return tolerant ? null : throw last ?? new CommandFailure(RefusalCode.EndpointUnreachable, "The daemon listens on no address.");
    }
}
