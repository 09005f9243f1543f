using System.Runtime.InteropServices;
using System.Text.Json;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

/// <summary>A directory of its own with rules in it, and the patience that every wait has.</summary>
internal sealed class LentHome : IDisposable
{
    public const string SearchPath = "/usr/bin:/bin";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryHome _home = new("netclaw-lent-");

    public string Root => _home.Root;

    public string Write(string path, string content) => _home.Write(path, content);

    public string MakeDirectory(string path) => Directory.CreateDirectory(Path.Combine(Root, path)).FullName;

    public string Link(string path, string target)
    {
        var full = Path.Combine(Root, path);
        File.CreateSymbolicLink(full, target);
        return full;
    }

    /// <summary>A pipe with a name: who reads it learns that a child is ready, and, at its end, that the last one that held it is gone.</summary>
    public string Pipe(string name)
    {
        var full = Path.Combine(Root, name);
        Assert.Equal(0, MakePipe(full, 0x180));
        return full;
    }

    public NodeRules Rules(string json) => NodeRulesFile.Read(Write(NodeRules.FileName, json), SearchPath);

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static async Task<JsonElement> DoneAsync(INodeCommand command, string parameters, CancellationToken cancellation = default)
    {
        var answer = await command.RunAsync(Json(parameters), cancellation).WaitAsync(Patience, CancellationToken.None);
        return answer switch
        {
            NodeAnswer.Done done => done.Payload,
            NodeAnswer.Failed failed => throw new InvalidOperationException($"{failed.Code}: {failed.Message}"),
            _ => throw new InvalidOperationException(),
        };
    }

    public static async Task<NodeAnswer.Failed> FailedAsync(INodeCommand command, string parameters) =>
        Assert.IsType<NodeAnswer.Failed>(await command.RunAsync(Json(parameters), CancellationToken.None).WaitAsync(Patience));

    public void Dispose() => _home.Dispose();

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi)]
    private static extern int MakePipe(string path, uint mode);
}
