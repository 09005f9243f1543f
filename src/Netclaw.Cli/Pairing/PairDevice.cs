using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <param name="Target">An address, a pairing link or a setup link.</param>
/// <param name="Ask">Request first.</param>
internal sealed record PairRequest(
    string Target, bool Ask, bool CodeFromInput, string? Name, Role Role, ScopeSet? Scopes, bool Yes, string? LegacyTokenFile = null, bool LegacyTokenFromInput = false)
{
    public bool ByLegacyToken => LegacyTokenFile is not null || LegacyTokenFromInput;
}

/// <param name="WasPaired">The gateway knew this device already; nothing was changed there.</param>
internal sealed record PairReport(
    string Profile, string Url, GatewayId GatewayId, string GatewayName, DeviceId DeviceId, string DeviceName, Role Role, ScopeSet Scopes, bool WasPaired);

/// <summary>
/// <c>netclaw pair</c>: 1 understand the target and the code before anything is sent → 2 open, the gateway proves its key → 3 the key of this
/// home for that gateway, on disk before it is shown → 4 the exchange → 5 the profile.
/// </summary>
internal sealed class PairDevice(CommandContext context)
{
    public async Task<Report> RunAsync(PairRequest request, CancellationToken cancellation)
    {
        var name = NameOf(request);
        var target = await PairTarget.ReadAsync(request, context, cancellation); // 1
        var via = new EndpointCandidate.Named(target.Url, "pair", null);
        try
        {
            using var limit = new CancellationTokenSource(context.Options.Timeout ?? Timeout.InfiniteTimeSpan, context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                return await PairAsync(request, target, name, either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new GatewayException(RefusalTable.Error(
                    RefusalCode.TimedOut, $"Tried {target.Url}: the pairing was not done within {context.Options.Timeout!.Value.TotalSeconds:0.#} s.", $"netclaw pair {target.Url}"));
            }
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, via, []);
        }
    }

    private async Task<Report> PairAsync(PairRequest request, PairTarget target, string name, CancellationToken cancellation)
    {
        await using var connection = await GatewayConnection.OpenAsync(
            new GatewayEndpoint.Http(new Uri(target.Url)), GatewayDialer.Timing(context, target.KeyHash), cancellation); // 2
        var standing = context.Profiles.Load().ByGateway(connection.GatewayId);
        var asks = new ConnectRequest { Client = ClientIdentity.Info, Role = request.Role, Scopes = ScopesOf(request) };
        using var key = standing is null && target is { KeyHash: null, LegacyToken: null }
            ? await UnprovenKey.ForAsync(connection.GatewayId, target.Url, asks, context, cancellation)
            : context.Profiles.KeyFor(connection.GatewayId); // 3
        var client = new PairingClient(
            connection, asks with { Device = key }, name, pinned: target.KeyHash is not null || standing?.GatewayKey.Equals(connection.GatewayKey) == true, Tell);
        var paired = target.LegacyToken is { } token ? await LegacyEnrolment.RunAsync(connection, asks with { Device = key }, name, target.Url, token, context, cancellation)
            : target.SetupToken is { } setup ? await client.BySetupAsync(setup, cancellation)
            : target.Code is { } code ? await client.ByCodeAsync(code, cancellation) : await client.ByRequestAsync(cancellation); // 4
        var profile = await context.Profiles.AddAsync(
            ProfileOf(paired, target.Url, key, standing?.Name ?? context.Options.Profile ?? paired.Hello.Server.GatewayName), CancellationToken.None); // 5
        var report = new PairReport(
            profile.Name, profile.Url, profile.GatewayId, profile.GatewayName, profile.DeviceId, paired.Hello.Auth.DeviceName ?? name, profile.Role, profile.Scopes,
            paired.WasPaired);
        return Report.Of(report, () => CliJson.Readable.PairReport, Print);
    }

    /// <summary>By code the operator has chosen the scopes when the code was made, so everything is asked for and the code decides.</summary>
    private static ScopeSet ScopesOf(PairRequest request) => request switch
    {
        { Scopes: { } named } => named,
        { Role: Role.Node } => ScopeSet.Empty,
        { ByLegacyToken: true } => ScopeSet.Empty,
        _ when PairTarget.IsSetup(request.Target) => ScopeSet.Empty, // what the code grants
        { Ask: true } => ScopeSet.DeviceDefault,
        _ => ScopeSet.All,
    };

    private Profile ProfileOf(Paired paired, string url, SigningKey key, string name) => new(
        name, url, paired.GatewayKey.GatewayId, paired.Hello.Server.GatewayName, paired.GatewayKey, key.Public.DeviceId,
        context.Profiles.KeyFileFor(paired.GatewayKey.GatewayId), paired.Hello.Auth.Role, paired.Hello.Auth.Scopes, context.Now.ToUnixTimeMilliseconds());

    private void Tell(PairingStep step)
    {
        if (step is PairingStep.Requested requested)
        {
            context.Screen.Progress(new Progress(
                "waiting",
                $"Check symbols: {requested.Symbols}\nOn the gateway's machine: netclaw devices approve {requested.RequestId}\nWaiting for an operator…")
            {
                RequestId = requested.RequestId, Symbols = requested.Symbols, ExpiresAtMs = requested.ExpiresAt.ToUnixTimeMilliseconds(),
            });
        }
        else
        {
            context.Screen.Trace(step is PairingStep.CodeProven ? "the code is proven; waiting for the gateway's proof" : "the exchange has begun");
        }
    }

    private static string NameOf(PairRequest request) =>
        DeviceName.TryNormalize(request.Name ?? Environment.MachineName, out var name, out var problem)
            ? name
            : throw new CommandFailure(RefusalCode.DeviceNameInvalid, $"This device cannot be called '{request.Name ?? Environment.MachineName}': {problem}.", "netclaw pair <url> --name <name>");

    private static void Print(PairReport report, Screen screen)
    {
        screen.Line(report.WasPaired
            ? $"This device was paired with {PlainText.Of(report.GatewayName)} already."
            : $"Paired with {PlainText.Of(report.GatewayName)}.");
        screen.Lines(new Sheet()
            .Add("gateway", report.GatewayId.ToString())
            .Add("device", $"{report.DeviceName}  {report.DeviceId.Short}")
            .Add("may", $"{Spoken.RoleName(report.Role)}: {Spoken.Scopes(report.Scopes)}")
            .Add("profile", report.Profile)
            .Add("try", $"netclaw status --profile {report.Profile}")
            .Lines(screen.Width));
    }
}
