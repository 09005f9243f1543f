using Netclaw.Actors.Devices;
using Netclaw.Actors.Probing;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>proxy.probe.begin</c> and <c>proxy.probe.result</c>: what a proxy makes of one request, and what the policy would say to it.</summary>
internal sealed class ProbeHandler(HandlerParts parts, ProxyProbes probes, TrustOptions trust, TrustPolicy policy) : MethodHandlerActor
{
    private static readonly Hello Nobody = new()
    {
        Role = Role.Operator, Scopes = ScopeSet.Empty, Client = new ClientInfo { Id = "probe", Version = "0", Platform = "none" },
    };

    protected override void Handle(MethodCall call)
    {
        if (call.Method == ProbeBeginResult.Method)
        {
            Begin(call);
        }
        else if (TryRead(call, ProtocolJson.Default.ProbeResultParams, out var wanted))
        {
            Tell(call, wanted.Id);
        }
    }

    private void Begin(MethodCall call)
    {
        var endpoint = parts.Endpoints.ForOtherDevices;
        var proxy = trust.TrustedProxy;
        var settings = new ProbeSettings(
            trust.Exposure.Name(), trust.Auth.Name(), [.. trust.TrustedProxies.Networks.Select(network => network.ToString())], proxy.RequiredHeaders,
            proxy.AllowLoopback, proxy.LoopbackUser is not null, proxy.UserHeader, proxy.Assertion?.Header);
        Answer(call,
            new ProbeBeginResult(probes.Begin(), (int)ProxyProbes.Lifetime.TotalMilliseconds, settings, endpoint.Url?.AbsoluteUri.TrimEnd('/'), endpoint.Problem),
            ProtocolJson.Default.ProbeBeginResult);
    }

    private void Tell(MethodCall call, string id)
    {
        if (probes.TryTake(id, out var seen))
        {
            Answer(call, new ProxyProbeResult(seen is null ? null : Arrival(seen)), ProtocolJson.Default.ProxyProbeResult);
        }
        else
        {
            Refuse(call, RefusalCode.InvalidRequest, "there is no such probe: it was asked for already, or its minute is over");
        }
    }

    private ProbeArrival Arrival(ProbeSighting seen)
    {
        var asked = new AccessQuestion(seen.Evidence, Nobody, Credentials.None, trust, parts.View.Current ?? RegistrySnapshot.Empty);
        return new ProbeArrival(
            seen.Path, seen.HttpVersion, seen.Upgrade, seen.Evidence.Remote?.Address.ToString() ?? "unknown", PlaceName(seen.Evidence.Place),
            seen.Evidence.HostAllowed, seen.Headers, seen.Evidence.Client?.ToString(), Verdict(ProxyChecks.FinalHop(asked)), Decision(asked));
    }

    /// <summary>Only where the proxy's word alone decides: in every other mode the probe shows nothing that could let it in.</summary>
    private ProbeVerdict? Decision(AccessQuestion asked) => trust is { Auth: AuthMode.TrustedProxy, TrustedProxy.Assertion: null }
        ? Verdict(policy.Decide(asked)) ?? new ProbeVerdict("ok", "")
        : null;

    private static ProbeVerdict? Verdict(AccessDecision? decision) =>
        decision is AccessDecision.Refused refused ? new ProbeVerdict(refused.CodeName, refused.Seen) : null;

    private static string PlaceName(RemotePlace place) => place switch
    {
        RemotePlace.Elsewhere => "elsewhere",
        RemotePlace.Loopback => "loopback",
        RemotePlace.OwnInterface => "own-interface",
        RemotePlace.Unlisted => "unlisted",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "no such place"),
    };
}
