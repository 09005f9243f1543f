using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Backups;

/// <summary>One line of the table, and every other as it was. The crontab program is a script of the test's.</summary>
public sealed class ScheduleBackupTests : IDisposable
{
    // No encoding, trailing blanks, a line that only looks like ours, one that was taken out by hand.
    private static readonly byte[] Others =
    [
        .. "MAILTO=me \n# caf"u8, 0xE9, .. "\n\n5 4 * * * /bin/true  # netclaw backup schedule\n# 1 2 * * * NETCLAW_HOME='<home>' /old/netclaw backup create # netclaw backup schedule\n"u8,
    ];

    private readonly TemporaryHome _home = new();

    private FakeCrontab Crontab => new(Path.Combine(_home.Root, "bin"));

    [Fact]
    public async Task Schedule_AddsOneLine_AndTheNextReplacesIt()
    {
        var crontab = Crontab;
        crontab.Table = OfThisHome(Others);

        var first = (await RunAsync(crontab, "--json")).Json();
        Assert.Equal("scheduled", first.GetProperty("state").GetString());
        Assert.Equal([.. OfThisHome(Others), .. Encoding.UTF8.GetBytes(first.GetProperty("line").GetString() + "\n")], crontab.Table);
        Assert.StartsWith("17 3 * * * NETCLAW_HOME=", first.GetProperty("line").GetString(), StringComparison.Ordinal);
        Assert.Contains(" backup create --keep 7 ", first.GetProperty("line").GetString(), StringComparison.Ordinal);

        var second = (await RunAsync(crontab, "--cron", "0 */6 * * *", "--keep", "30", "--json")).Json();
        Assert.Equal("replaced", second.GetProperty("state").GetString());
        Assert.Equal([.. OfThisHome(Others), .. Encoding.UTF8.GetBytes(second.GetProperty("line").GetString() + "\n")], crontab.Table);
        Assert.StartsWith("0 */6 * * * NETCLAW_HOME=", second.GetProperty("line").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_ThatStandsAlready_WritesNothing()
    {
        var crontab = Crontab;
        await RunAsync(crontab);

        Assert.Equal("unchanged", (await RunAsync(crontab, "--daily", "--keep", "7", "--json")).Json().GetProperty("state").GetString());
        Assert.Equal(1, crontab.Writes);
    }

    [Fact]
    public async Task Remove_TakesTheLineOut_WhereverItStands()
    {
        var crontab = Crontab;
        await RunAsync(crontab);
        crontab.Table = [.. "1 1 * * * before\n"u8, .. crontab.Table!, .. OfThisHome(Others)];

        Assert.Equal("removed", (await RunAsync(crontab, "--remove", "--json")).Json().GetProperty("state").GetString());

        Assert.Equal([.. "1 1 * * * before\n"u8, .. OfThisHome(Others)], crontab.Table);
        Assert.Equal("none", (await RunAsync(crontab, "--remove", "--json")).Json().GetProperty("state").GetString());
    }

    [Fact]
    public async Task Remove_OfTheOnlyLine_LeavesNoTable()
    {
        var crontab = Crontab;
        await RunAsync(crontab);

        await RunAsync(crontab, "--remove");

        Assert.Null(crontab.Table);
    }

    [Fact]
    public async Task HomesOfOneUser_HaveALineEach()
    {
        var crontab = Crontab;
        using var other = new TemporaryHome();
        await RunAsync(crontab);
        await RunAsync(other, crontab);
        var both = Encoding.UTF8.GetString(crontab.Table!);

        await RunAsync(crontab, "--remove");

        Assert.Contains($" NETCLAW_HOME='{_home.Root}' ", both, StringComparison.Ordinal);
        Assert.Contains($" NETCLAW_HOME='{other.Root}' ", Assert.Single(Encoding.UTF8.GetString(crontab.Table!).TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_SaysThatTheDaemonNeedNotBeUp()
    {
        var said = await RunAsync(Crontab);

        Assert.Equal(0, said.ExitCode);
        Assert.Contains("It runs whether or not the daemon is up, keeps the newest 7 archives", said.Out, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_home.Root, "logs")));
    }

    [Fact]
    public async Task Print_ShowsTheLineAndNothingElse_WithoutAnyCrontab()
    {
        var printed = await RunAsync(_home, null, "--print", "--keep", "3");

        Assert.Equal("", printed.Error);
        Assert.Equal(printed.Out, Assert.Single(printed.Out.Split('\n')[..^1]) + "\n");
        Assert.EndsWith(" # netclaw backup schedule\n", printed.Out, StringComparison.Ordinal);
        Assert.Equal(printed.Out, (await RunAsync(_home, null, "--print", "--keep", "3", "--json")).Json().GetProperty("line").GetString() + "\n");
        Assert.False(Directory.Exists(Path.Combine(_home.Root, "logs")));
    }

    [Fact]
    public async Task WithoutCrontab_TheErrorHasTheLineToPaste()
    {
        var printed = (await RunAsync(_home, null, "--cron", "5 5 * * 1", "--print")).Out.TrimEnd('\n');

        var refused = await RunAsync(_home, null, "--cron", "5 5 * * 1", "--json");

        Assert.Equal(ExitCodes.Unavailable, refused.ExitCode);
        Assert.Equal("crontab_unavailable", refused.JsonError().GetProperty("code").GetString());
        Assert.EndsWith(printed, refused.JsonError().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("netclaw backup schedule --cron '5 5 * * 1' --keep 7 --print", refused.JsonError().GetProperty("remedy").GetString());
    }

    [Theory]
    [InlineData("echo 'you are not allowed to use this program' >&2; exit 1", "crontab -l did not work: you are not allowed to use this program.")]
    [InlineData("exit 3", "crontab -l did not work: exit code 3.")]
    [InlineData("""[ "$1" = -l ] && { echo '1 1 * * * mine'; exit 0; }; echo 'disk full' >&2; exit 1""", "crontab - did not work: disk full.")]
    public async Task TableThatCannotBeReadOrWritten_IsNeverTakenForAnEmptyOne(string body, string seen)
    {
        var refused = await RunAsync(new FakeCrontab(Path.Combine(_home.Root, "bin"), body), "--json");

        Assert.Equal("crontab_unavailable", refused.JsonError().GetProperty("code").GetString());
        Assert.Contains(seen, refused.JsonError().GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no crontab for root")]
    [InlineData("crontab: can't open 'root': No such file or directory")]
    public async Task UserWithoutATable_GetsOne(string said)
    {
        var directory = Path.Combine(_home.Root, "bin");
        var crontab = new FakeCrontab(directory, $"""[ "$1" = -l ] && [ ! -f "$table" ] && {"{"} echo "{said}" >&2; exit 1; {"}"}; [ "$1" = - ] && cat >"$table" """);

        Assert.Equal("scheduled", (await RunAsync(crontab, "--json")).Json().GetProperty("state").GetString());
        Assert.NotNull(crontab.Table);
    }

    [Theory]
    [InlineData("--cron", "61 * * * *", "'61' is no minute")]
    [InlineData("--keep", "0", "--keep '0' is no number of archives; at least 1 remains.")]
    [InlineData("--keep", "-1", "at least 1 remains.")]
    [InlineData("--keep", "many", "--keep 'many' is no number of archives")]
    [InlineData("--remove", "--print", "it goes with nothing else")]
    public async Task WhatMakesNoSense_IsAUsageError_AndTheTableStays(string option, string value, string message)
    {
        var crontab = Crontab;
        crontab.Table = Others;

        var refused = await RunAsync(crontab, option, value);

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        Assert.Equal(Others, crontab.Table);
    }

    [Fact]
    public async Task PathThatCronsReadDifferently_IsRefused()
    {
        using var home = new TemporaryHome("netclaw\\cli-");

        var refused = await RunAsync(home, Crontab, "--json");

        Assert.Equal("usage_error", refused.JsonError().GetProperty("code").GetString());
        Assert.Contains("cannot stand in a crontab", refused.JsonError().GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private byte[] OfThisHome(byte[] table) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(table).Replace("<home>", _home.Root, StringComparison.Ordinal));

    private Task<CliRun> RunAsync(FakeCrontab crontab, params string[] arguments) => RunAsync(_home, crontab, arguments);

    private static Task<CliRun> RunAsync(TemporaryHome home, FakeCrontab? crontab, params string[] arguments) => CliRun.Of(
        home, new() { ["NETCLAWD"] = Environment.ProcessPath!, ["PATH"] = $"/nowhere:{crontab?.Path}" }, "", ["backup", "schedule", .. arguments]);
}
