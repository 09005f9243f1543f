using System.Text.Json;
using Netclaw.Cli.Commands;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>
/// 1 gather facts → 2 order the endpoints → 3 try one after the other → 4 prove who we are with the credential that belongs to the gateway that
/// proved itself. Every step is told by --verbose, and all of them by a failure.
/// </summary>
internal static class GatewayDialer
{
    private static readonly TimeSpan DefaultOpenTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultCallTimeout = TimeSpan.FromSeconds(30);

    /// <param name="heard">Every event of the connection.</param>
    /// <exception cref="CommandFailure">Why no endpoint let us in, with everything that was tried.</exception>
    public static async Task<OpenGateway> OpenAsync(CommandContext context, CancellationToken cancellation, Action<string, JsonElement>? heard = null)
    {
        var facts = EndpointSurvey.Of(context.Home, context.Host.Environment, context.Options.Url, context.Options.Profile); // 1
        var tried = new List<Attempt>();
        foreach (var step in EndpointOrder.Of(facts)) // 2
        {
            if (step is EndpointStep.PassedOver { Attempt: var attempt })
            {
                context.Screen.Trace($"{attempt.What}: {attempt.Seen}");
                tried.Add(attempt);
                continue;
            }

            var candidate = ((EndpointStep.Try)step).Candidate;
            try
            {
                return await DialAsync(candidate, facts, context, cancellation, heard); // 3
            }
            catch (GatewayException refusal) when (candidate.MayBePassedOver && IsNobodyThere(refusal, candidate))
            {
                context.Screen.Trace($"{candidate.What}: {Refused.Seen(refusal)}");
                tried.Add(new Attempt(candidate.What, Refused.Seen(refusal)));
            }
            catch (GatewayException refusal)
            {
                throw Refused.By(refusal, candidate, tried);
            }
        }

        throw Nowhere(context.Home, facts, tried);
    }

