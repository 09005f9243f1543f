using Netclaw.Crash.Vfs.Recording;

namespace Netclaw.Crash.Tests.States;

/// <summary>A change of names in one directory; a rename is one change of two names, and surely there with the directory that it leads to.</summary>
internal sealed record NameChange(string Directory, (string Path, Inode? Inode)[] Names);

/// <summary>One thing that is not surely on the disk yet: a change of a file's content or of names.</summary>
internal sealed record Pending(Inode? Inode, IoEvent? Change, NameChange? Names)
{
    /// <summary>How many bytes it writes; 0 when it is done or not done.</summary>
    public int Size => Change is IoEvent.Wrote wrote ? wrote.Bytes.Length : 0;

    public long Offset => Change is IoEvent.Wrote wrote ? wrote.Offset : 0;
}

/// <summary>
/// What an honest disk may hold: what was flushed is there; of what was not, any part may be. The names in a directory are flushed with the directory, never
/// with the file. A directory that was made is a name like another, and without it nothing is there that is in it; those that nobody made are there.
/// </summary>
internal sealed class Disk
{
    private readonly Dictionary<string, Inode> _live = new(StringComparer.Ordinal);
    private readonly List<Pending> _pending = [];

    /// <summary>Names that are surely there.</summary>
    public Dictionary<string, Inode> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Directories that were made since: only with their names are there things in them.</summary>
    public HashSet<string> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order in which it was asked for.</summary>
    public IReadOnlyList<Pending> Pending => _pending;

    /// <param name="files">What was there, durably, before the first event.</param>
    public static Disk Of(IReadOnlyDictionary<string, byte[]> files)
    {
        var disk = new Disk();
        foreach (var (path, bytes) in files)
        {
            disk.Names[path] = disk._live[path] = new Inode(bytes);
        }

        return disk;
    }

    public void Apply(IoEvent @event)
    {
        switch (@event)
        {
            case IoEvent.Created created:
                Rename((created.Path, new Inode([])));
                break;
            case IoEvent.Linked linked:
                Rename((linked.To, _live[linked.From]));
                break;
            case IoEvent.Renamed renamed:
                Rename((renamed.From, null), (renamed.To, _live[renamed.From]));
                break;
            case IoEvent.Deleted deleted:
                Rename((deleted.Path, null));
                break;
            case IoEvent.DirectoryMade made:
                Made.Add(made.Path);
                Rename((made.Path, Inode.Directory()));
                break;
            case IoEvent.DirectoryRemoved removed:
                Rename((removed.Path, null));
                break;
            case IoEvent.Wrote wrote:
                Change(wrote.Path, wrote);
                break;
            case IoEvent.Truncated cut:
                Change(cut.Path, cut);
                break;
            case IoEvent.Flushed flushed:
                _live[flushed.Path].Flush();
                _pending.RemoveAll(each => each.Inode == _live[flushed.Path]);
                break;
            case IoEvent.DirectoryFlushed flushed:
                FlushNames(flushed.Directory);
                break;
        }
    }

    private void Change(string path, IoEvent change)
    {
        var inode = _live[path];
        inode.Pending.Add(change);
        _pending.Add(new Pending(inode, change, null));
    }

    private void Rename(params (string Path, Inode? Inode)[] names)
    {
        foreach (var (path, inode) in names)
        {
            if (inode is null)
            {
                _live.Remove(path);
            }
            else
            {
                _live[path] = inode;
            }
        }

        _pending.Add(new Pending(null, null, new NameChange(Path.GetDirectoryName(names[^1].Path)!, names)));
    }

    private void FlushNames(string directory)
    {
        foreach (var each in _pending.Where(each => each.Names?.Directory == directory))
        {
            Apply(each.Names!, Names);
        }

        _pending.RemoveAll(each => each.Names?.Directory == directory);
        var named = _live.Values.Concat(Names.Values).Concat(_pending.SelectMany(each => each.Names?.Names ?? []).Select(name => name.Inode)).ToHashSet();
        _pending.RemoveAll(each => each.Inode is { } inode && !named.Contains(inode));
    }

    public static void Apply(NameChange change, Dictionary<string, Inode> names)
    {
        foreach (var (path, inode) in change.Names)
        {
            if (inode is null)
            {
                names.Remove(path);
            }
            else
            {
                names[path] = inode;
            }
        }
    }
}
