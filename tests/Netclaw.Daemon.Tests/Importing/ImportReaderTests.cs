using System.Buffers.Text;
using System.Text.Json;
using Netclaw.Daemon.Importing;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Importing;

public sealed class ImportReaderTests : IDisposable
{
    private readonly EarlierGateway _earlier = new();

    public void Dispose() => _earlier.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LegacyDevices_AreRead_WhicheverWayTheirSaltIsWritten(bool hexSalt)
    {
        var reading = Read(_earlier.WithDevices(hexSalt, "phone", "laptop").Devices);

        Assert.Equal(["devices.json[0]", "devices.json[1]"], reading.Items.Select(item => item.Entry!.From));
        var first = reading.Items[0].Entry!.Legacy!;
        Assert.Equal(("phone", true, DateTimeOffset.Parse("2025-11-02T08:00:00Z").ToUnixTimeMilliseconds(), (long?)null), (first.Name, first.IsBootstrapDevice, first.CreatedAtMs, first.LastUsedAtMs));
        Assert.True(first.Token.Matches(new Secret(EarlierGateway.Token("phone"))));
        Assert.False(first.Token.Matches(new Secret(EarlierGateway.Token("laptop"))));
    }

    [Fact]
    public void SaltThatIsHexAndBase64_IsTriedAsBoth()
    {
        // Eight hex digits are six bytes of base64 as well.
        foreach (var salt in (byte[][])[Convert.FromHexString("c0ffee00"), Convert.FromBase64String("c0ffee00")])
        {
            var hash = System.Security.Cryptography.SHA256.HashData([.. "t"u8, .. salt]);
            Assert.True(SaltedHash.TryCreate(Convert.ToHexString(hash), "c0ffee00", out var kept, out _));
            Assert.True(kept.Matches(new Secret("t")));
            Assert.False(kept.Matches(new Secret("u")));
            Assert.Equal("***", kept.ToString());
        }
    }

    public static TheoryData<string, string> DamagedEntries => new()
    {
        { """{"name":"a"}""", "line 1, column 9: an entry must be" },
        { """[7]""", "line 1, column 2: an entry must be an object" },
        { """[{"name":"a","salt":"00"}]""", "line 1, column 2: this object has no \"tokenHash\"" },
        { """[{"name":"a","tokenHash":7,"salt":"00"}]""", "line 1, column 26: \"tokenHash\" must be text" },
        { """[{"name":["a"],"tokenHash":"x","salt":"00"}]""", "line 1, column 10: \"name\" must be text" },
        { "[{\"name\":\"a\",\"tokenHash\":\"x\",\n\"salt\":\"00\",\"isBootstrapDevice\":\"yes\"}]", "line 2, column 33: \"isBootstrapDevice\" must be true or false" },
        { """[{"name":"a","tokenHash":"x","salt":"00","createdAt":"yesterday"}]""", "line 1, column 54: \"createdAt\" is no time" },
        { "7", "line 1, column 1: the file must be a JSON array or object of devices" },
    };

    [Theory]
    [MemberData(nameof(DamagedEntries))]
    public void DevicesFile_IsRefusedWhole_WithThePlace(string text, string seen)
    {
        var problem = Refuses(_earlier.Write("devices.json", text).Devices);

        Assert.Equal(RefusalCode.ImportDamaged, problem.Code);
        Assert.Contains("devices.json, " + seen, problem.Message);
        Assert.Equal(_earlier.Devices, problem.Key);
    }

    [Theory]
    [InlineData("tokenHash", "abc", "its tokenHash is not a SHA-256 in hex (64 digits)")]
    [InlineData("salt", "", "it has no salt")]
    [InlineData("salt", "§§", "its salt is neither hex nor base64")]
    public void EntryThatCannotBeKept_IsNamed_AndItsNeighbourIsRead(string field, string value, string reason)
    {
        var broken = EarlierGateway.Entry("phone");
        broken[field] = value;

        var reading = Read(_earlier.Write("devices.json", $"[{broken.ToJsonString()},{EarlierGateway.Entry("laptop").ToJsonString()}]").Devices);

        Assert.Equal(new ImportRow("devices.json[0]", ImportRow.NotKept, "phone", Reason: reason), reading.Items[0].Row);
        Assert.Equal("laptop", reading.Items[1].Entry!.Legacy!.Name);
    }

    [Fact]
    public void FieldThatNobodyKnows_IsNamed()
    {
        var entry = EarlierGateway.Entry("phone");
        entry["colour"] = "red";

        Assert.Equal("not taken over: colour", Read(_earlier.Write("devices.json", $"[{entry.ToJsonString()}]").Devices).Items[0].Entry!.Note);
    }

