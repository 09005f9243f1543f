using Netclaw.Actors.Devices;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>The host's own key where it is not what it should be: what is printed leads out when it is typed, and the key pairs nobody.</summary>
public sealed class HostKeyTests
{
    private static readonly Dictionary<string, Action<string>> Damaged = new(StringComparer.Ordinal)
    {
        ["no key"] = key => File.WriteAllText(key, "not a key"),
        ["open to others"] = key => File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead),
        ["a directory"] = key =>
        {
            File.Delete(key);
            Directory.CreateDirectory(key);
        },
        ["a link"] = key =>
        {
            File.Move(key, key + ".elsewhere");
            File.CreateSymbolicLink(key, key + ".elsewhere");
        },
    };

    private static readonly string[] Doctor = ["doctor", "--only", "local-access"];

    public static TheoryData<string> Damages => [.. Damaged.Keys];

    /// <summary>Daemon up: by address, by the repair, by the doctor. Daemon down: by the start, by the repair, by the doctor. One command, and it is enough for the start and for the repair.</summary>
    [Theory]
    [MemberData(nameof(Damages))]
    public async Task AKeyThatCannotBeRead_IsLedOutOfByOneCommand_WhoeverPrintsIt(string damage)
    {
        await using var stage = await Stage.SetAsync("{}");
        try
        {
            Damaged[damage](stage.Owner.Home.HostKey);
            List<(string Who, string Code, string? Remedy)> said =
            [
                Heard("by address", await stage.Owner.RunAsync("status", "--url", stage.Url)),
                Heard("repair, up", await stage.Owner.RunAsync("recover", "local-access", "--yes")),
                Diagnosed("doctor, up", await stage.Owner.RunAsync(Doctor)),
            ];
            await stage.Host.StopAsync();
            said.Add(Heard("start", await stage.Owner.ProcessAsync(null, "daemon", "start", "--listen", "127.0.0.1:0")));
            said.Add(Heard("repair, down", await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes")));
            said.Add(Diagnosed("doctor, down", await stage.Owner.ProcessAsync(null, Doctor)));

            var key = stage.Owner.Home.HostKey;
            var way = $"mv '{key}' '{key}.unusable'";
            Assert.All(said, each => Assert.Equal((each.Who, way), (each.Who, each.Remedy)));
            Assert.Equal(["key_unreadable", "repair_not_safe", "local_access_unsafe", "key_unreadable", "repair_not_safe", "local_access_unsafe"], said.Select(each => each.Code));

            (await stage.Owner.ShellAsync(way)).Expect();
            await ProcessRefusals.StartAsync(stage);
            (await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes")).Expect();
            Assert.Equal("healthy", (await stage.Owner.ProcessAsync(null, "recover", "local-access")).Expect().Json.GetProperty("outcome").GetString());
        }
        finally
        {
            await stage.StopStartedAsync();
        }
    }

    /// <summary>The device would be let in from anywhere, for whoever else holds that key, and nobody had decided it.</summary>
    [Fact]
    public async Task AnotherKeyInItsPlace_IsNotPairedOnTheQuiet()
    {
        await using var stage = await Stage.SetAsync("{}");
        File.Delete(stage.Owner.Home.HostKey);
        using var other = KeyFile.Create(stage.Owner.Home.HostKey);

        var refused = (await stage.Owner.RunAsync("status", "--url", stage.Url)).Failure;

        Assert.Equal(("pairing_required", "netclaw recover local-access"), (refused.Code, refused.Remedy));
        Assert.DoesNotContain(other.Public.DeviceId, stage.Host.Service<RegistryView>().Current!.Devices.Keys);
        (await stage.Owner.RunAsync("recover", "local-access", "--yes")).Expect();
        (await stage.Owner.RunAsync("status", "--url", stage.Url)).Expect();
        Assert.DoesNotContain(other.Public.DeviceId, stage.Host.Service<RegistryView>().Current!.Devices.Keys);
    }

    /// <summary>To another gateway a host is a device like any other: it shows the key of its profile there, or none.</summary>
    [Fact]
    public async Task TheHostOfOneGateway_IsNobodyToAnother_AndIsKnownThereByItsProfileAlone()
    {
        await using var here = await Stage.SetAsync("{}");
        await using var there = await Stage.SetAsync("{}");
        var host = ((KeyFileResult.Loaded)KeyFile.Load(there.Owner.Home.HostKey)).Key;
        var id = host.Public.DeviceId;
        host.Dispose();

        var refused = (await there.Owner.RunAsync("status", "--url", here.Url)).Failure;
        Assert.Equal(("pairing_required", $"netclaw pair {here.Url}"), (refused.Code, refused.Remedy));
        (await there.Owner.TypeAsync(await here.CodeAsync() + "\n", "pair", here.Url, "--code-stdin")).Expect();
        (await there.Owner.RunAsync("status", "--url", here.Url)).Expect();

        Assert.DoesNotContain(id, here.Host.Service<RegistryView>().Current!.Devices.Keys);
        await here.Host.StopAsync();
        Assert.DoesNotContain(id.ToString(), await File.ReadAllTextAsync(here.Host.Home.AuditLog), StringComparison.Ordinal);
        Assert.DoesNotContain(id.Short, await File.ReadAllTextAsync(here.Host.Home.AuditLog), StringComparison.Ordinal);
    }

    private static (string Who, string Code, string? Remedy) Heard(string who, Said said) => (who, said.Failure.Code, said.Failure.Remedy);

    private static (string Who, string Code, string? Remedy) Diagnosed(string who, Said said)
    {
        var finding = Assert.Single(said.Json.GetProperty("checks")[0].GetProperty("findings").EnumerateArray());
        return (who, finding.GetProperty("id").GetString()!, finding.GetProperty("remedy").GetString());
    }
}
