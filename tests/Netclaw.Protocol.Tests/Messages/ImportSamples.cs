using Netclaw.Protocol.Tests.Pairing;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>The messages about devices of an earlier gateway.</summary>
internal static class ImportSamples
{
    private const long Ts = 1_760_000_000_000;

    private static readonly PublicKey Key = ExchangeFixture.Device;
    private static readonly SaltedHash Token = SaltedHash.TryCreate(new string('A', 64), "c2FsdA==", out var hash, out _) ? hash : throw new ArgumentException("no hash");
    private static readonly ImportEntry Legacy = new() { From = "devices.json[0]", Legacy = new LegacyEntry("phone", Token, true, Ts, Ts + 1), Note = "not taken over: colour" };
    private static readonly ImportEntry LeastLegacy = new() { From = "devices.json[1]", Legacy = new LegacyEntry("laptop", Token) };
    private static readonly ImportEntry LeastKeyed = new() { From = "paired.json[1]", Keyed = new KeyedEntry("tablet", Key, [Role.Node], ScopeSet.Empty) };
    private static readonly ImportEntry Keyed = new()
    {
        From = "paired.json[0]",
        Keyed = new KeyedEntry("tablet", Key, [Role.Operator], ScopeSet.ReadWrite, "linux", Ts, Ts + 1, [new KeyedToken(Role.Operator, "hash", ScopeSet.ReadWrite, Ts), new KeyedToken(Role.Node, "hash", ScopeSet.Empty)]),
    };

    private static readonly ImportRow Row = new("devices.json[0]", ImportRow.Kept, "phone", LegacyDeviceId.Of(Token).ToString(), "waits for its key");
    private static readonly ImportRow LeastRow = new("bootstrap-state.json", ImportRow.Noted);
    private static readonly ImportedFile File = new("/old/devices.json", "legacy-devices", "others can read it");
    private static readonly ImportReading Reading = new([File, new ImportedFile("/old/secrets.json", "legacy-secrets")], [new ImportItem(Legacy), new ImportItem(Row: LeastRow)]);

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("ImportParams", new ImportParams([Legacy, LeastLegacy, Keyed, LeastKeyed], true)),
        ("ImportParams.least", new ImportParams([])),
        ("ImportResult", new ImportResult([Row, LeastRow])),
        ("ImportReading", Reading),
        ("ImportReport", ImportReport.Of(Reading, [Row], dryRun: true)),
        ("LegacyRemoveParams", new LegacyRemoveParams(LegacyDeviceId.Of(Token), "lost")),
        ("LegacyRemoveParams.least", new LegacyRemoveParams(LegacyDeviceId.Of(Token))),
        ("LegacyRemoveResult", new LegacyRemoveResult(LegacyDeviceId.Of(Token), "phone")),
        ("PairListResult.legacy", new PairListResult([], [], 0,
        [
            new LegacyDeviceRow(LegacyDeviceId.Of(Token), "phone", true, Ts, Ts, Ts, Key.DeviceId, Ts), new LegacyDeviceRow(LegacyDeviceId.Of(Token), "phone", false, Ts),
        ])),
    ];
}
