using Netclaw.Cli.Failures;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Profiles;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly ProfileStore _store;

    public ProfileStoreTests() => _store = new ProfileStore(_home.Home);

    [Fact]
    public void IsEmpty_WhenNothingWasPaired() => Assert.Empty(_store.Load().Profiles);

    [Fact]
    public async Task ReadsBack_WhatWasAdded()
    {
        var added = await _store.AddAsync(New("home"), default);

        var book = new ProfileStore(_home.Home).Load();
        Assert.Equal(added, Assert.Single(book.Profiles));
        Assert.Equal("home", book.Default);
        Assert.Equal("-rw-------", Mode(_home.Home.Profiles));
    }

    [Fact]
    public async Task LosesNothing_WhenSeveralPairAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => new ProfileStore(_home.Home).AddAsync(New("p" + number), default)))).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(12, _store.Load().Profiles.Length);
    }

    [Fact]
    public async Task ReplacesTheProfile_OfTheSameGateway()
    {
        var first = await _store.AddAsync(New("home"), default);
        await _store.AddAsync(New("other"), default);
        await _store.AddAsync(first with { Url = "http://moved:1" }, default);

        var book = _store.Load();
        Assert.Equal(["home", "other"], book.Profiles.Select(profile => profile.Name));
        Assert.Equal("http://moved:1", book.ByName("home")!.Url);
    }

    [Fact]
    public async Task NumbersTheName_WhenAnotherGatewayHasIt()
    {
        await _store.AddAsync(New("home"), default);
        var second = await _store.AddAsync(New("home") with { Url = "http://elsewhere:1" }, default);

        Assert.Equal("home-2", second.Name);
        Assert.Equal("home", _store.Load().Default);
    }

    [Fact]
    public async Task FollowsTheAddress_WhenANewGatewayStandsWhereTheDefaultWas()
    {
        await _store.AddAsync(New("home"), default);
        var successor = await _store.AddAsync(New("home") with { Url = "http://home:1" }, default);

        Assert.Equal(successor.Name, _store.Load().Default);
        Assert.Equal(2, _store.Load().Profiles.Length);
    }

    [Theory]
    [InlineData("{\n  \"version\": 1,\n  \"profiles\": [ nonsense ]\n}", "line 3")]
    [InlineData("{\n  \"version\": 1,\n  \"profiles\": [],\n  \"extra\": true\n}", "extra")]
    [InlineData("{\n  \"version\": 1\n}", "profiles")]
    [InlineData("", "damaged")]
    [InlineData("null", "damaged")]
    [InlineData("{\"version\": 9, \"profiles\": []}", "version 9")]
    [InlineData("{\"version\":1,\"profiles\":[{\"name\":\"x\",\"url\":\"http://a\",\"gatewayId\":\"gw_short\"}]}", "GatewayId")]
    public void RefusesToRead_WhatIsDamagedOrNewer(string content, string seen)
    {
        _home.Write("client/profiles.json", content);

        var failure = Assert.Throws<CommandFailure>(_store.Load);

        Assert.Equal("profile_unreadable", failure.Error.Code);
        Assert.Contains(seen, failure.Error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(failure.Error.Remedy);
        Assert.DoesNotContain("BytePosition", failure.Error.Message);
        Assert.Equal(content, File.ReadAllText(_home.Home.Profiles));
    }

    [Fact]
    public async Task ChangesNothing_WhenTheFileIsDamaged()
    {
        _home.Write("client/profiles.json", "{ broken");

        await Assert.ThrowsAsync<CommandFailure>(() => _store.AddAsync(New("home"), default));

        Assert.Equal("{ broken", File.ReadAllText(_home.Home.Profiles));
    }

    [Fact]
    public void RefusesAFile_ThatOthersCanRead()
    {
        var path = _home.Write("client/profiles.json", """{"version":1,"profiles":[]}""");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var failure = Assert.Throws<CommandFailure>(_store.Load);

        Assert.Equal("profile_unreadable", failure.Error.Code);
        Assert.Contains("open to others", failure.Error.Message);
    }

    [Fact]
    public void KeepsOneKeyPerGateway_AcrossPairings()
    {
        var gateway = SigningKey.Generate().Public.GatewayId;

        using var first = _store.KeyFor(gateway);
        using var again = _store.KeyFor(gateway);
        using var other = _store.KeyFor(SigningKey.Generate().Public.GatewayId);

        Assert.Equal(first.Public, again.Public);
        Assert.NotEqual(first.Public, other.Public);
        Assert.Equal("-rw-------", Mode(Path.Combine(_home.Home.ClientDirectory, ProfileStore.KeyFileOf(gateway))));
    }

    [Fact]
    public void RefusesAKeyFile_OfAnotherDevice()
    {
        var profile = New("home");
        using var key = _store.KeyFor(profile.GatewayId);

        Assert.Equal("profile_unreadable", Assert.Throws<CommandFailure>(() => _store.KeyOf(profile)).Error.Code);
        using var held = _store.KeyOf(profile with { DeviceId = key.Public.DeviceId });
        Assert.Equal(key.Public, held.Public);
    }

    [Fact]
    public void SaysThatAKeyIsMissing_RatherThanMakingOne()
    {
        var failure = Assert.Throws<CommandFailure>(() => _store.KeyOf(New("home")));

        Assert.Contains("is missing", failure.Error.Message);
        Assert.Equal("netclaw pair http://home:1", failure.Error.Remedy);
        Assert.False(Directory.Exists(_home.Home.ClientDirectory));
    }

    public void Dispose() => _home.Dispose();

    private static Profile New(string name)
    {
        var gateway = SigningKey.Generate().Public;
        return new Profile(
            name, $"http://{name}:1", gateway.GatewayId, name, gateway, SigningKey.Generate().Public.DeviceId, ProfileStore.KeyFileOf(gateway.GatewayId),
            Role.Operator, ScopeSet.DeviceDefault, 1_700_000_000_000);
    }

    private static string Mode(string path)
    {
        var mode = File.GetUnixFileMode(path);
        return string.Concat("-rwxrwxrwx".Select((symbol, index) => index == 0 || ((int)mode & (1 << (9 - index))) != 0 ? symbol : '-'));
    }
}
