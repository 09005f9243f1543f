using Netclaw.Protocol;

namespace Netclaw.Cli.Tests;

/// <summary>An empty home of its own, gone afterwards.</summary>
public sealed class TemporaryHome : IDisposable
{
    public TemporaryHome(string prefix = "netclaw-cli-")
    {
        Root = Directory.CreateTempSubdirectory(prefix).FullName;
        File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Home = NetclawHome.At(Root, _ => null);
    }

    public string Root { get; }

    public NetclawHome Home { get; }

    public string Write(string path, string content)
    {
        var full = Path.Combine(Root, path);
        var directory = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(full, content);
        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return full;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
