using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>What must hold for every combination of evidence, hello, verdict and registry (trust.md).</summary>
public sealed class TrustPolicyTests
{
    [Fact]
    public void Answers_EveryCombination()
    {
        var seen = new HashSet<string>();
        var asked = 0;
        foreach (var question in EvidenceSpace.Questions())
        {
            asked++;
            switch (TrustPolicy.Default.Decide(question))
            {
                case Granted granted:
                    seen.Add("granted " + granted.Principal.MethodName);
                    break;
                case MustPair:
                    seen.Add("must-pair");
                    break;
                case Refused refused:
                    seen.Add(RefusalTable.For(refused.Code).Name);
                    Assert.NotEmpty(refused.Check);
                    Assert.NotEmpty(refused.Seen);
                    Assert.NotEmpty(RefusalTable.For(refused.Code).Remedy);
                    break;
                case var other:
                    Assert.Fail($"no such decision: {other}");
                    break;
            }
        }

        Assert.True(asked > 100_000, $"only {asked} combinations");
        Assert.Equal(
        [
            "control_socket_bridged", "device_id_mismatch", "device_identity_required", "device_key_invalid", "device_nonce_mismatch", "device_revoked",
            "device_signature_expired", "device_signature_invalid", "granted control-socket", "granted device-key", "granted host-key",
            "host_credential_not_local", "host_not_allowed", "missing_scope", "must-pair", "origin_not_allowed", "pairing_required",
            "peer_credentials_unavailable", "peer_uid_not_allowed", "role_not_allowed", "spawn_credential_required", "unauthorized",
        ], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Grants_OnlyOnEvidence()
    {
        foreach (var question in EvidenceSpace.Questions())
        {
            if (TrustPolicy.Default.Decide(question) is not Granted { Principal: var who })
            {
                continue;
            }

            var evidence = question.Evidence;
            Assert.True(question.Credentials.Proof is ProofVerdict.Absent or ProofVerdict.Valid, "a broken proof was let in");
            Assert.Equal(question.Hello.Role, who.Role);
            if (evidence.Listener == ListenerKind.Control)
            {
                Assert.Equal(AuthMethod.ControlSocket, who.Method);
                Assert.True(evidence.Peer is { UserId: EvidenceSpace.Owner or UserId.Root, DescendsFromDaemon: false });
                Assert.True(evidence is { Origin: null, Forwarded: false } && evidence.Host != "evil.example");
                Assert.Null(who.Device);
                continue;
            }

            var device = Assert.Contains(EvidenceSpace.Key.DeviceId, question.Registry.Devices);
            Assert.Equal(ProofVerdict.Valid, question.Credentials.Proof);
            Assert.NotNull(question.Hello.DeviceKey);
            Assert.True(evidence.HostAllowed);
            Assert.True(evidence.Origin is null || evidence.OriginAllowed);
            Assert.False(device.IsRevoked);
            Assert.Contains(who.Role, device.Roles);
            Assert.True(device.Scopes.Covers(who.Scopes), "more than the registry grants");
            Assert.Equal(device.Kind == DeviceKind.Host ? AuthMethod.HostKey : AuthMethod.DeviceKey, who.Method);
            Assert.True(device.Kind != DeviceKind.Host || evidence is { RemoteIsOwnHost: true, Forwarded: false });
        }
    }

    [Fact]
    public void Grants_NoMoreThanAskedFor()
    {
        foreach (var question in EvidenceSpace.Questions().Where(question => !question.Hello.Scopes.IsEmpty))
        {
            if (TrustPolicy.Default.Decide(question) is Granted { Principal.Scopes: var scopes })
            {
                Assert.Equal(question.Hello.Scopes, scopes);
            }
        }
    }

    [Fact]
    public void OffersPairing_OnlyToAProvenKeyWithAnIntent()
    {
        foreach (var question in EvidenceSpace.Questions())
        {
            if (TrustPolicy.Default.Decide(question) is MustPair pair)
            {
                Assert.Equal(ListenerKind.Tcp, question.Evidence.Listener);
                Assert.Equal(ProofVerdict.Valid, question.Credentials.Proof);
                Assert.Equal(question.Hello.DeviceKey, pair.Key);
                Assert.Equal(question.Hello.Pairing, pair.Intent);
            }
        }
    }

    /// <summary>Proxy headers, a browser's Origin, another Host, a label: whatever is added, nobody gets more than without it.</summary>
    [Fact]
    public void NeverWidens_ByWhatAnybodyCanSend()
    {
        foreach (var evidence in EvidenceSpace.Evidence().Where(evidence => evidence is { Forwarded: false, Origin: null }))
        {
            ConnectionEvidence[] dressed =
            [
                evidence with { Forwarded = true }, evidence with { Origin = "https://page.example" },
                evidence with { Origin = "https://page.example", OriginAllowed = true }, evidence with { Host = "evil.example", HostAllowed = false },
            ];
            foreach (var plain in EvidenceSpace.Questions(evidence))
            {
                var bare = TrustPolicy.Default.Decide(plain);
                foreach (var more in dressed)
                {
                    AssertNoWider(bare, TrustPolicy.Default.Decide(plain with { Evidence = more }));
                }

                var labelled = plain.Hello with { Client = new ClientInfo { Id = "gateway-client", Version = "1", Platform = "linux", Mode = "backend", DisplayName = "root" } };
                Assert.Equal(bare, TrustPolicy.Default.Decide(plain with { Hello = labelled }));
            }
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5199", true)]
    [InlineData("control.sock", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.53:80", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::1]:5199", true)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.1", false)]
    [InlineData("2130706433", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("127.0.0.1:80@evil", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("[::2]", false)]
    public void KnowsALocalHost_ByItsSpelling(string? host, bool local) => Assert.Equal(local, LoopbackHost.IsLocal(host));

    [Fact]
    public void NamesTheUser_WhoIsRefused()
    {
        var evidence = EvidenceSpace.Control().First(evidence => evidence is { Peer: { UserId: 1001 }, Host: "", Forwarded: false, Origin: null });
        var refused = Assert.IsType<Refused>(TrustPolicy.Default.Decide(EvidenceSpace.Questions(evidence).First()));
        Assert.Equal(RefusalCode.PeerUidNotAllowed, refused.Code);
        Assert.Contains("1001", refused.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowsWhatWasSent_WithoutControlCharacters()
    {
        var evidence = EvidenceSpace.Tcp().First() with { HostAllowed = false, Host = "a\r\nb" + new string('x', 300) };
        var refused = Assert.IsType<Refused>(TrustPolicy.Default.Decide(EvidenceSpace.Questions(evidence).First()));
        Assert.Equal(RefusalCode.HostNotAllowed, refused.Code);
        Assert.DoesNotContain('\n', refused.Seen);
        Assert.True(refused.Seen.Length < 160);
    }

    private static void AssertNoWider(AccessDecision bare, AccessDecision dressed)
    {
        switch (bare, dressed)
        {
            case (_, Refused):
            case (MustPair, MustPair):
                break;
            case (Granted before, Granted after):
                Assert.Equal(before, after);
                break;
            default:
                Assert.Fail($"{bare} became {dressed}");
                break;
        }
    }
}
