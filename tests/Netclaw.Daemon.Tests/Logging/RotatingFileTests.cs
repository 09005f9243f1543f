using System.Text;
using Netclaw.Daemon.Logging;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Logging;

/// <summary>What the file does when others touch it, and when the disk refuses.</summary>
public sealed class RotatingFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly List<string> _failures = [];

    private string Log => Path.Combine(_temporary.Parent, "x.log");

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BeginsANewFile_WhenItsOwnWasRenamed(bool created)
    {
        using var file = Open();
        Write(file, "one");
        File.Move(Log, Log + "-old");
        if (created)
        {
            File.WriteAllText(Log, "");
        }

        Write(file, "two");

        Assert.Equal(("one\n", "two\n"), (File.ReadAllText(Log + "-old"), File.ReadAllText(Log)));
        Assert.Empty(_failures);
    }

    [Fact]
    public void BeginsANewFile_WhenItsOwnIsGone()
    {
        using var file = Open();
        Write(file, "one");
        File.Delete(Log);
        Write(file, "two");
        Assert.Equal("two\n", File.ReadAllText(Log));
        Assert.Equal("0600", FileFacts.OfPath(Log)!.Value.ModeText);
    }

    [Fact]
    public void GoesOnAtTheNewEnd_WhenTheFileWasCopiedAndEmptied()
    {
        using var file = Open();
        Write(file, "one", "two");
        File.Copy(Log, Log + ".1");
        using (var emptying = new FileStream(Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            emptying.SetLength(0);
        }

        Write(file, "three");

        Assert.Equal(("one\ntwo\n", "three\n"), (File.ReadAllText(Log + ".1"), File.ReadAllText(Log)));
    }

    [Fact]
    public void StaysBelowItsMaximum_AndPassesAFileThatALinkLeadsTo()
    {
        var elsewhere = Path.Combine(_temporary.Parent, "elsewhere");
        File.WriteAllText(elsewhere, "");
        File.CreateSymbolicLink(Log, elsewhere);
        using var file = Open(maximum: 10);

        Write(file, "1234");
        Write(file, "5678");
        Write(file, "9");

        Assert.Equal(("1234\n5678\n", "9\n"), (File.ReadAllText(elsewhere), File.ReadAllText(Log)));
        Assert.Null(File.ResolveLinkTarget(Log, returnFinalTarget: false));
    }

    [Fact]
    public void ForgetsFormerFiles_BeyondThoseToKeep()
    {
        for (var number = 1; number <= 5; number++)
        {
            File.WriteAllText(FormerFiles.NameOf(Log, number), "");
        }

        File.WriteAllText(FormerFiles.NameOf(Log, FormerFiles.Most), "");
        using var file = Open(maximum: 1, kept: 2);
        Write(file, "one");
        Write(file, "two");

        Assert.Equal(["x.log", "x.log.1", "x.log.2"], Directory.GetFiles(_temporary.Parent).Select(Path.GetFileName).Order());
    }

    /// <summary>A directory where the former file should be, which even root cannot rename a file over.</summary>
    [Fact]
    public void FailedRotation_IsSaidOnce_AndLinesGoOn_UntilItSucceeds()
    {
        using var file = Open(maximum: 64);
        var inTheWay = Directory.CreateDirectory(Log + ".1");
        for (var line = 0; line < 100; line++)
        {
            Write(file, $"line {line:000}");
        }

        Assert.Contains("cannot be rotated, and grows", Assert.Single(_failures), StringComparison.Ordinal);
        Assert.Equal(100, File.ReadAllLines(Log).Length);

        inTheWay.Delete();
        Write(file, "line 100");
        Assert.Equal(100, File.ReadAllLines(Log + ".1").Length);
        Assert.Equal("line 100\n", File.ReadAllText(Log));
        Assert.Single(_failures);
    }

    [Fact]
    public void LinesGoOnInTheFormerFile_WhileNoNewOneCanBeOpened()
    {
        var disk = new FaultyDisk();
        using var layer = FileCalls.Use(disk);
        using var file = Open(maximum: 10);
        Write(file, "12345678");
        disk.RefusesToOpen = true;
        Write(file, "a");
        Write(file, "b");
        disk.RefusesToOpen = false;
        Write(file, "c");

        Assert.Equal(("12345678\na\nb\n", "c\n"), (File.ReadAllText(Log + ".1"), File.ReadAllText(Log)));
        Assert.Single(_failures);
    }

    /// <summary>Every number of bytes that a full disk may have taken of a batch.</summary>
    [Fact]
    public void LineThatAFullDiskBroke_IsWholeInTheEnd()
    {
        const string Batch = "first\nsecond\nthird\n";
        for (var taken = 0; taken < Batch.Length; taken++)
        {
            File.Delete(Log);
            var disk = new FaultyDisk();
            using var layer = FileCalls.Use(disk);
            using var file = Open();
            Write(file, "before");

            disk.Takes = taken;
            var lost = Assert.NotNull(file.Write(Encoding.UTF8.GetBytes(Batch))).Lines;
            disk.Takes = 1; // the broken line is broken once more
            var lostToo = Assert.NotNull(file.Write("again\n"u8)).Lines;
            disk.Takes = null;
            Write(file, "after");

            string[] all = ["before", "first", "second", "third", "again"];
            var begun = Batch[..taken].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            var again = taken == 0 || Batch[taken - 1] == '\n';
            Assert.Equal((3 - begun, again ? 0 : 1), (lost, lostToo));
            Assert.Equal([.. all[..(1 + begun)], .. again ? ["again"] : Array.Empty<string>(), "after"], File.ReadAllLines(Log));
        }
    }

    [Fact]
    public void LineThatAKilledProcessBroke_EndsBeforeTheNext()
    {
        File.WriteAllText(Log, "whole\nbrok");
        using var file = Open();
        Write(file, "next");
        Assert.Equal(["whole", "brok", "next"], File.ReadAllLines(Log));
    }

    /// <summary>The power goes before each step of a rotation in turn: every line is still there, in its order, and the next rotation goes on where this one stopped.</summary>
    [Fact]
    public void CutRotation_LosesNoLine_AndIsGoneOnWith()
    {
        var cuts = 0;
        for (var steps = 1; ; steps++)
        {
            var log = Path.Combine(Directory.CreateDirectory(Path.Combine(_temporary.Parent, $"{steps}")).FullName, "x.log");
            using (var file = new RotatingFile(log, 1, kept: 5, _failures.Add))
            {
                for (var line = 1; line <= 5; line++)
                {
                    Write(file, $"line {line}");
                }
            }

            var power = new Recovery.Power(steps);
            using (FileCalls.Use(power))
            {
                using var file = new RotatingFile(log, 1, kept: 5, _failures.Add);
                file.Write("line 6\n"u8);
            }

            string[] expected = ["line 1", "line 2", "line 3", "line 4", "line 5"];
            Assert.Equal(power.IsOut ? expected : [.. expected, "line 6"], Lines(log));
            using (var file = new RotatingFile(log, 1, kept: 5, _failures.Add))
            {
                Write(file, "line 7");
            }

            if (!power.IsOut)
            {
                break;
            }

            cuts++;
            Assert.Equal([.. expected, "line 7"], Lines(log));
            Assert.Equal(6, Directory.GetFiles(Path.GetDirectoryName(log)!).Length);
        }

        Assert.Equal(8, cuts); // open, five renames, open, write
    }

    private static IEnumerable<string> Lines(string log) =>
        Enumerable.Range(0, FormerFiles.Most + 1).Reverse().Select(number => FormerFiles.NameOf(log, number)).Where(File.Exists).SelectMany(File.ReadAllLines);

    private static void Write(RotatingFile file, params string[] lines) => Assert.Null(file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));

    private RotatingFile Open(long maximum = long.MaxValue, int kept = 3) => new(Log, maximum, kept, _failures.Add);

    private sealed class FaultyDisk : FileCalls
    {
        public bool RefusesToOpen { get; set; }

        /// <summary>How many bytes the next writes take before they fail.</summary>
        public int? Takes { get; set; }

        public override FileStream OpenAppend(string path) => RefusesToOpen ? throw new IOException("Too many open files") : base.OpenAppend(path);

        public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
        {
            base.Write(file, Takes is { } taken ? bytes[..Math.Min(taken, bytes.Length)] : bytes);
            if (Takes is not null)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
