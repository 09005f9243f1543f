using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>What the registry holds under the presented key.</summary>
internal enum DeviceState
{
    None,
    Paired,
    Host,
    Revoked,
    Suspended,
}

/// <summary>A question while it is being read: what was not said keeps its default.</summary>
internal sealed class QuestionDraft
{
    /// <summary>The text that is being read.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    public string? Id { get; set; }
    public ListenerKind Listener { get; set; } = ListenerKind.Tcp;
    public string Wire { get; set; } = "signalr";

    public bool HasPeer { get; set; }
    public uint? PeerUser { get; set; }
    public uint? PeerGroup { get; set; }
    public ImmutableArray<uint> PeerGroups { get; set; } = [];
    public bool? PeerDescends { get; set; }

    public IPEndPoint? Remote { get; set; }
    public IPEndPoint? Local { get; set; }
    public uint? RemoteUser { get; set; }

    /// <summary>Default: this host's interfaces could not be listed.</summary>
    public ImmutableArray<IPAddress>? OwnAddresses { get; set; } = [];
    public ImmutableArray<HeaderLine>.Builder Headers { get; } = ImmutableArray.CreateBuilder<HeaderLine>();

    public Credentials Offered { get; set; } = Credentials.None;
    public Role? TokenRole { get; set; }
    public ScopeSet TokenScopes { get; set; }
    public bool TokenOfAnother { get; set; }
    public ScopeSet SpawnScopes { get; set; }
    public uint? SpawnUser { get; set; }

    public Role Role { get; set; } = Role.Operator;
    public ScopeSet Scopes { get; set; }
    public PairingFlow? Pairing { get; set; }
    public string ClientId { get; set; } = "netclaw";
    public string ClientVersion { get; set; } = "";
    public string ClientPlatform { get; set; } = "";
    public string ClientMode { get; set; } = "cli";
    public string? ClientName { get; set; }

    public DeviceState State { get; set; }
    public PublicKey Key { get; set; } = StandInKey.Value;
    public string DeviceName { get; set; } = "device";
    public ImmutableArray<Role> DeviceRoles { get; set; } = [Role.Operator];
    public ScopeSet DeviceScopes { get; set; } = ScopeSet.DeviceDefault;
    public bool LocalPairingSuspended { get; set; }

    public uint? DaemonUser { get; set; }
    public ReadOnlyMemory<byte> Config { get; set; }
}
