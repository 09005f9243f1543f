using System.Globalization;
using Netclaw.Crash.Vfs.Recording;

namespace Netclaw.Crash.Tests.States;

/// <summary>
/// The legal states after a crash at one point of a log: of the changes that were not flushed any part may be there, the last with the rest in any combination
/// where there are few, in a seeded sample where there are many; and any one of the writes may be cut, at each sector and anywhere.
/// </summary>
/// <param name="depth">1 for everyday; more for more samples.</param>
internal sealed class CrashStates(int seed, int depth)
{
    private const int Sector = 512;
    private const int InsideTheHeader = 17;
    private const int AllOf = 8;
    private const int CutsOfAllOf = 5;

    private readonly Random _random = new(seed);

    /// <param name="onlyWithLast">The others were legal before the last change too.</param>
    public IEnumerable<CrashState> At(Disk disk, int after, bool onlyWithLast)
    {
        var pending = disk.Pending;
        if (pending.Count == 0)
        {
            yield return Make(disk, after, [], null, 0);
            yield break;
        }

        foreach (var chosen in Subsets(pending.Count, onlyWithLast, AllOf, samples: 96 * depth))
        {
            yield return Make(disk, after, chosen, null, 0);
        }

        foreach (var chosen in Subsets(pending.Count, onlyWithLast, CutsOfAllOf, samples: 12 * depth))
        {
            foreach (var (torn, bytes) in Cuts(pending, chosen))
            {
                yield return Make(disk, after, chosen, torn, bytes);
            }
        }
    }

    /// <summary>Nothing that was not flushed is there: what a failed flush may come to.</summary>
    public static CrashState OnlyFlushed(Disk disk, int after) => Make(disk, after, new bool[disk.Pending.Count], null, 0);

    /// <summary>All of it is there: what a process that goes on finds.</summary>
    public static CrashState Everything(Disk disk, int after) => Make(disk, after, [.. disk.Pending.Select(_ => true)], null, 0);

    /// <summary>Which of so many are there.</summary>
    private IEnumerable<bool[]> Subsets(int count, bool onlyWithLast, int allOf, int samples)
    {
        var free = onlyWithLast ? count - 1 : count;
        if (free < allOf)
        {
            for (var bits = 0; bits < 1 << free; bits++)
            {
                yield return [.. Enumerable.Range(0, count).Select(i => i >= free || (bits >> i & 1) != 0)];
            }

            yield break;
        }

        yield return [.. Enumerable.Repeat(true, count)];
        yield return [.. Enumerable.Range(0, count).Select(i => i == count - 1)];
        for (var i = 0; i < samples; i++)
        {
            var density = (i % 3) switch { 0 => 0.5, 1 => 0.85, _ => 0.15 };
            yield return [.. Enumerable.Range(0, count).Select(at => at >= free || _random.NextDouble() < density)];
        }
    }

    /// <summary>The last write, at each sector and in two places more; and one of the others, anywhere.</summary>
    private IEnumerable<(Pending Torn, int Bytes)> Cuts(IReadOnlyList<Pending> pending, bool[] chosen)
    {
        var writes = pending.Where((each, i) => chosen[i] && each.Size > 1).ToList();
        if (writes.Count == 0)
        {
            yield break;
        }

        var last = writes[^1];
        for (var cut = Sector - (int)(last.Offset % Sector); cut < last.Size; cut += Sector)
        {
            yield return (last, cut);
        }

        if (last.Offset == 0 && last.Size > InsideTheHeader)
        {
            yield return (last, InsideTheHeader);
        }

        yield return (last, _random.Next(1, last.Size));
        yield return (last, _random.Next(1, last.Size));
        var other = writes[_random.Next(writes.Count)];
        yield return (other, _random.Next(1, other.Size));
    }

    private static CrashState Make(Disk disk, int after, bool[] chosen, Pending? torn, int bytes)
    {
        var names = new Dictionary<string, Inode>(disk.Names, StringComparer.Ordinal);
        var changes = new Dictionary<Inode, List<(IoEvent Change, int Bytes)>>();
        for (var i = 0; i < chosen.Length; i++)
        {
            var each = disk.Pending[i];
            if (!chosen[i])
            {
                continue;
            }

            if (each.Names is { } renamed)
            {
                Disk.Apply(renamed, names);
            }
            else
            {
                if (!changes.TryGetValue(each.Inode!, out var list))
                {
                    changes[each.Inode!] = list = [];
                }

                list.Add((each.Change!, ReferenceEquals(each, torn) ? bytes : int.MaxValue));
            }
        }

        var contents = changes.ToDictionary(each => each.Key, each => new FileContent(each.Key.With(each.Value)));
        var files = names.Where(each => !each.Value.IsDirectory && IsReached(each.Key, names, disk)).ToDictionary(each => each.Key, each => contents.GetValueOrDefault(each.Value) ?? each.Value.Durable, StringComparer.Ordinal);
        var how = new string([.. chosen.Select(there => there ? '1' : '0')]) + (torn is null ? "" : string.Create(CultureInfo.InvariantCulture, $" torn after {bytes}"));
        return new CrashState(after, how, files);
    }

    private static bool IsReached(string path, Dictionary<string, Inode> names, Disk disk)
    {
        for (var at = Path.GetDirectoryName(path); at is not null && disk.Made.Count > 0; at = Path.GetDirectoryName(at))
        {
            if (disk.Made.Contains(at) && !names.ContainsKey(at))
            {
                return false;
            }
        }

        return true;
    }
}
