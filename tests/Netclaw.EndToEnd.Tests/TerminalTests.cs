using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>What is asked, and answered, on a real terminal.</summary>
public sealed class TerminalTests
{
    [OnTerminalFact]
    public async Task Pair_AsksForTheCode_AndShowsWhoIsThereFirst()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();

        var paired = (await TypedAsync(device, await host.CodeAsync(), "pair", host.Url)).Expect(ExitCodes.Ok);

        Assert.Contains("Gateway ", paired.Out);
        Assert.Contains("Pairing code", paired.Out);
        Assert.Contains("Paired with", paired.Out);
        await device.JsonAsync("status");
    }

    [OnTerminalFact]
    public async Task Pair_TellsThatNobodyIsThere_BeforeItAsksForTheCode()
    {
        await using var device = new Machine();

        var refused = await TypedAsync(device, "", "pair", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Unavailable, refused.ExitCode);
        Assert.DoesNotContain("Pairing code", refused.Out);
    }

    [OnTerminalFact]
    public async Task Link_ShowsItsGatewayAndSendsNothing_WithoutAYes()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        var link = (await host.JsonAsync("daemon", "pair")).GetProperty("link").GetString()!;

        var refused = await TypedAsync(device, "n", "pair", link);

        Assert.Equal(ExitCodes.Cancelled, refused.ExitCode);
        Assert.Contains(host.Url, refused.Out);
        Assert.Contains("nothing was sent", refused.Out);
        Assert.Equal(ExitCodes.Ok, (await TypedAsync(device, "y", "pair", link)).ExitCode);
    }

    [OnTerminalFact]
    public async Task Approve_AsksForTheSymbolsThatTheDeviceShows_AndDoesNotShowThem()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await using var waiting = device.Start(null, "pair", host.Url, "--request", "--name", "tablet", "--json");
        var line = await Eventually.IsAsync(
            () => Task.FromResult(waiting.Error.Split('\n').FirstOrDefault(text => text.Contains("\"waiting\"", StringComparison.Ordinal) && text.EndsWith('}'))), "symbols");
        var symbols = JsonSerializer.Deserialize<JsonElement>(line).GetProperty("symbols").GetString()!;

        var wrong = await TypedAsync(host, "0000-0000", "devices", "approve", "tablet");
        Assert.Equal(ExitCodes.Refused, wrong.ExitCode);
        Assert.DoesNotContain(symbols, wrong.Out);
        var approved = await TypedAsync(host, symbols, "devices", "approve", "tablet");

        Assert.Equal(ExitCodes.Ok, approved.ExitCode);
        Assert.Contains("asks to be operator", approved.Out);
        (await waiting.FinishAsync()).Expect(ExitCodes.Ok);
    }

    [OnTerminalFact]
    public async Task Revoke_AsksFirst()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");

        Assert.Equal(ExitCodes.Cancelled, (await TypedAsync(host, "", "devices", "revoke", "laptop")).ExitCode);
        await device.JsonAsync("status");
        Assert.Equal(ExitCodes.Ok, (await TypedAsync(host, "yes", "devices", "revoke", "laptop")).ExitCode);
        Assert.Equal("device_revoked", (await device.RunAsync("status", "--json")).Expect(ExitCodes.Refused).Code());
    }

    [OnTerminalFact]
    public async Task Recover_ShowsItsPlanAndAsks_AndANoChangesNothing()
    {
        await using var host = new Machine();
        await host.UpAsync();
        File.Delete(host.Home.HostKey);

        var refused = await TypedAsync(host, "n", "recover", "local-access");

        Assert.Equal(ExitCodes.Cancelled, refused.ExitCode);
        Assert.True(refused.Out.IndexOf("registry, host device", StringComparison.Ordinal) is var plan and >= 0 && refused.Out.IndexOf("Back up and repair?", StringComparison.Ordinal) > plan, refused.Out);
        Assert.Contains("Nothing was changed", refused.Out);
        Assert.False(File.Exists(host.Home.HostKey));
        Assert.False(Directory.Exists(host.Home.BackupsDirectory));
        var agreed = (await TypedAsync(host, "y", "recover", "local-access")).Expect(ExitCodes.Ok);
        Assert.Contains("Proven: let in by control-socket", agreed.Out);
        await host.JsonAsync("status", "--url", host.Url);
    }

    [OnTerminalFact]
    public async Task FullReset_WantsItsPhraseTyped_AndAnotherOneChangesNothing()
    {
        await using var host = new Machine();
        await host.UpAsync();
        await host.JsonAsync("down");
        var gateway = (await host.RunAsync("recover", "local-access", "--full-reset", "--dry-run", "--json")).Expect(ExitCodes.Warned).Json().GetProperty("plan").GetProperty("gateway").GetString()!;
        var (key, journal) = (await File.ReadAllTextAsync(host.Home.HostKey), await File.ReadAllBytesAsync(host.Home.JournalDatabase));

        var wrong = await TypedAsync(host, $"reset all pairings at {gateway}", "recover", "local-access", "--full-reset");

        Assert.Equal(ExitCodes.Usage, wrong.ExitCode);
        Assert.Contains("The phrase is another one. Nothing was changed.", wrong.Out);
        Assert.False(Directory.Exists(host.Home.BackupsDirectory));
        Assert.Equal(key, await File.ReadAllTextAsync(host.Home.HostKey));
        Assert.Equal(journal, await File.ReadAllBytesAsync(host.Home.JournalDatabase));
        var right = (await TypedAsync(host, $"reset all pairings on {gateway}", "recover", "local-access", "--full-reset")).Expect(ExitCodes.Ok);
        Assert.Contains("Epoch 2 has begun", right.Out);
        Assert.NotEqual(key, await File.ReadAllTextAsync(host.Home.HostKey));
    }

    [OnTerminalFact]
    public async Task Doctor_ShowsWhatItLooksAt_OnATerminalAlone()
    {
        await using var machine = new Machine();
        machine.Variables["TERM"] = "xterm";

        var seen = await TypedAsync(machine, "", "doctor", "--only", "configuration");
        var piped = await machine.RunAsync("doctor", "--only", "configuration");

        Assert.Contains("looking for the daemon", seen.Out);
        Assert.Contains("checking configuration\r\e[K", seen.Out); // and it is gone when it is done
        Assert.DoesNotContain("checking", piped.Out + piped.Error);
        Assert.DoesNotContain('\e', piped.Out + piped.Error);
    }

    [OnTerminalFact]
    public async Task NoColor_IsRespected_AndColourIsUsedWithoutIt()
    {
        await using var host = new Machine();
        await host.UpAsync();
        host.Variables["TERM"] = "xterm";

        Assert.Contains("\e[1m", (await TypedAsync(host, "", "daemon", "pair", "--no-qr")).Out);
        host.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain('\e', (await TypedAsync(host, "", "daemon", "pair", "--no-qr")).Out);
    }

    [Fact]
    public async Task ReaderThatGoesAway_IsNoError()
    {
        await using var machine = new Machine();

        var run = await machine.StartProgram(
            "/bin/bash", null, "-c", $"'{Executables.CommandLine}' explain | head -1; exit ${{PIPESTATUS[0]}}").FinishAsync();

        run.Expect(ExitCodes.Ok);
        Assert.StartsWith("CODE", run.Out);
        Assert.Equal("", run.Error);
    }

    /// <summary>A file that commands share: each goes on where the last one stopped, and so does the shell after them.</summary>
    [Fact]
    public async Task CommandsThatShareAFile_WriteOneAfterTheOther()
    {
        await using var machine = new Machine();
        var file = Path.Combine(machine.Root, "shared-output.txt");

        var script = $"{{ '{Executables.CommandLine}' explain pairing_required; '{Executables.CommandLine}' explain handshake_timeout; echo the end; }} > '{file}'";
        (await machine.StartProgram("/bin/bash", null, "-c", script).FinishAsync()).Expect(ExitCodes.Ok);

        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("pairing_required", text);
        Assert.Contains("handshake_timeout", text);
        Assert.EndsWith("the end\n", text);
        Assert.DoesNotContain('\0', text);
    }

    [Fact]
    public async Task BashCompletion_OffersWhatCanFollow()
    {
        await using var machine = new Machine();
        var script = $$"""
            netclaw() { '{{Executables.CommandLine}}' "$@"; }
            source <(netclaw completion bash)
            COMP_LINE="netclaw devices re" COMP_POINT=18 COMP_WORDS=(netclaw devices re) COMP_CWORD=2
            _netclaw_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        var run = (await machine.StartProgram("/bin/bash", null, "-c", script).FinishAsync()).Expect(ExitCodes.Ok);

        Assert.Equal(["reject", "rename", "revoke"], run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    /// <summary>Runs with a terminal for all three streams; both outputs come back as one.</summary>
    private static async Task<Finished> TypedAsync(Machine machine, string typed, params string[] arguments)
    {
        var line = string.Join(' ', arguments.Prepend(Executables.CommandLine).Select(word => $"'{word}'"));
        await using var run = machine.StartProgram(OnTerminalFactAttribute.Script, typed + "\n", "-qec", line, "/dev/null");
        return await run.FinishAsync();
    }
}
