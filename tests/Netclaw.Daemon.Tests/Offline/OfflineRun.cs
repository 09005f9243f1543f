using System.Text;
using System.Text.Json;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Configuration;

namespace Netclaw.Daemon.Tests.Offline;

/// <summary>One offline verb inside this process.</summary>
internal sealed record OfflineRun(int ExitCode, string Out, string Errors)
{
    public static async Task<OfflineRun> Of(TemporaryHome home, Dictionary<string, string>? environment, params string[] arguments)
    {
        using var output = new MemoryStream();
        var errors = "";
        var code = await OfflineHost.RunAsync(
            [.. arguments, .. arguments.Length > 0 ? (string[])["--home", home.Home.Root, "--json"] : []],
            name => environment?.GetValueOrDefault(name), new FixedMachine().Facts, Stream.Null, output, said => errors += said, CancellationToken.None);
        return new OfflineRun(code, Encoding.UTF8.GetString(output.ToArray()), errors);
    }

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);

    public string Code => Assert.Single(JsonSerializer.Deserialize<JsonElement>(Errors).EnumerateArray()).GetProperty("code").GetString()!;
}
