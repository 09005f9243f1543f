using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>What the ready-made configurations send on, byte for byte, before any rule of the gateway's own can help.</summary>
[Collection(RecordedProxies.Name)]
public sealed class ReadyMadeTests(RecordedProxies proxies)
{
    private const string Forged = "203.0.113.66";

    public static TheoryData<string> Every => [.. ReadyMade.All.Select(file => file.File)];

    public static TheoryData<string> ThatSpeakHttp => [.. ReadyMade.All.Where(file => file.SpeaksHttp).Select(file => file.File)];

    public static TheoryData<string> ThatAskForUsers => [.. ReadyMade.All.Where(file => file.AsksForUser).Select(file => file.File)];

    [BehindProxyTheory]
    [MemberData(nameof(Every))]
    public async Task Upgrade_ComesThrough_AndBytesGoBothWays(string file)
    {
        await using var connection = await RawConnection.OpenAsync(proxies[file]);
        using var socket = await Fronts.Upgrade.AskAsync(connection, ReadyMade.Named(file).AsksForUser ? [TestUser.Authorization] : []);

        await connection.SendAsync("through and back");
        var back = new byte[16];
        await connection.Stream.ReadExactlyAsync(back).AsTask().WaitAsync(RawConnection.Bound);

        Assert.Equal("through and back"u8.ToArray(), back);
    }

    [BehindProxyTheory]
    [MemberData(nameof(ThatSpeakHttp))]
    public async Task HostAndTargetAreKept_AndTheProxySaysWhoAsked(string file)
    {
        var passage = await proxies.SendAsync(file);

        Assert.Equal(101, passage.Status);
        Assert.StartsWith($"{Limits.HubPath}?{Limits.ClientNonceParameter}=", passage.Arrived.Target, StringComparison.Ordinal);
        Assert.Equal([passage.Host], passage.Arrived.Values("host"));
        Assert.Equal(["127.0.0.1"], passage.Arrived.Values("x-forwarded-for"));
        Assert.Equal(["https"], passage.Arrived.Values("x-forwarded-proto"));
    }

    [BehindProxyTheory]
    [MemberData(nameof(ThatSpeakHttp))]
    public async Task NothingThatOnlyAProxyMaySay_IsTakenFromAClient(string file)
    {
        string[] forged =
        [
            $"X-Forwarded-For: {Forged}", $"Forwarded: for={Forged};proto=forged", "Via: 1.1 forged", $"X-Real-IP: {Forged}", "X-Forwarded-Proto: forged",
            "X-Forwarded-Host: forged", "X-Forwarded-Port: 66", "X-Forwarded-User: mallory-forged", "X-Forwarded-Email: forged@example.org",
            "X-Forwarded-Groups: forged", $"Cf-Connecting-Ip: {Forged}", "Tailscale-User-Login: forged",
        ];

        var passage = await proxies.SendAsync(file, forged);

        Assert.Equal(101, passage.Status);
        Assert.DoesNotContain("forged", passage.Arrived.Bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Forged, passage.Arrived.Bytes, StringComparison.Ordinal);
        Assert.Equal(ReadyMade.Named(file).AsksForUser ? [TestUser.Name] : [], passage.Arrived.Values("x-forwarded-user"));
    }

    [BehindProxyTheory]
    [MemberData(nameof(ThatSpeakHttp))]
    public async Task TwinsWithUnderscores_DoNotComeThrough(string file)
    {
        var passage = await proxies.SendAsync(
            file, "X_Forwarded_User: mallory", "x_forwarded-user: mallory", "X-Forwarded_User: mallory", "X_FORWARDED_FOR: " + Forged, "X_Real_IP: " + Forged);

        Assert.Equal(101, passage.Status);
        Assert.DoesNotContain(passage.Arrived.Headers, header => header.Name.Contains('_'));
        Assert.DoesNotContain("mallory", passage.Arrived.Bytes, StringComparison.Ordinal);
    }

    [BehindProxyTheory]
    [MemberData(nameof(ThatAskForUsers))]
    public async Task User_IsWhoGaveThePassword_AndThePasswordStays(string file)
    {
        var passage = await proxies.SendAsync(file, "X-Forwarded-User: mallory", "X-Forwarded-User: eve");

        Assert.Equal([TestUser.Name], passage.Arrived.Values("x-forwarded-user"));
        Assert.False(passage.Arrived.Has("authorization"));
    }

    [BehindProxyTheory]
    [MemberData(nameof(ThatAskForUsers))]
    public async Task NobodyComesThrough_WithoutAPassword(string file)
    {
        foreach (var line in (string[])["X-Nothing: 1", "Authorization: Basic YWxpY2U6d3Jvbmc=", "Authorization: Bearer x", "X-Forwarded-User: alice"])
        {
            await using var connection = await RawConnection.OpenAsync(proxies[file]);
            await connection.SendAsync(Fronts.Upgrade.Request(connection.Host, line));
            Assert.Equal(401, (await connection.AnswerAsync())!.Status);
        }
    }

    [BehindProxyFact]
    public async Task BytesThatAreOnlyForwarded_ArriveUntouched()
    {
        var passage = await proxies.SendAsync(ReadyMade.HaProxyTcp.File, "X-Forwarded-User: mallory");

        Assert.Equal(["mallory"], passage.Arrived.Values("x-forwarded-user"));
        Assert.False(passage.Arrived.Has("x-forwarded-for"));
    }
}
