using System.Diagnostics;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Does what an error says is next, as a person does it: on the host with what concerns the host, at the device with what concerns the device.</summary>
internal sealed class WayOut(Stage stage, Person who)
{
    private const string Placeholder = "<";

    /// <param name="further">How many commands may in turn point to another one.</param>
    /// <returns>Whether it was the device that was let in.</returns>
    public async Task<bool> FollowAsync(CallError error, int further = 2)
    {
        var way = await FilledAsync(error.Remedy ?? throw new InvalidOperationException($"{error.Code} leads nowhere"));
        Assert.DoesNotContain(Placeholder, way, StringComparison.Ordinal);
        var said = await TypeAsync(way);
        if (said.IsReport)
        {
            return false; // it says what to write where; the person does
        }

        if (!said.Done && further > 0)
        {
            await Task.Delay(said.Failure.RetryAfterMs ?? 0); // as long as it says
            return await FollowAsync(said.Failure, further - 1);
        }

        Assert.True(said.Done, said.ToString());
        return way.StartsWith("netclaw pair ", StringComparison.Ordinal) || way.StartsWith("netclaw daemon pair", StringComparison.Ordinal);
    }

    private async Task<string> FilledAsync(string remedy)
    {
        if (remedy.Contains("<id>", StringComparison.Ordinal) || remedy.Contains("<symbols>", StringComparison.Ordinal))
        {
            var (id, symbols) = await stage.WaitingAsync();
            remedy = remedy.Replace("<id>", id, StringComparison.Ordinal).Replace("<symbols>", symbols, StringComparison.Ordinal);
            remedy = remedy.Contains("--symbols", StringComparison.Ordinal) ? remedy : $"{remedy} --symbols {symbols}";
        }

        if (remedy.StartsWith("netclaw backup ", StringComparison.Ordinal) && remedy.Contains("<file>", StringComparison.Ordinal))
        {
            remedy = remedy.Replace("<file>", await stage.BackupAsync(), StringComparison.Ordinal);
        }

        if (remedy.Contains("<file>", StringComparison.Ordinal))
        {
            remedy = remedy.Replace("<file>", await stage.LegacyTokenFileAsync(), StringComparison.Ordinal);
        }

        return remedy.Replace("<url>", stage.Url, StringComparison.Ordinal).Replace("<name>", "laptop", StringComparison.Ordinal)
            .Replace("<scopes>", "read", StringComparison.Ordinal).Replace("<role>", "node", StringComparison.Ordinal)
            .Replace("https://<the proxy>", stage.Url, StringComparison.Ordinal).Replace("sudo -u <owner of the home> ", "", StringComparison.Ordinal);
    }

    private async Task<Said> TypeAsync(string way)
    {
        string[] words = [.. way.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\''))];
        return words switch
        {
            ["netclaw", "pair", ..] when words.Contains("--legacy-token-file") => await who.RunAsync(words[1..]),
            ["netclaw", "pair", ..] when words.Contains("--request") => await RequestAsync(words[1..]),
            ["netclaw", "pair", ..] => await who.TypeAsync(await stage.CodeAsync() + "\n", [.. words[1..], "--code-stdin"]),
            ["netclaw", "daemon", "pair", .. var options] =>
                await who.TypeAsync(await stage.CodeAsync(options) + "\n", ["pair", stage.Url, "--code-stdin", .. options.Contains("--role") ? options : []]),
            ["netclaw", "daemon", "start", .. var options] => await stage.Owner.ProcessAsync(null, ["daemon", "start", .. options.Length > 0 ? options : ["--listen", "127.0.0.1:0"]]),
            ["netclaw", "backup", "restore", ..] => await stage.Owner.ProcessAsync(null, words[1..]),
            ["netclaw", "status", "--url", "\"$NETCLAW_URL\""] => await stage.Spawned().RunAsync("status"),
            ["netclaw", .. var typed] => await stage.Owner.RunAsync(typed),
            _ => await ShellAsync(way),
        };
    }

    /// <summary>At the device the request waits; on the host somebody compares the symbols and approves.</summary>
    private async Task<Said> RequestAsync(string[] typed)
    {
        var waiting = who.RunAsync(typed);
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (!waiting.IsCompleted)
        {
            var pending = (await stage.Owner.RunAsync("devices", "list")).Expect().Json.GetProperty("pending");
            if (pending.GetArrayLength() > 0)
            {
                await stage.Owner.RunAsync("devices", "approve", pending[0].GetProperty("requestId").GetString()!, "--symbols", pending[0].GetProperty("symbols").GetString()!);
                break;
            }

            await Task.Delay(20, bound.Token);
        }

        return await waiting;
    }

    private async Task<Said> ShellAsync(string way)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(way);
        start.Environment["NETCLAW_HOME"] = stage.Owner.Home.Root;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        return new Said(way, process.ExitCode, await output, await error);
    }
}
