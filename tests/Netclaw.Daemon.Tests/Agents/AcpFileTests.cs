using System.Text.Json.Nodes;
using Netclaw.Daemon.Configuration;
using static Netclaw.Daemon.Tests.Agents.AcpScene;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Files that the gateway reads and writes for an agent: inside its roots and nowhere else.</summary>
public sealed class AcpFileTests : IDisposable
{
    private readonly AcpScene _scene = new();

    public void Dispose() => _scene.Dispose();

    private string Root => Path.Combine(_scene.Place, "root");

    [Fact]
    public async Task Reads_WhatIsInside_WholeAndInPart()
    {
        _scene.Write("root/notes.md", "one\ntwo\nthree\nfour\n");
        Directory.CreateDirectory(Path.Combine(Root, "sub"));

        var answers = await AskAsync(Lend(mayWrite: false), Read("root/notes.md"), Read("root/sub/../notes.md", ""","line":2,"limit":2"""));

        Assert.Equal(["one\ntwo\nthree\nfour\n", "two\nthree"], answers.Select(answer => (string)answer["result"]!["content"]!));
    }

    [Fact]
    public async Task NothingLeadsOut()
    {
        _scene.Write("secret", "canary");
        _scene.Write("rooted/secret", "canary");
        Directory.CreateDirectory(Root);
        File.CreateSymbolicLink(Path.Combine(Root, "link"), Path.Combine(_scene.Place, "secret"));
        File.CreateSymbolicLink(Path.Combine(Root, "up"), _scene.Place);

        var answers = await AskAsync(
            Lend(mayWrite: true), Read("secret"), Read("root/../secret"), Read("root/link"), Read("root/up/secret"), Read("rooted/secret"), Read("root/none"), Read("root"),
            Written("secret"), Written("root/../secret"), Written("root/up/secret"), Written("root/link"), Written("rooted/new"), Written("root/.."));

        Assert.All(answers, answer => Assert.NotNull(answer["error"]));
        Assert.Equal(13, answers.Count);
        Assert.Equal("canary", File.ReadAllText(Path.Combine(_scene.Place, "secret")));
        Assert.Equal(["link", "up"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("canary", string.Join('\n', _scene.Answers), StringComparison.Ordinal);
        Assert.Equal(-32002, (int)answers[5]["error"]!["code"]!);
    }

    [Fact]
    public async Task Writes_WhereItMay_AndKeepsTheMode()
    {
        File.SetUnixFileMode(_scene.Write("root/run.sh", "old"), (UnixFileMode)0b111_101_000);

        var answers = await AskAsync(Lend(mayWrite: true), Written("root/run.sh"), Written("root/new.txt"));

        Assert.All(answers, answer => Assert.Null(answer["error"]));
        Assert.Equal(("new", "new"), (File.ReadAllText(Path.Combine(Root, "run.sh")), File.ReadAllText(Path.Combine(Root, "new.txt"))));
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(Path.Combine(Root, "run.sh")));
        Assert.Equal(2, Directory.GetFiles(Root).Length);
    }

    [Fact]
    public async Task WithoutMayWrite_NothingIsWritten_AndWithoutRoots_NothingIsServed()
    {
        _scene.Write("root/notes.md", "old");

        var refused = await AskAsync(Lend(mayWrite: false), Written("root/notes.md"));
        File.Delete(Path.Combine(_scene.Place, "answers"));
        var unserved = await AskAsync(new ProgramOptions(), Read("root/notes.md"));

        Assert.Contains("mayWrite is not configured", (string)refused[0]["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Contains("no roots are configured", (string)unserved[0]["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Path.Combine(Root, "notes.md")));
    }

    [Fact]
    public async Task WhatIsNoFile_OrTooLarge_IsRefused()
    {
        Directory.CreateDirectory(Root);
        using (var large = File.Create(Path.Combine(Root, "large")))
        {
            large.SetLength(5 * 1024 * 1024);
        }

        var answers = await AskAsync(Lend(mayWrite: false), $"mkfifo {Root}/pipe", Read("root/pipe"), Read("root/large"), Requests("fs/read_text_file", """{"sessionId":"s-1","path":"root/large"}"""));

        Assert.Equal([true, true, true], answers.Select(answer => answer["error"] is not null));
    }

    private ProgramOptions Lend(bool mayWrite) => new() { Roots = [Root], MayWrite = mayWrite };

    private string Read(string path, string more = "") => Requests("fs/read_text_file", $$"""{"sessionId":"s-1","path":"{{_scene.Place}}/{{path}}"{{more}}}""");

    private string Written(string path) => Requests("fs/write_text_file", $$"""{"sessionId":"s-1","path":"{{_scene.Place}}/{{path}}","content":"new"}""");

    private async Task<List<JsonNode>> AskAsync(ProgramOptions program, params string[] requests)
    {
        await _scene.RunAsync(_scene.Agent([Hello, Opens, .. requests, Ends()], program));
        return [.. _scene.Answers.Select(line => JsonNode.Parse(line)!)];
    }
}
