using System.Collections.Immutable;
using System.Text;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>
/// <c>netclaw doctor proxy</c>: 1 this home's daemon begins a probe, 2 one request goes out to the address that clients use, 3 the daemon tells what
/// arrived, 4 the difference is what the proxy does.
/// </summary>
internal sealed class ProxyDoctor(CommandContext context)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <returns>0 nothing found, 1 errors, 2 only warnings.</returns>
    public async Task<int> RunAsync(bool passwordFromInput, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        var begun = await gateway.BeginProbeAsync(); // 1
        var url = Target(begun);
        var authorization = passwordFromInput ? await PasswordAsync(cancellation) : null;
        context.Screen.Trace($"one WebSocket request to {url}, with claims that only a proxy may make");
        ProbeAnswer answer;
        try
        {
            answer = await AskAsync(url, ProbeLines.Of(begun, authorization), cancellation); // 2
        }
        catch (GatewayException unanswered)
        {
            return Show(url, null, [NothingArrived.Of(unanswered.Error)], null);
        }

        var arrived = (await gateway.ProbeResultAsync(begun.Id)).Arrived; // 3
        var outcome = new ProbeOutcome(url, authorization is not null, begun.Settings, answer, arrived);
        return Show(url, outcome.Proxy, ProxyFindings.Of(outcome), arrived); // 4
    }

    private int Show(Uri url, string? proxy, ImmutableArray<ProxyFinding> findings, ProbeArrival? arrived)
    {
        context.Screen.Show(ProxySheet.Report(new ProxyReport(EndpointOrder.Text(url), proxy, findings.IsEmpty, findings, arrived)));
        return findings.IsEmpty ? ExitCodes.Ok : findings.Any(finding => finding.Severity == Severity.Error) ? ExitCodes.Failed : ExitCodes.Warned;
    }

    private Uri Target(ProbeBeginResult begun)
    {
        if (context.Options.Profile is not null)
        {
            throw new CommandFailure(RefusalCode.UsageError, "doctor proxy asks the daemon of this home; --profile does not go with it.", "netclaw doctor proxy");
        }

        var text = context.Options.Url ?? begun.Url
            ?? throw new CommandFailure(RefusalCode.UsageError, $"Nothing says where the proxy is reached: {begun.UrlProblem}", "netclaw doctor proxy --url https://<the proxy>");
        return GatewayAddress.TryParse(text, out var url, out var problem)
            ? url
            : throw new CommandFailure(RefusalCode.EndpointUrlInvalid, $"'{text}' is not the address of a proxy: {problem}.", "netclaw doctor proxy --url https://<the proxy>");
    }

    private async Task<string> PasswordAsync(CancellationToken cancellation) =>
        await context.Screen.ReadLineAsync(cancellation) is { } line && line.Contains(':', StringComparison.Ordinal)
            ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(line))
            : throw new CommandFailure(RefusalCode.UsageError, "--password-stdin wants one line on stdin: user:password.", "netclaw doctor proxy --password-stdin");

    private async Task<ProbeAnswer> AskAsync(Uri url, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        var limit = context.Options.Timeout ?? DefaultTimeout;
        using var deadline = new CancellationTokenSource(limit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await ProbeRequest.SendAsync(url, lines, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new CommandFailure(RefusalCode.TimedOut, $"Tried {EndpointOrder.Text(url)}: no answer within {limit.TotalSeconds:0} s.");
        }
    }
}
