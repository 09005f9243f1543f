using System.Threading.Channels;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>What actors of a test did, line by line, in order.</summary>
public sealed class Protocol
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public void Add(string line) => _lines.Writer.TryWrite(line);

    public async Task<string> Next()
    {
        using var bound = new CancellationTokenSource(Longest);
        return await _lines.Reader.ReadAsync(bound.Token);
    }

    /// <summary>The next lines are exactly these.</summary>
    public async Task Expect(params string[] expected)
    {
        foreach (var line in expected)
        {
            Assert.Equal(line, await Next());
        }
    }

    /// <summary>Drops lines up to and including this one.</summary>
    public async Task Skip(string last)
    {
        while (await Next() != last)
        {
        }
    }

    /// <summary>Nothing more was written so far.</summary>
    public void ExpectNoMore() => Assert.False(_lines.Reader.TryRead(out var more), $"unexpected: {more}");
}
