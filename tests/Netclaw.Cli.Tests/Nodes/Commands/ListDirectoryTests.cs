using System.Text.Json;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

public sealed class ListDirectoryTests : IDisposable
{
    private readonly LentHome _home = new();

    [Fact]
    public async Task ListsDirectories_InThePublishedForm()
    {
        _home.MakeDirectory("lent/b");
        _home.MakeDirectory("lent/.a");
        _home.Write("lent/file", "x");
        var lent = Path.Combine(_home.Root, "lent");

        var answer = await LentHome.DoneAsync(Lending(lent), """{"nodeId":"this one"}""");

        Assert.Equal(
            $$"""{"path":"{{lent}}","home":"{{lent}}","entries":[{"name":".a","path":"{{lent}}/.a","hidden":true},{"name":"b","path":"{{lent}}/b"}]}""",
            answer.GetRawText());
        Assert.Equal(lent, (await LentHome.DoneAsync(Lending(lent), $$"""{"path":"{{lent}}/b"}""")).GetProperty("parent").GetString());
    }

    [Fact]
    public async Task SaysWhatEachEntryIs_AndFollowsNoLink()
    {
        var lent = _home.MakeDirectory("lent");
        _home.MakeDirectory("lent/directory");
        var file = _home.Write("lent/file", "12345");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddMilliseconds(1_234_567_000));
        _home.Link("lent/link", "/etc");
        _home.Pipe("lent/pipe");

        var answer = await LentHome.DoneAsync(Lending(lent), $$"""{"path":"{{lent}}","details":true}""");

        var entries = answer.GetProperty("entries").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!);
        Assert.Equal(
            ["directory:directory", "file:file", "link:link", "pipe:other"],
            entries.Select(entry => $"{entry.Key}:{entry.Value.GetProperty("kind").GetString()}"));
        Assert.Equal(5, entries["file"].GetProperty("size").GetInt64());
        Assert.Equal(1_234_567_000, entries["file"].GetProperty("modifiedMs").GetInt64());
    }

    [Fact]
    public async Task DeniesEveryWayOut()
    {
        var lent = _home.MakeDirectory("lent");
        _home.MakeDirectory("lent-not");
        _home.Link("lent/escape", _home.MakeDirectory("outside/deep"));
        _home.Link("lent/up", "..");

        foreach (var path in (string[])["/..", "/../lent-not", "/escape", "/escape/..", "/up", "/up/outside", "/../not-there", "-not", "-not-there"])
        {
            var denied = await LentHome.FailedAsync(Lending(lent), JsonSerializer.Serialize(new { path = lent + path }));
            Assert.Equal(NodeAnswer.Failed.Denied, denied.Code);
            Assert.Contains("node.json", denied.Message);
        }

        Assert.Equal(lent, (await LentHome.DoneAsync(Lending(lent), $$"""{"path":"{{lent}}/up/lent"}""")).GetProperty("path").GetString());
    }

    [Fact]
    public async Task DeniesEverything_WithoutRoots() =>
        Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(new ListDirectory(_home.Rules("{}")), $$"""{"path":"{{_home.Root}}"}""")).Code);

    [Fact]
    public async Task Fails_WhenItIsNotThere_OrIsAFile()
    {
        var lent = _home.MakeDirectory("lent");
        _home.Write("lent/file", "x");

        Assert.Contains("No such file", (await LentHome.FailedAsync(Lending(lent), $$"""{"path":"{{lent}}/gone"}""")).Message);
        Assert.Contains("Not a directory", (await LentHome.FailedAsync(Lending(lent), $$"""{"path":"{{lent}}/file"}""")).Message);
        Assert.Equal(NodeAnswer.Failed.Invalid, (await LentHome.FailedAsync(Lending(lent), """{"path":"lent"}""")).Code);
    }

    [Theory]
    [InlineData(DirectoryListing.MostEntries, false)]
    [InlineData(DirectoryListing.MostEntries + 1, true)]
    public async Task IsCut_AfterAThousandEntries(int files, bool truncated)
    {
        var lent = _home.MakeDirectory("lent");
        for (var file = 0; file < files; file++)
        {
            File.WriteAllBytes(Path.Combine(lent, $"{file}"), []);
        }

        var answer = await LentHome.DoneAsync(Lending(lent), """{"details":true}""");

        Assert.Equal(DirectoryListing.MostEntries, answer.GetProperty("entries").GetArrayLength());
        Assert.Equal(truncated, answer.TryGetProperty("truncated", out _));
    }

    public void Dispose() => _home.Dispose();

    private ListDirectory Lending(string root) => new(_home.Rules(JsonSerializer.Serialize(new { roots = new[] { root } })));
}
