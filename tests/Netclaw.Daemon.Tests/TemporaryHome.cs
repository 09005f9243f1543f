using System.Runtime.InteropServices;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests;

/// <summary>A home of one test's own, gone with the test.</summary>
internal sealed partial class TemporaryHome : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("nc-").FullName;

    public TemporaryHome() => Home = NetclawHome.At(Path.Combine(_parent, "home"), _ => null);

    public NetclawHome Home { get; }

    public string Parent => _parent;

    public void WriteConfig(string json)
    {
        Directory.CreateDirectory(Home.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Home.ConfigFile, json);
    }

    public static void GiveAway(string path, uint owner) => Assert.Equal(0, LChown(path, owner, owner));

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LChown(string path, uint owner, uint group);
}
