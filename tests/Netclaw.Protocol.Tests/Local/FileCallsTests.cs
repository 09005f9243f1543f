namespace Netclaw.Protocol.Tests.Local;

public sealed class FileCallsTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Replacing_FlushesTheContentBeforeTheName_AndTheDirectoryAfterIt()
    {
        var calls = new ListedCalls();
        using (FileCalls.Use(calls))
        {
            PrivateFile.WriteAtomically(_home["mark"], "new"u8);
        }

        Assert.Equal(["create", "write", "flush", "rename mark", "flush directory"], calls.Made);
    }

    [Fact]
    public void Creating_LinksTheName_SoThatNothingCanBeReplaced()
    {
        var calls = new ListedCalls();
        using (FileCalls.Use(calls))
        {
            PrivateFile.CreateAtomically(_home["key"], "new"u8);
        }

        Assert.Equal(["create", "write", "flush", "link key", "delete", "flush directory"], calls.Made);
        Assert.Equal([_home["key"]], Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public void SettingAside_FlushesTheOtherName_BeforeTheFirstOneGoes()
    {
        PrivateFile.WriteAtomically(_home["key"], "old"u8);
        var calls = new ListedCalls();
        using (FileCalls.Use(calls))
        {
            PrivateFile.SetAside(_home["key"], _home["key.aside"]);
        }

        Assert.Equal(["link key.aside", "flush directory", "delete", "flush directory"], calls.Made);
    }

    [Fact]
    public void SettingAside_KeepsWhatIsThere_UnderTheOtherName()
    {
        PrivateFile.WriteAtomically(_home["key"], "old"u8);
        PrivateFile.SetAside(_home["key"], _home["key.aside"]);
        Assert.Equal("old", File.ReadAllText(_home["key.aside"]));
        Assert.False(File.Exists(_home["key"]));

        PrivateFile.WriteAtomically(_home["key"], "new"u8);
        Assert.Throws<IOException>(() => PrivateFile.SetAside(_home["key"], _home["key.aside"]));
        Assert.Equal(("new", "old"), (File.ReadAllText(_home["key"]), File.ReadAllText(_home["key.aside"])));
    }

    [Fact]
    public void EveryCallThatFails_LeavesTheOldContentOrTheNew_AndNothingBeside()
    {
        PrivateFile.WriteAtomically(_home["mark"], "old"u8);
        var failures = 0;
        for (var index = 0; ; index++)
        {
            var calls = new ListedCalls { FailAt = index };
            using (FileCalls.Use(calls))
            {
                try
                {
                    PrivateFile.WriteAtomically(_home["mark"], "new"u8);
                    break;
                }
                catch (IOException e)
                {
                    failures++;
                    Assert.Equal("told to fail", e.Message);
                }
            }

            var expected = calls.Made[^1] == "flush directory" ? "new" : "old";
            Assert.Equal(expected, File.ReadAllText(_home["mark"]));
            Assert.Equal([_home["mark"]], Directory.GetFileSystemEntries(_home.Path));
            PrivateFile.WriteAtomically(_home["mark"], "old"u8);
        }

        Assert.Equal(5, failures);
        Assert.Equal("new", File.ReadAllText(_home["mark"]));
    }

    [Fact]
    public void ALayer_IsInPlaceUntilItIsLetGo()
    {
        var before = FileCalls.Current;
        var outer = new ListedCalls();
        using (FileCalls.Use(outer))
        {
            using (FileCalls.Use(new ListedCalls()))
            {
                Assert.NotSame(outer, FileCalls.Current);
            }

            Assert.Same(outer, FileCalls.Current);
        }

        Assert.Same(before, FileCalls.Current);
    }

    [Fact]
    public void Appending_GoesToTheEnd_ThatAFileHasByThen()
    {
        using (var file = FileCalls.Current.OpenAppend(_home["log"]))
        {
            FileCalls.Current.Write(file, "one"u8);
            File.WriteAllText(_home["log"], "");
            FileCalls.Current.Write(file, "two"u8);
        }

        using (var file = FileCalls.Current.OpenAppend(_home["log"]))
        {
            Assert.Equal(3, file.Position);
            FileCalls.Current.Write(file, "three"u8);
        }

        Assert.Equal("twothree", File.ReadAllText(_home["log"]));
        Assert.Equal("0600", FileFacts.OfPath(_home["log"])!.Value.ModeText);
        File.CreateSymbolicLink(_home["link"], _home["log"]);
        Assert.Equal(FileKind.Link, FileFacts.OfPath(_home["link"])!.Value.Kind);
        Assert.True(FileFacts.OfTarget(_home["link"])!.Value.IsSameFileAs(FileFacts.OfPath(_home["log"])!.Value));
        Assert.Null(FileFacts.OfTarget(_home["none"]));
    }

    private sealed class ListedCalls : FileCalls
    {
        public List<string> Made { get; } = [];

        public int FailAt { get; init; } = int.MaxValue;

        public override FileStream CreateNew(string path)
        {
            Note("create");
            return base.CreateNew(path);
        }

        public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
        {
            Note("write");
            base.Write(file, bytes);
        }

        public override void Flush(FileStream file)
        {
            Note("flush");
            base.Flush(file);
        }

        public override void Rename(string from, string to)
        {
            Note($"rename {Path.GetFileName(to)}");
            base.Rename(from, to);
        }

        public override void Link(string from, string to)
        {
            Note($"link {Path.GetFileName(to)}");
            base.Link(from, to);
        }

        public override void Delete(string path)
        {
            // Clearing up after a failure is not one of the calls that are counted.
            if (Made.Count <= FailAt)
            {
                Note("delete");
            }

            base.Delete(path);
        }

        public override void FlushDirectory(string directory)
        {
            Note("flush directory");
            base.FlushDirectory(directory);
        }

        private void Note(string call)
        {
            Made.Add(call);
            if (Made.Count - 1 == FailAt)
            {
                throw new IOException("told to fail");
            }
        }
    }
}
