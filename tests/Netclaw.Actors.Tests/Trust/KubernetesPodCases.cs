using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>
/// A pod whose sidecar is the authenticating proxy: it reaches the gateway from the pod's own address, the pod's scheduler from loopback. Containers
/// of a pod share the network, and here the user.
/// </summary>
public sealed class KubernetesPodCases
{
    private const string PodAddress = "10.244.1.17";

    private static readonly Request Pod = new Request().Under(ExposureMode.ReverseProxy, AuthMode.TrustedProxy, $"{PodAddress}/32").Under(new TrustedProxyOptions
    {
        UserHeader = "x-auth-request-email", RequiredHeaders = ["x-forwarded-proto", "x-forwarded-host"], AllowLoopback = true, LoopbackUser = "pod@internal", AllowUsers = ["alice@example.org", "pod@internal"],
    });

    private static Request BySidecar(string user, string from = PodAddress) => Pod.From(from, place: from == PodAddress ? RemotePlace.OwnInterface : RemotePlace.Elsewhere).To("gateway.example")
        .With("X-Forwarded-For", "198.51.100.7").With("X-Forwarded-Proto", "https").With("X-Forwarded-Host", "gateway.example").With("X-Auth-Request-Email", user);

    [Fact]
    public void ServesTheSidecarsUsers()
    {
        var who = BySidecar("alice@example.org").Granted();
        Assert.Equal((AuthMethod.TrustedProxy, "proxy:alice@example.org", ScopeSet.ReadWrite), (who.Method, who.Name, who.Scopes));
    }

    [Fact]
    public void ServesTheHeaderlessInternalClient()
    {
        var who = Pod.Granted();
        Assert.Equal((AuthMethod.LoopbackUser, "proxy:pod@internal"), (who.Method, who.Name));
    }

    [Fact]
    public void ServesTheHeaderlessInternalNode() => Assert.True(Pod.AsNode().Granted().IsInternal);

    [Fact]
    public void RefusesAUser_WhomThePodDoesNotList() => BySidecar("mallory@example.org").IsRefused(RefusalCode.TrustedProxyUserNotAllowed);

    [Fact]
    public void RefusesAnotherPod() => BySidecar("alice@example.org", from: "10.244.1.18").IsRefused(RefusalCode.TrustedProxyUntrustedSource);

    [Fact]
    public void RefusesTheSidecar_WhereItSaysNothingOfTheUser() => BySidecar(" ").IsRefused(RefusalCode.TrustedProxyUserMissing);

    /// <summary>The sidecar's own health check, or a client that reached the pod's address without the proxy.</summary>
    [Fact]
    public void RefusesTheHeaderlessClient_OnThePodsAddress() => Pod.From(PodAddress, place: RemotePlace.OwnInterface).IsRefused(RefusalCode.TrustedProxyMissingHeader);
}
