using System.Text;
using System.Text.Json;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>What an offline verb came to.</summary>
internal sealed record OfflineRun(int ExitCode, string Out, IReadOnlyList<CallError> Errors)
{
    public bool Succeeded => ExitCode == ExitCodes.Ok && Errors.Count == 0;

    public string Message => string.Join(" ", Errors.Select(error => $"{error.Code}: {error.Message}"));

    public static async Task<OfflineRun> OfAsync(NetclawHome home, params string[] arguments)
    {
        using var output = new MemoryStream();
        var said = "";
        var code = await OfflineHost.RunAsync(
            [.. arguments, "--home", home.Root, "--json"], _ => null, MachineFacts.Current, Stream.Null, output, text => said += text, CancellationToken.None).WaitAsync(RecordedHome.Bound);
        return new OfflineRun(code, Encoding.UTF8.GetString(output.ToArray()), said.Length == 0 ? [] : JsonSerializer.Deserialize(said, StartJson.Default.CallErrorArray)!);
    }

    /// <summary>A refusal has a code, one command that leads out, and nothing of the program's inside.</summary>
    public void MustBeForPeople()
    {
        Assert.NotEqual(ExitCodes.Ok, ExitCode);
        Assert.NotEmpty(Errors);
        Assert.All(Errors, error =>
        {
            Assert.False(string.IsNullOrEmpty(error.Remedy), error.Message);
            Assert.NotEqual("internal_error", error.Code);
            Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
        });
    }
}