    /// <summary>This home's daemon and no other.</summary>
    /// <exception cref="CommandFailure">Why it did not let us in.</exception>
    public static async Task<OpenGateway> OpenControlAsync(CommandContext context, CancellationToken cancellation)
    {
        var candidate = new EndpointCandidate.Control(context.Home.ControlSocket);
        var facts = EndpointSurvey.Of(context.Home, _ => null, null, null);
        try
        {
            return await DialAsync(candidate, facts, context, cancellation);
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, candidate, []);
        }
    }

    /// <summary>This home's daemon by TCP, with the host's own key.</summary>
    /// <exception cref="CommandFailure">Why it did not let us in.</exception>
    public static async Task<OpenGateway> OpenHostAsync(EndpointCandidate.Host host, CommandContext context, CancellationToken cancellation)
    {
        try
        {
            return await DialAsync(host, EndpointSurvey.Of(context.Home, _ => null, null, null), context, cancellation);
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, host, []);
        }
    }

    /// <param name="heard">Every event of the connection.</param>
    public static GatewayConnectionOptions Timing(CommandContext context, string? pin, Action<string, JsonElement>? heard = null) => new()
    {
        PinnedKeyHash = pin,
        OnEvent = heard,
        OpenTimeout = context.Options.Timeout ?? DefaultOpenTimeout,
        CallTimeout = context.Options.Timeout ?? DefaultCallTimeout,
        Time = context.Time,
    };

    /// <summary>The gateway that a profile is of, by that profile's key.</summary>
    /// <exception cref="CommandFailure">Why it did not let us in.</exception>
    public static async Task<OpenGateway> OpenProfileAsync(Profile profile, CommandContext context, CancellationToken cancellation)
    {
        var candidate = new EndpointCandidate.Paired(profile, "profile");
        try
        {
            return await DialAsync(candidate, EndpointSurvey.Of(context.Home, _ => null, null, null), context, cancellation);
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, candidate, []);
        }
    }

    /// <summary>A key that is revoked while the profile has a next one may be a rotation whose answer got lost: the next one is tried, and kept when it is good.</summary>
    private static async Task<OpenGateway> DialAsync(EndpointCandidate candidate, EndpointFacts facts, CommandContext context, CancellationToken cancellation, Action<string, JsonElement>? heard = null)
    {
        Profile? shown = null;
        var asHost = false;
        try
        {
            return await DialAsync(candidate, gateway =>
            {
                var credential = GatewayCredential.For(candidate, gateway, facts, context);
                (shown, asHost) = (credential.Profile, credential.IsHost);
                return credential;
            }, context, cancellation, heard);
        }
        catch (GatewayException refusal) when (asHost && refusal.Code is (RefusalCode.DeviceRevoked or RefusalCode.PairingRequired))
        {
            // This home's own daemon does not know this home's own key.
            throw new GatewayException(refusal.Error with { Remedy = RecoverCommand.LocalAccess });
        }
        catch (GatewayException refusal) when (refusal.Code == RefusalCode.DeviceRevoked && shown is { NextKeyFile: not null })
        {
            OpenGateway gateway;
            try
            {
                gateway = await DialAsync(candidate, again => GatewayCredential.NextOf(shown, again, context), context, cancellation, heard);
            }
            catch (GatewayException)
            {
                throw refusal; // the device was revoked, and no rotation had anything to do with it
            }

            await context.Profiles.FinishRotationAsync(shown, gateway.Device!.Value, context.Now, CancellationToken.None);
            gateway.FinishedRotationOf = shown.DeviceId;
            return gateway;
        }
    }

    private static async Task<OpenGateway> DialAsync(
        EndpointCandidate candidate, Func<GatewayConnection, GatewayCredential> choose, CommandContext context, CancellationToken cancellation, Action<string, JsonElement>? heard)
    {
        context.Screen.Trace($"trying {candidate.What}");
        var pin = candidate is EndpointCandidate.Paired { Profile: var profile } ? profile.GatewayKey.HashText : null;
        var connection = await GatewayConnection.OpenAsync(EndpointOf(candidate, context.Home), Timing(context, pin, heard), cancellation);
        try
        {
            using var credential = choose(connection); // 4
            context.Screen.Trace($"gateway {connection.GatewayId}; showing {credential.What}");
            var asks = new ConnectRequest { Client = ClientIdentity.Info, Role = credential.Role, Device = credential.Key, Auth = credential.Auth, Pairing = credential.OnlyAs };
            var hello = await connection.ConnectAsync(asks, cancellation) is ConnectOutcome.Welcomed welcomed ? welcomed.Hello : throw new GatewayException(RefusalTable.Error(
                RefusalCode.PairingRequired, $"Tried {candidate.Address}: the gateway does not know {credential.What} in {context.Home.HostKey}, or knows it no more."));
            context.Screen.Trace($"let in by {hello.Auth.Method} as {NativeTranscript.RoleText(hello.Auth.Role)}: {hello.Auth.Scopes}");
            return new OpenGateway(connection, hello, candidate, cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static GatewayEndpoint EndpointOf(EndpointCandidate candidate, NetclawHome home) => candidate switch
    {
        EndpointCandidate.Control => GatewayEndpoint.OfHome(home),
        EndpointCandidate.NamedSocket socket => GatewayEndpoint.OfSocket(socket.Path),
        _ => new GatewayEndpoint.Http(new Uri(candidate.Address)),
    };

    /// <summary>A stale socket, a closed port, another gateway's port: our own daemon is not there. A refusal is never passed over.</summary>
    private static bool IsNobodyThere(GatewayException refusal, EndpointCandidate candidate) =>
        refusal.Code == RefusalCode.EndpointUnreachable
        || (candidate is EndpointCandidate.Host && refusal.Code is RefusalCode.EndpointNotNetclaw or RefusalCode.GatewayKeyChanged);

    private static CommandFailure Nowhere(NetclawHome home, EndpointFacts facts, List<Attempt> tried) => facts switch
    {
        { Profiles.Value.Damage: { } damage } => new CommandFailure(damage.Error) { Tried = [.. tried] },
        { Host.Value: null } =>
            new CommandFailure(RefusalCode.NotPaired, $"The home {home.Root} has no daemon running and is not paired with a gateway.") { Tried = [.. tried] },
        _ => new CommandFailure(RefusalCode.DaemonNotRunning, $"No daemon runs on {home.Root}.") { Tried = [.. tried] },
    };
}
