using System.Globalization;
using System.Text;
using Netclaw.Cli.Logs;
using Netclaw.Daemon.Logging;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Logging;

/// <summary>A log, its writer, its reader and whoever else has their hands on it, one random step after the other.</summary>
internal sealed class FollowedLog : IDisposable
{
    private readonly string _path;
    private readonly Random _random;
    private readonly Tally _tally;
    private readonly int _kept;
    private readonly long _maximum;
    private readonly LogTail _tail;
    private readonly List<string> _read = [];
    private Disk _disk;
    private RotatingFile _file;
    private int _line;
    private int _moves;

    public FollowedLog(string path, Random random, Tally tally)
    {
        (_path, _random, _tally) = (path, random, tally);
        (_kept, _maximum) = (random.Next(4, 12), random.Next(60, 400));
        File.WriteAllText(path, "begun.\n");
        Written.Add("begun.");
        _tail = new LogTail(path);
        _read.AddRange(_tail.LastLines(100));
        (_disk, _file) = Open();
    }

    /// <summary>What the writer said is written.</summary>
    public List<string> Written { get; } = [];

    /// <summary>How many writes stopped within a line.</summary>
    public int Breaks { get; private set; }

    public IEnumerable<string> ReadWhole => _read.Where(IsWhole);

    public int ReadTorn => _read.Count(line => !IsWhole(line));

    public void Step()
    {
        switch (_random.Next(20))
        {
            case 0:
                RenameAll();
                break;
            case 1:
                CopyAndEmpty();
                break;
            case 2:
                Restart();
                break;
            case 3:
                Look();
                break;
            case 4 or 5:
                _disk.Fails = (_random.Next(1, 8), IsForGood: false);
                break;
            case 6:
                _disk.Fails = (_random.Next(1, 8), IsForGood: true);
                break;
            default:
                Write();
                break;
        }
    }

    /// <summary>One more write, on a disk that is well: what was begun is completed.</summary>
    public void End()
    {
        _disk.Fails = null;
        Write();
        ReadAll();
    }

    private void ReadAll()
    {
        _moves = 0;
        do
        {
            _read.AddRange(_tail.NewLines());
        }
        while (_tail.IsBehind);
    }

    public void Dispose()
    {
        _tail.Dispose();
        _file.Dispose();
    }

    /// <summary>As logrotate does it: the oldest first.</summary>
    /// <param name="between">Called between any two steps.</param>
    public static void MoveUp(string path, int kept, Action between)
    {
        for (var number = kept - 1; number > 0; number--)
        {
            if (File.Exists(FormerFiles.NameOf(path, number)))
            {
                File.Move(FormerFiles.NameOf(path, number), FormerFiles.NameOf(path, number + 1), overwrite: true);
                between();
            }
        }
    }

    private (Disk, RotatingFile) Open()
    {
        var disk = new Disk(this);
        using (FileCalls.Use(disk))
        {
            return (disk, new RotatingFile(_path, _maximum, _kept, _ => _tally.Failures++));
        }
    }

    private void Write()
    {
        var lines = Enumerable.Range(0, _random.Next(1, 5))
            .Select(_ => string.Create(CultureInfo.InvariantCulture, $"{_line++}:{new string('x', _random.Next(40))}.")).ToArray();
        var refusal = _file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        Written.AddRange(lines.SkipLast(refusal?.Lines ?? 0));
        if (_disk.IsOut)
        {
            _tally.Cuts++;
            Restart();
        }
    }

    private void Restart()
    {
        _file.Dispose();
        // A line that was begun and not completed ended with the process that had the rest of it.
        if (!Everything().Contains(Written[^1], StringComparison.Ordinal))
        {
            Written.RemoveAt(Written.Count - 1);
        }

        (_disk, _file) = Open();
    }

    private string Everything() => string.Concat(Enumerable.Range(0, FormerFiles.Most + 1).Reverse().Select(number => FormerFiles.NameOf(_path, number)).Where(File.Exists).Select(File.ReadAllText));

    private void RenameAll()
    {
        ReadAll();
        if (!File.Exists(_path))
        {
            return;
        }

        _tally.Renamed++;
        MoveUp(_path, _kept, Look);
        File.Move(_path, FormerFiles.NameOf(_path, 1), overwrite: true);
        Look();
        if (_random.Next(2) == 0)
        {
            File.WriteAllText(_path, "");
        }
    }

    private void CopyAndEmpty()
    {
        ReadAll();
        if (!File.Exists(_path) || !File.ReadAllText(_path).Contains('\n'))
        {
            return;
        }

        _tally.Emptied++;
        MoveUp(_path, _kept, Look);
        File.Copy(_path, FormerFiles.NameOf(_path, 1), overwrite: true);
        using (var emptied = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            emptied.SetLength(0);
        }
    }

    private void Look()
    {
        if (_random.Next(3) == 0)
        {
            _read.AddRange(_tail.NewLines());
        }
    }

    private static bool IsWhole(string line) => line.EndsWith('.');

    /// <summary>How often what was to be tested happened at all.</summary>
    public sealed record Tally
    {
        public int Rotations { get; set; }
        public int Renamed { get; set; }
        public int Emptied { get; set; }
        public int Failures { get; set; }
        public int Cuts { get; set; }
    }

    /// <summary>Lets the reader look before every call, and fails one, or all from one on.</summary>
    private sealed class Disk(FollowedLog log) : FileCalls
    {
        public (int At, bool IsForGood)? Fails { get; set; }

        public bool IsOut { get; private set; }

        public override FileStream OpenAppend(string path)
        {
            Call(() => { });
            return base.OpenAppend(path);
        }

        public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
        {
            var all = bytes.ToArray();
            Call(() =>
            {
                var taken = log._random.Next(all.Length);
                base.Write(file, all.AsSpan(0, taken));
                log.Breaks += taken > 0 && all[taken - 1] != '\n' ? 1 : 0;
            });
            base.Write(file, all);
        }

        public override void Rename(string from, string to)
        {
            if (from == log._path)
            {
                log._tally.Rotations++;
                // No file goes away unread.
                if (++log._moves >= log._kept / 2)
                {
                    log.ReadAll();
                }
            }

            Call(() => { });
            base.Rename(from, to);
        }

        public override void Delete(string path)
        {
            Call(() => { });
            base.Delete(path);
        }

        private void Call(Action half)
        {
            log.Look();
            if (IsOut)
            {
                throw new IOException("the power is gone");
            }

            if (Fails is not { } fails)
            {
                return;
            }

            Fails = fails.At > 1 ? fails with { At = fails.At - 1 } : null;
            if (fails.At == 1)
            {
                IsOut = fails.IsForGood;
                half();
                throw new IOException("told to fail");
            }
        }
    }
}