    [Fact]
    public void RepeatedEntry_IsNamedOnce()
    {
        var items = Read(_earlier.WithDevices(false, "phone", "phone").Devices).Items;

        Assert.NotNull(items[0].Entry);
        Assert.Equal((ImportRow.Noted, "is devices.json[0] once more"), (items[1].Row!.Outcome, items[1].Row!.Reason));
    }

    [Fact]
    public void Directory_IsReadWhole_AndTheLocalTokensDeviceIsNamed()
    {
        _earlier.WithDevices(false, "phone", "desk").Write("secrets.json", $$"""{"ApiKey":"sk-canary","DeviceToken":"{{EarlierGateway.Token("desk")}}"}""")
            .Write("bootstrap-state.json", """{"completed":true}""");

        var reading = Read(_earlier.Folder);

        Assert.Equal(["legacy-devices", "legacy-secrets", "legacy-bootstrap"], reading.Files.Select(file => file.Kind));
        var rows = reading.Items.Select(item => item.Row).OfType<ImportRow>().ToDictionary(row => row.From);
        Assert.Contains("is no device's token", rows["secrets.json.ApiKey"].Reason);
        Assert.Equal((ImportRow.Noted, "desk"), (rows["secrets.json.DeviceToken"].Outcome, rows["secrets.json.DeviceToken"].Name));
        Assert.Contains("not taken over (completed)", rows["bootstrap-state.json"].Reason);
    }

