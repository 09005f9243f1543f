using Netclaw.Cli.Commands;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>What may be shown to one gateway, chosen after it has proven its key: a credential is bound to the gateway it was made for.</summary>
/// <param name="Key">Null on a control socket, where the kernel says who we are.</param>
internal sealed record GatewayCredential(string What, SigningKey? Key, Role Role) : IDisposable
{
    /// <summary>A secret that was handed to this program, where it is shown instead of a key.</summary>
    public ConnectAuth? Auth { get; init; }

    /// <summary>It is this host's own key.</summary>
    public bool IsHost { get; init; }

    /// <summary>
    /// The host's key is shown as the host's and as nothing else. A gateway on this machine pairs an unknown key of its owner without a prompt, unless that asks how it is paired; and a key file that came from
    /// elsewhere would become a device that is let in from anywhere, for whoever holds the original.
    /// </summary>
    public PairingIntent? OnlyAs => IsHost ? new PairingIntent { Flow = PairingFlow.Code, Name = "host" } : null;

    /// <summary>The profile that it is of, if any.</summary>
    public Profile? Profile { get; init; }

    /// <summary>The key that a rotation of <paramref name="profile"/> was cut off with: it may be the one in force.</summary>
    /// <exception cref="GatewayException">gateway_key_changed.</exception>
    public static GatewayCredential NextOf(Profile profile, GatewayConnection gateway, CommandContext context) => profile.GatewayKey.Equals(gateway.GatewayKey)
        ? new($"the next key of profile '{profile.Name}', whose rotation was cut off", context.Profiles.NextKeyOf(profile), profile.Role) { Profile = profile }
        : throw Changed(profile.Url, profile.GatewayId, gateway);

    /// <exception cref="GatewayException">gateway_key_changed, pairing_required.</exception>
    /// <exception cref="CommandFailure">The key file cannot be used.</exception>
    public static GatewayCredential For(EndpointCandidate candidate, GatewayConnection gateway, EndpointFacts facts, CommandContext context) =>
        HandedSecrets.OfRun(candidate, context) ?? HandedSecrets.Asked(candidate, gateway, facts, context) ?? Own(candidate, gateway, facts, context);

    public void Dispose() => Key?.Dispose();

    private static GatewayCredential Own(EndpointCandidate candidate, GatewayConnection gateway, EndpointFacts facts, CommandContext context) => candidate switch
    {
        EndpointCandidate.Control or EndpointCandidate.NamedSocket => new GatewayCredential("nothing: the kernel names us", null, Role.Operator),
        EndpointCandidate.Host host => gateway.GatewayId == host.GatewayId ? OfHost(context.Home) : throw Changed(host.Address, host.GatewayId, gateway),
        EndpointCandidate.Paired paired => Of(paired.Profile, context),
        EndpointCandidate.Named named => ForNamed(named, gateway, facts, context),
        _ => throw new ArgumentOutOfRangeException(nameof(candidate), candidate, "no such candidate"),
    };

    private static GatewayCredential ForNamed(EndpointCandidate.Named named, GatewayConnection gateway, EndpointFacts facts, CommandContext context)
    {
        var book = facts.Profiles.Value.BookOrThrow();
        if (named.ProfileName is { } name)
        {
            var profile = book.ByName(name)!;
            return profile.GatewayKey.Equals(gateway.GatewayKey) ? Of(profile, context) : throw Changed(named.Url, profile.GatewayId, gateway);
        }

        if (book.ByGateway(gateway.GatewayId) is { } paired)
        {
            return Of(paired, context);
        }

        if (facts.Host.Value?.GatewayId == gateway.GatewayId)
        {
            return OfHost(context.Home);
        }

        if (book.ByUrl(named.Url) is { } former)
        {
            throw Changed(named.Url, former.GatewayId, gateway);
        }

        return HandedSecrets.OfEnvironment(named, gateway, facts, context) ?? throw new GatewayException(EndpointSurvey.GatewayOf(context.Home) == gateway.GatewayId
            ? RefusalTable.Error(RefusalCode.PairingRequired, $"Tried {named.Url}: it is the gateway of this home, whose host key {context.Home.HostKey} is not there.", RecoverCommand.LocalAccess)
            : RefusalTable.Error(RefusalCode.PairingRequired, $"Tried {named.Url}: this home is not paired with {gateway.Challenge.GatewayName} ({gateway.GatewayId})."));
    }

    private static GatewayCredential Of(Profile profile, CommandContext context) =>
        new($"the device key of profile '{profile.Name}'", context.Profiles.KeyOf(profile), profile.Role) { Profile = profile };

    private static GatewayCredential OfHost(NetclawHome home) => KeyFile.Load(home.HostKey) switch
    {
        KeyFileResult.Loaded loaded => new GatewayCredential("the host credential", loaded.Key, Role.Operator) { IsHost = true },
        KeyFileResult.Problem problem => throw new CommandFailure(RefusalCode.KeyUnreadable, problem.Seen + ".", LocalRemedy.SetHostKeyAside(home)),
        _ => throw new CommandFailure(RefusalCode.KeyUnreadable, $"{home.HostKey} has just been removed.", RecoverCommand.LocalAccess),
    };

    private static GatewayException Changed(string address, GatewayId expected, GatewayConnection gateway) => new(RefusalTable.Error(
        RefusalCode.GatewayKeyChanged, $"Tried {address}: expected the gateway {expected}, another one answers: {gateway.GatewayId}. Nothing was sent to it."));
}
