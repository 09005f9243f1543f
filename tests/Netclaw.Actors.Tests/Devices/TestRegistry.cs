using System.Buffers.Binary;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>A registry without actor or journal: decides, applies, keeps what was written. Time stands still unless moved.</summary>
internal sealed class TestRegistry
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Principal Operator = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "control:uid=1000");

    public static readonly SessionId Session = SessionId.TryParse("s_0000000000000042", out var session) ? session : throw new ArgumentException("no id");

    private long _commands;

    public RegistryState State { get; private set; } = RegistryState.Empty;

    public List<RegistryEvent> Journal { get; } = [];

    public DateTimeOffset Now { get; set; } = Start;

    public Decision Last { get; private set; } = null!;

    public RegistryReply Do(Func<long, DateTimeOffset, RegistryCommand> command)
    {
        Last = DeviceDecider.Decide(command(++_commands, Now), State);
        State = State.Apply(Last.Events.AsSpan());
        Journal.AddRange(Last.Events);
        Assert.Equal(_commands, Last.Reply.CommandId);
        return Last.Reply;
    }

    public T Do<T>(Func<long, DateTimeOffset, RegistryCommand> command) where T : RegistryReply => Assert.IsType<T>(Do(command));

    public void Refuses(RefusalCode code, Func<long, DateTimeOffset, RegistryCommand> command)
    {
        var refused = Do<RegistryReply.Refused>(command);
        Assert.Equal(code, refused.Code);
        Assert.Empty(Last.Events);
        Assert.NotEmpty(refused.Seen);
    }

    public PairingCodeId Mint(string symbols = "aaaa", Role role = Role.Operator, ScopeSet? scopes = null, string? name = null)
    {
        Do<RegistryReply.CodeMinted>((id, now) => MintCode(id, now, symbols, role, scopes, name));
        return Code(symbols);
    }

    public Device Redeem(PairingCodeId code, int device, string name = "phone") =>
        Do<RegistryReply.Paired>((id, now) => RedeemCode(id, now, code, device, name)).Device;

    public Device Pair(int device, string name = "phone", string symbols = "aaaa") => Redeem(Mint(symbols), device, name);

    public PendingRequest Request(int device, string address = "192.0.2.1", string name = "phone", ScopeSet? scopes = null) =>
        Do<RegistryReply.Requested>((id, now) => RequestPairing(id, now, device, address, name, scopes)).Request;

    public static RegistryCommand.MintCode MintCode(
        long id, DateTimeOffset now, string symbols = "aaaa", Role role = Role.Operator, ScopeSet? scopes = null, string? name = null, Principal? by = null) =>
        new(id, now, Code(symbols), new SealedSecret([1, 2, 3]), role, scopes ?? ScopeSet.DeviceDefault, name, by ?? Operator);

    public static RegistryCommand.RedeemCode RedeemCode(
        long id, DateTimeOffset now, PairingCodeId code, int device, string name = "phone", Role role = Role.Operator, ScopeSet? scopes = null) =>
        new(id, now, code, Key(device), role, scopes ?? ScopeSet.DeviceDefault, name, "Linux", "192.0.2.1");

    public static RegistryCommand.PairSilently PairSilently(
        long id, DateTimeOffset now, int device, string name = "laptop", SilentVia via = SilentVia.Local, Role role = Role.Operator, ScopeSet? scopes = null) =>
        new(id, now, Key(device), role, scopes ?? ScopeSet.DeviceDefault, name, "Linux", via, "local:uid=1000", "127.0.0.1");

    public static RegistryCommand.RequestPairing RequestPairing(
        long id, DateTimeOffset now, int device, string address = "192.0.2.1", string name = "phone", ScopeSet? scopes = null,
        string? symbols = "ABCD-EFGH", Role role = Role.Operator) =>
        new(id, now, Key(device), role, scopes ?? ScopeSet.DeviceDefault, name, "Linux", address, symbols);

    public static PairingCodeId Code(string symbols) => PairingCodeId.TryParse("pc_" + symbols, out var id) ? id : throw new ArgumentException(symbols);

    public static PairingRequestId RequestId(string symbols) => PairingRequestId.TryParse("r_" + symbols, out var id) ? id : throw new ArgumentException(symbols);

    /// <summary>The same key for the same number, on every run.</summary>
    public static PublicKey Key(int number)
    {
        Span<byte> raw = stackalloc byte[32];
        BinaryPrimitives.WriteInt32BigEndian(raw, number);
        return PublicKey.TryCreate(KeyAlgorithm.Ed25519, raw, out var key) ? key : throw new ArgumentException("no key");
    }

    public static DeviceId Id(int number) => Key(number).DeviceId;

    public static Principal DevicePrincipal(int number, ScopeSet scopes) => new(AuthMethod.DeviceKey, Role.Operator, scopes, Id(number), $"device {number}");
}