    [Fact]
    public void NothingThatIsRead_HoldsAPlainToken()
    {
        _earlier.WithDevices(false, "desk").Write("secrets.json", $$"""{"ApiKey":"sk-canary-0123456789","DeviceToken":"{{EarlierGateway.Token("desk")}}"}""")
            .Write("devices/paired.json", PairedJson("plain-canary-token-0123456789"));

        var said = JsonSerializer.Serialize(Read(_earlier.Folder), ProtocolJson.Default.ImportReading);

        Assert.All((string[])[EarlierGateway.Token("desk"), "canary"], secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("another-token-0123456789", "it is the token of no entry of devices.json")]
    public void LocalTokenOfNobody_IsNamed(string token, string reason)
    {
        _earlier.WithDevices(false, "desk").Write("secrets.json", $$"""{"DeviceToken":"{{token}}"}""");

        var row = Read(_earlier.Folder).Items.Select(item => item.Row).OfType<ImportRow>().Single();

        Assert.Equal(ImportRow.NotKept, row.Outcome);
        Assert.StartsWith(reason, row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretsAlone_SayWhatTheyLack()
    {
        _earlier.Write("secrets.json", """{"DeviceToken":"x"}""");

        Assert.Contains("import the directory that holds both", Read(_earlier.Secrets).Items.Single().Row!.Reason);
        Assert.Contains("line 1, column 16: \"DeviceToken\" must be text", Refuses(_earlier.Write("secrets.json", """{"DeviceToken":7}""").Secrets).Message);
        Assert.Contains("must be one JSON object", Refuses(_earlier.Write("secrets.json", "[]").Secrets).Message);
    }

    [Fact]
    public void PairedDevices_AreRead_ByIdOrInAnArray_WithTokensAsHashes()
    {
        var keyed = Read(_earlier.Write("devices/paired.json", PairedJson("plain-token-of-128-bits-or-more")).Folder).Items.Single().Entry!;

        var device = keyed.Keyed!;
        Assert.Equal((KeyAlgorithm.Ed25519, "kitchen", "linux", 1_700_000_000_000L), (device.PublicKey.Algorithm, device.Name, device.Platform, device.PairedAtMs));
        Assert.Equal<Role>([Role.Operator], device.Roles);
        Assert.Equal(ScopeSet.ReadWrite, device.Scopes);
        Assert.Equal("scopes that this gateway does not know were left out: operator.sing; its token for node was not kept: it was revoked there", keyed.Note);
        var token = Assert.Single(device.Tokens!.Value);
        Assert.Equal((Role.Operator, Actors.Trust.Secrets.DeviceTokens.HashOf(new Secret("plain-token-of-128-bits-or-more"))), (token.Role, token.Sha256));

        var listed = Read(_earlier.Write("paired.json", "[" + JsonDocument.Parse(PairedJson("plain-token-of-128-bits-or-more")).RootElement.EnumerateObject().Single().Value.GetRawText() + "]")
            .Folder).Items;
        Assert.Equal(device.PublicKey, listed[0].Entry!.Keyed!.PublicKey);
        Assert.Contains("once more", listed[1].Row!.Reason);
    }

    [Theory]
    [InlineData("""{"deviceId":"x","role":"operator"}""", "it has no public key")]
    [InlineData("""{"publicKey":"!!","role":"operator"}""", "its public key is none that this gateway can verify")]
    [InlineData("""{"deviceId":"00","publicKey":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}""", "its id is not the hash of its public key")]
    [InlineData("""{"publicKey":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg","revokedAtMs":7}""", "it was revoked there")]
    public void PairedDeviceThatCannotBeKept_IsNamed(string entry, string reason) =>
        Assert.StartsWith(reason, Read(_earlier.Write("devices/paired.json", $"[{entry}]").Folder).Items.Single().Row!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg")]
    [InlineData("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")]
    [InlineData("ed25519:A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg")]
    [InlineData("MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n-----END PUBLIC KEY-----\n")]
    public void PublicKey_IsReadInEveryForm_AndItsIdIsItsHash(string text)
    {
        Assert.True(ForeignKey.TryParse(text, out var key));
        Assert.Equal("56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c", key.DeviceId.Hex);
    }

    [Fact]
    public void RequestsThatWait_AreNoted()
    {
        var row = Read(_earlier.Write("devices/pending.json", """{"a":{},"b":{}}""").Folder).Items.Single().Row!;

        Assert.Equal(ImportRow.Noted, row.Outcome);
        Assert.StartsWith("2 requests that wait", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatOthersCanWrite_IsRefused_AndOneTheyCanRead_IsWarnedOf()
    {
        var path = _earlier.WithDevices(false, "phone").Devices;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains($"chmod 600 {path}", Assert.Single(Read(path).Files).Warning);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        var problem = Refuses(path);

        Assert.Equal((RefusalCode.ImportUnsafe, $"chmod 600 {path}"), (problem.Code, problem.Remedy));
    }

    [Fact]
    public void Link_IsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(_earlier.Folder, "paired.json"), _earlier.WithDevices(false, "phone").Devices);

        Assert.Equal(RefusalCode.ImportUnsafe, Refuses(Path.Combine(_earlier.Folder, "paired.json")).Code);
        Assert.Equal(RefusalCode.ImportUnsafe, Refuses(_earlier.Folder).Code);
    }

    [RootFact]
    public void FileOfAnotherUser_IsRefused()
    {
        TemporaryHome.GiveAway(_earlier.WithDevices(false, "phone").Devices, 4242);

        Assert.Contains("belongs to user 4242", Refuses(_earlier.Devices).Message);
    }

    [Fact]
    public void FileThatIsTooLarge_IsNotRead()
    {
        using (var file = File.OpenWrite(_earlier.WithDevices(false, "phone").Devices))
        {
            file.SetLength(ForeignFile.MostBytes + 1);
        }

        Assert.Equal(RefusalCode.ImportDamaged, Refuses(_earlier.Devices).Code);
    }

    [Fact]
    public void TooManyEntries_AreRefusedWhole() => Assert.Contains(
        "10001 entries", Refuses(_earlier.Write("devices.json", "[" + string.Join(',', Enumerable.Repeat("{}", ImportReader.MostEntries + 1)) + "]").Devices).Message);

    [Fact]
    public void OneDamagedFileOfADirectory_RefusesAll_AndEachIsNamed()
    {
        var problems = new StartProblems();

        Assert.Null(ImportReader.Read(_earlier.WithDevices(false, "phone").Write("secrets.json", "{").Write("bootstrap-state.json", "").Folder, problems));

        Assert.Equal([RefusalCode.ImportDamaged, RefusalCode.ImportDamaged], problems.Found.Select(problem => problem.Code));
    }

    [Fact]
    public void PathThatLeadsNowhere_AndDirectoryWithoutFiles_AreSaid()
    {
        Assert.Equal(RefusalCode.UsageError, Refuses(Path.Combine(_earlier.Folder, "none.json")).Code);
        Assert.Contains("holds no file of an earlier gateway", Refuses(_earlier.Folder).Message);
    }

    [Fact]
    public void EmptyArray_IsReadAsWhatItIs() => Assert.Empty(Read(_earlier.Write("devices.json", "[]").Devices).Items);

    private static string PairedJson(string token)
    {
        var raw = Base64Url.DecodeFromChars("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg");
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, raw, out var key));
        return $$"""
            {"{{key.DeviceId.Hex}}":{"deviceId":"{{key.DeviceId.Hex}}","publicKey":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg","displayName":"kitchen","platform":"linux","role":"operator",
             "roles":["operator"],"scopes":["operator.read","operator.write","operator.sing"],"createdAtMs":1600000000000,"approvedAtMs":1700000000000,
             "tokens":{"operator":{"token":"{{token}}","role":"operator","scopes":["operator.read"],"createdAtMs":1700000000000},"node":{"token":"{{token}}","scopes":[],"revokedAtMs":5} } } }
            """;
    }

    private static ImportReading Read(string path)
    {
        var problems = new StartProblems();
        var reading = ImportReader.Read(path, problems);
        Assert.True(reading is not null, StartReport.Render(problems, asJson: false));
        return reading;
    }

    private static StartProblem Refuses(string path)
    {
        var problems = new StartProblems();
        Assert.Null(ImportReader.Read(path, problems));
        return problems.Found[0];
    }
}
