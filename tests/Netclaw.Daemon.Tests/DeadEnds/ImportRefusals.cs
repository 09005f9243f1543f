using Netclaw.Daemon.Tests.Importing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Files of an earlier gateway that are not taken, and its tokens where they open nothing.</summary>
internal static class ImportRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.LegacyTokenInvalid] = () => ShownAsync("stranger", times: 1),
        [RefusalCode.LegacyTokenSpent] = () => ShownAsync("phone", times: 2),
        [RefusalCode.ImportDamaged] = () => FileAsync(earlier => earlier.Write("devices.json", "[{\"name\":")),
        [RefusalCode.ImportUnsafe] = () => FileAsync(earlier =>
            File.SetUnixFileMode(earlier.WithDevices(false, "phone").Devices, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite)),
    };

    /// <summary>A device shows the token of one that was imported, or of none.</summary>
    private static async Task<Provoked> ShownAsync(string name, int times)
    {
        var stage = await Stage.SetAsync("{}");
        var file = await stage.LegacyTokenFileAsync(name);
        for (var before = 1; before < times; before++)
        {
            (await stage.Stranger().RunAsync("pair", stage.Url, "--legacy-token-file", file)).Expect();
        }

        var who = stage.Stranger();
        return new Provoked(stage, (await who.RunAsync("pair", stage.Url, "--legacy-token-file", file)).Failure) { Who = who };
    }

    private static async Task<Provoked> FileAsync(Action<EarlierGateway> prepare)
    {
        var stage = await Stage.SetAsync("{}");
        var earlier = new EarlierGateway();
        stage.AtEnd(earlier.Dispose);
        prepare(earlier);
        return new Provoked(stage, (await stage.Owner.RunAsync("import", earlier.Devices)).Failure);
    }
}
