using Netclaw.Daemon.Home;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>A home in memory, gone with the test.</summary>
internal sealed class ScratchHome : IDisposable
{
    private readonly string _parent;

    public ScratchHome()
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _parent = Path.Combine(memory, $"nc-crash-{Guid.NewGuid():N}"[..20]);
        Directory.CreateDirectory(_parent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Home = NetclawHome.At(Path.Combine(_parent, "home"), _ => null);
        var problems = new StartProblems();
        Assert.True(HomeDirectories.Prepare(Home, problems), StartReport.Render(problems, asJson: false));
    }

    public NetclawHome Home { get; }

    /// <summary>What a crash can touch: keys and state.</summary>
    public Dictionary<string, byte[]> Files() => FilesOf(Home);

    public static Dictionary<string, byte[]> FilesOf(NetclawHome home) => new[] { home.KeysDirectory, home.StateDirectory }
        .SelectMany(Directory.EnumerateFiles).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)).ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal);

    /// <param name="files">Of another home, by their paths there.</param>
    public void Fill(IReadOnlyDictionary<string, byte[]> files, string root) => Fill(Home, files, root);

    public static void Fill(NetclawHome home, IReadOnlyDictionary<string, byte[]> files, string root)
    {
        foreach (var (path, bytes) in files)
        {
            PrivateFile.WriteAtomically(home.Root + path[root.Length..], bytes);
        }
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
