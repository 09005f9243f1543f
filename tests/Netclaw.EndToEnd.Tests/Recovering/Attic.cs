using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>A gateway called attic on a port of its own, a phone that is paired with it, and a backup of it. Set up once and stopped; every test works on a copy.</summary>
public sealed class Attic : IAsyncLifetime
{
    private readonly Machine _gateway = new();
    private readonly Machine _phone = new();

    public string Url { get; private set; } = "";

    /// <summary>A file in the home's backups.</summary>
    public string Backup { get; private set; } = "";

    /// <summary>What the gateway keeps of the phone.</summary>
    public string PhoneRow { get; private set; } = "";

    public async Task InitializeAsync()
    {
        File.WriteAllText(_gateway.Home.ConfigFile, Config(0, ""));
        Url = await _gateway.UpAsync();
        await _phone.PairWithAsync(_gateway, "--name", "phone");
        PhoneRow = await RowAsync(_gateway, "phone");
        File.WriteAllText(_gateway.Home.ConfigFile, Config(_gateway.Port, ""));
        Backup = Path.GetFileName((await _gateway.JsonAsync("backup", "create")).GetProperty("file").GetString()!);
        await _gateway.JsonAsync("down");
    }

    public async Task DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    /// <param name="rest">Further members, a comma before each.</param>
    internal static string Config(int port, string rest) => $$"""{"gateway":{"name":"attic"},"listen":{"port": {{port}} }{{rest}}}""";

    /// <summary>All that is kept of a device; when it was last seen is not of it.</summary>
    internal static async Task<string> RowAsync(Machine gateway, string name)
    {
        var row = (await gateway.JsonAsync("devices", "list")).GetProperty("paired").EnumerateArray().Single(each => each.GetProperty("name").GetString() == name);
        return string.Join('\n', row.EnumerateObject().Where(member => member.Name is not ("lastSeenMs" or "connected") && member.Value.ValueKind != JsonValueKind.Null));
    }

    internal async Task CopyAsync(Machine gateway, Machine phone)
    {
        foreach (var (from, to) in ((Machine, Machine)[])[(_gateway, gateway), (_phone, phone)])
        {
            await using var copy = from.StartProgram("/bin/cp", null, "-a", from.Root + "/.", to.Root);
            (await copy.FinishAsync()).Expect(0);
        }
    }
}
