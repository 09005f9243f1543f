using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>What a verb has to work with: a home, its options, two streams, and a place for what keeps it from running.</summary>
internal sealed class OfflineCall(
    NetclawHome home, IReadOnlyDictionary<string, string> options, Func<string, string?> environment, MachineFacts machine, Stream input, Stream output)
{
    public NetclawHome Home => home;

    public Func<string, string?> Environment => environment;

    public MachineFacts Machine => machine;

    /// <summary>For verbs that read JSON.</summary>
    public Stream Input => input;

    /// <summary>For verbs that write a stream of results; others say one with <see cref="Say{T}"/>.</summary>
    public Stream Output => output;

    /// <summary>Reported on stderr, as the start problems are, once the verb has returned.</summary>
    public StartProblems Problems { get; } = new();

    /// <summary>Null when it was not given.</summary>
    public string? Option(string name) => options.GetValueOrDefault(name);

    /// <summary>One object, one line.</summary>
    public void Say<T>(T result, JsonTypeInfo<T> shape)
    {
        JsonSerializer.Serialize(output, result, shape);
        output.WriteByte((byte)'\n');
    }
}
