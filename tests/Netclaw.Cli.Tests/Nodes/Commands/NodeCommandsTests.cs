using System.Text.Json;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

public sealed class NodeCommandsTests : IDisposable
{
    private readonly LentHome _home = new();
    private readonly List<string> _printed = [];

    [Fact]
    public void AreAll_ByTheirNames() => Assert.Equal(
        ["system.run", "system.which", "system.notify", "fs.listDir", "device.info", "device.status"],
        NodeCommands.All(NodeRules.Nothing(LentHome.SearchPath), _printed.Add, null, TimeProvider.System).Select(command => command.Name));

    [Fact]
    public async Task Which_FindsPrograms_AndLeavesOutWhatIsNotThere() => Assert.Equal(
        """{"bins":{"printf":"/usr/bin/printf"}}""",
        (await LentHome.DoneAsync(Command("system.which"), """{"bins":["printf","no-such-program","printf"]}""")).GetRawText());

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"bins":["/usr/bin/ls"]}""")]
    [InlineData("""{"bins":["../ls"]}""")]
    [InlineData("""{"bins":[".."]}""")]
    [InlineData("""{"bins":[""]}""")]
    public async Task Which_TakesPlainNamesOnly(string parameters) =>
        Assert.Equal(NodeAnswer.Failed.Invalid, (await LentHome.FailedAsync(Command("system.which"), parameters)).Code);

    [Fact]
    public async Task Which_TakesSixtyFourNames()
    {
        await LentHome.DoneAsync(Command("system.which"), JsonSerializer.Serialize(new { bins = Enumerable.Repeat("ls", 64) }));

        Assert.Equal(NodeAnswer.Failed.Invalid, (await LentHome.FailedAsync(Command("system.which"), JsonSerializer.Serialize(new { bins = Enumerable.Repeat("ls", 65) }))).Code);
    }

    [Fact]
    public async Task Notify_PrintsOneLine_SafeForATerminal()
    {
        await LentHome.DoneAsync(Command("system.notify"), """{"title":"Door\u001b[2J","body":"open\nnow\u202e","priority":"active"}""");

        Assert.Equal("Door\uFFFD[2J: open now\uFFFD", Assert.Single(_printed));
    }

    [Fact]
    public async Task Notify_WantsSomethingToSay()
    {
        Assert.Equal(NodeAnswer.Failed.Invalid, (await LentHome.FailedAsync(Command("system.notify"), "{}")).Code);
        Assert.Empty(_printed);
    }

    [Fact]
    public async Task DeviceInfo_SaysWhatStaysTheSame()
    {
        var info = await LentHome.DoneAsync(Command("device.info"), "{}");

        Assert.Equal(["hostname", "platform", "arch", "cpuCount", "memoryTotalBytes", "version"], info.EnumerateObject().Select(member => member.Name));
        Assert.Equal("linux", info.GetProperty("platform").GetString());
        Assert.True(info.GetProperty("memoryTotalBytes").GetInt64() > 1 << 20);
    }

    [Fact]
    public async Task DeviceStatus_SaysWhatChanges()
    {
        var status = await LentHome.DoneAsync(Command("device.status"), "{}");

        Assert.Equal(3, status.GetProperty("loadAverage").GetArrayLength());
        Assert.True(status.GetProperty("memoryFreeBytes").GetInt64() > 0);
        Assert.True(status.GetProperty("diskAvailableBytes").GetInt64() > 0);
        Assert.True(status.GetProperty("uptimeSeconds").GetInt64() > 0);
    }

    [Fact]
    public void KernelTexts_AreReadByTheirLines()
    {
        const string Memory = "MemTotal:       16316412 kB\nMemFree:          200000 kB\nMemAvailable:    8000000 kB\n";

        Assert.Equal(8_000_000L * 1024, KernelText.MemoryBytes(Memory, "MemAvailable"));
        Assert.Equal(0, KernelText.MemoryBytes(Memory, "Mem"));
        Assert.Equal([0.5, 1.25, 2], KernelText.Load("0.50 1.25 2.00 1/200 4711\n"));
        Assert.Equal(1234, KernelText.UptimeSeconds("1234.56 4000.00\n"));
    }

    public void Dispose() => _home.Dispose();

    private INodeCommand Command(string name) =>
        NodeCommands.All(_home.Rules("{}"), _printed.Add, null, TimeProvider.System).Single(command => command.Name == name);
}
