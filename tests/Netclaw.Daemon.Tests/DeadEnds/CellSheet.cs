using System.Collections.Concurrent;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>What came out of every cell.</summary>
internal sealed class CellSheet
{
    private readonly ConcurrentDictionary<(string Exposure, string Command, string Credential), string> _cells = new();

    public void Add(string exposure, string command, string credential, string result) => Assert.True(_cells.TryAdd((exposure, command, credential), result));

    public string Of(string exposure, string command, string credential) => _cells[(exposure, command, credential)];
}
