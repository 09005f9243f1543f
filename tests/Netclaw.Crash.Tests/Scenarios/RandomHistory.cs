using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>Devices that come and go by chance, each key once.</summary>
internal sealed class RandomHistory(RecordedHome home, Random random)
{
    private readonly HashSet<DeviceId> _revoked = [];
    private int _names;

    /// <summary>Everybody who was ever revoked; a former key of a device is.</summary>
    public IReadOnlySet<DeviceId> Revoked => _revoked;

    public IReadOnlyDictionary<DeviceId, Device> Devices => home.Registry.Snapshot.Devices;

    public async Task GoOnAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var paired = Devices.Values.Where(device => device is { IsRevoked: false, Kind: not DeviceKind.Host }).OrderBy(device => device.Id.ToString(), StringComparer.Ordinal).ToList();
            if (paired.Count < 2 || random.Next(3) == 0)
            {
                await ComeAsync();
            }
            else
            {
                await ChangeAsync(paired[random.Next(paired.Count)]);
            }
        }

        home.MarkHeads();
    }

    private async Task ComeAsync()
    {
        var name = $"device {++_names}";
        using var key = SigningKey.Generate();
        switch (random.Next(4))
        {
            case 0:
                await home.ApproveAsync(key.Public, ScopeSet.ReadWrite, name);
                break;
            case 1:
                var raw = new byte[32];
                random.NextBytes(raw);
                Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, raw, out var protocol));
                await home.PairAsync(protocol, ScopeSet.DeviceDefault, name);
                await home.RotateTokenAsync(protocol.DeviceId);
                break;
            default:
                await home.PairAsync(key.Public, ScopeSet.DeviceDefault, name);
                break;
        }
    }

    private async Task ChangeAsync(Device device)
    {
        switch (random.Next(6))
        {
            case 0 or 1:
                await home.RevokeAsync(device.Id);
                _revoked.Add(device.Id);
                break;
            case 2:
                await home.RenameAsync(device.Id, $"renamed {++_names}");
                break;
            case 3:
                await home.SetScopesAsync(device.Id, random.Next(2) == 0 ? new ScopeSet(Scope.Read) : ScopeSet.ReadWrite);
                break;
            case 4 when device.Key.Algorithm == KeyAlgorithm.P256:
                using (var next = SigningKey.Generate())
                {
                    await home.RekeyAsync(device.Id, next.Public, device.Scopes);
                }

                _revoked.Add(device.Id);
                break;
            case 4:
                await home.RotateTokenAsync(device.Id);
                break;
            default:
                await home.MintAsync();
                break;
        }
    }
}
