using Netclaw.Crash.Tests.States;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>A home made to hold one crash state after the other; what is the same in both is left as it is.</summary>
internal sealed class Materialised(string recordedRoot, string root)
{
    private readonly Dictionary<string, FileContent> _there = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public void Become(CrashState state)
    {
        foreach (var changed in _changed)
        {
            File.Delete(changed);
        }

        _changed.Clear();
        foreach (var gone in _there.Keys.Where(path => !state.Files.ContainsKey(Recorded(path))).ToList())
        {
            File.Delete(gone);
            _there.Remove(gone);
        }

        foreach (var (recorded, content) in state.Files)
        {
            var path = root + recorded[recordedRoot.Length..];
            if (!_there.TryGetValue(path, out var there) || there.Hash != content.Hash)
            {
                Write(path, content.Bytes);
                _there[path] = content;
            }
        }
    }

    /// <summary>As the state has it; null when it has no such file.</summary>
    public byte[]? Content(string path) => _there.GetValueOrDefault(path)?.Bytes;

    /// <summary>Whoever recovers changes or makes it: it is made anew for the next state.</summary>
    public void WillChange(string path)
    {
        _there.Remove(path);
        _changed.Add(path);
    }

    public ulong HashUnder(string directory) => _there.Where(file => file.Key.StartsWith(directory + "/", StringComparison.Ordinal))
        .Aggregate(0UL, (hash, file) => hash + ContentHash.Mix(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(file.Key)), file.Value.Hash));

    private string Recorded(string path) => recordedRoot + path[root.Length..];

    private static void Write(string path, byte[] bytes)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(bytes);
    }
}
