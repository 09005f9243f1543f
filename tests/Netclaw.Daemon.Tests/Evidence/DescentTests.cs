using Netclaw.Daemon.Evidence;

namespace Netclaw.Daemon.Tests.Evidence;

public sealed class DescentTests
{
    private const int Daemon = 100;

    private readonly Table _table = new();

    public DescentTests()
    {
        _table.Add(1, 0, 1);
        _table.Add(50, 1, 10);
        _table.Add(Daemon, 50, 20);
        _table.Add(200, Daemon, 30);
        _table.Add(300, 200, 40);
        _table.Add(60, 50, 15);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(300, true)]
    [InlineData(60, false)]
    [InlineData(50, false)]
    [InlineData(1, false)]
    [InlineData(Daemon, false)]
    [InlineData(999, null)]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    public void IsToldByTheChainOfParents(int process, bool? descends) => Assert.Equal(descends, Descent.DescendsFrom(process, Daemon, _table));

    [Fact]
    public void IsUnknown_WhenAParentHasGone()
    {
        _table.Remove(50);

        Assert.Null(Descent.DescendsFrom(60, Daemon, _table));
    }

    [Fact]
    public void IsUnknown_WhenAParentsPidWasGivenToAYoungerProcess()
    {
        _table.Add(50, 1, 99);

        Assert.Null(Descent.DescendsFrom(60, Daemon, _table));
    }

    [Fact]
    public void IsUnknown_WhenTheProcessChangedWhileItWasLookedAt()
    {
        _table.After(60, 1, () => _table.Add(60, 50, 77));

        Assert.Null(Descent.DescendsFrom(60, Daemon, _table));
    }

    [Fact]
    public void IsUnknown_WhenTheProcessFellToAnotherParentMeanwhile()
    {
        _table.After(300, 1, () => _table.Add(300, Daemon, 40));

        Assert.Null(Descent.DescendsFrom(300, Daemon, _table));
    }

    [Fact]
    public void Ends_WhenParentsFormARing()
    {
        _table.Add(70, 71, 5);
        _table.Add(71, 70, 5);

        Assert.Null(Descent.DescendsFrom(70, Daemon, _table));
    }

    [Fact]
    public void FindsThisVeryProcess_InTheRealTable()
    {
        var table = new ProcessTable();

        Assert.NotNull(table.Find(Environment.ProcessId));
        Assert.True(Descent.DescendsFrom(Environment.ProcessId, table.Find(Environment.ProcessId)!.Value.Parent, table));
        Assert.Null(table.Find(int.MaxValue));
    }

    [Theory]
    [InlineData("7 (cat) S 3 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 1 1", 3, 4711ul)]
    [InlineData("7 (a) S 1 (b) c) R 42 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 5 1 1", 42, 5ul)]
    public void ReadsParentAndStart_WhateverTheCommandIsCalled(string text, int parent, ulong start)
    {
        Assert.True(ProcStat.TryParse(text, out var stat));
        Assert.Equal(new ProcStat(parent, start), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7 (cat) S 3")]
    [InlineData("7 (cat) S x 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711")]
    [InlineData("no parentheses at all")]
    public void RefusesToRead_WhatIsNoStat(string text) => Assert.False(ProcStat.TryParse(text, out _));

    private sealed class Table : IProcessTable
    {
        private readonly Dictionary<int, ProcStat> _processes = [];
        private (int Pid, int Looks, Action Then)? _change;

        public void Add(int pid, int parent, ulong start) => _processes[pid] = new ProcStat(parent, start);

        public void Remove(int pid) => _processes.Remove(pid);

        public void After(int pid, int looks, Action then) => _change = (pid, looks, then);

        public ProcStat? Find(int pid)
        {
            ProcStat? found = _processes.TryGetValue(pid, out var stat) ? stat : null;
            if (_change is { } change && change.Pid == pid)
            {
                _change = change with { Looks = change.Looks - 1 };
                if (change.Looks == 1)
                {
                    change.Then();
                }
            }

            return found;
        }
    }
}
