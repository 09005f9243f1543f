using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Examining;

/// <param name="Fresh">Neither keys nor a journal: nothing was ever set up.</param>
/// <param name="GatewayId">Null where the keys cannot be used together.</param>
/// <param name="Bootstrap">As the mark outside the journal has it; null without a mark that can be read.</param>
/// <param name="HostKey">ok, missing or unreadable.</param>
/// <param name="Problems">What keeps a daemon from starting with these keys. Of a restore or reset that was cut short none: the next start puts the rest in its place first.</param>
internal sealed record KeysSeen(bool Fresh, GatewayId? GatewayId, string? Name, long? Epoch, BootstrapPhase? Bootstrap, string HostKey, ImmutableArray<CheckedProblem> Problems);

/// <summary>The keys and the mark of the installation, as a start would judge them. No key material is told.</summary>
internal sealed class KeysSection : IExamineSection
{
    public string Name => "keys";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(Of(examination.Home, examination.Options.Gateway.Name), OfflineJson.Readable.KeysSeen);

    private static KeysSeen Of(NetclawHome home, string name)
    {
        var mark = PrivateFile.Read(home.GatewayMark) is PrivateFileResult.Loaded loaded ? GatewayMark.Read(loaded.Bytes) : null;
        if (Array.TrueForAll([home.GatewayMark, home.GatewayKey, home.JournalKey, home.JournalDatabase], path => !File.Exists(path)))
        {
            return new KeysSeen(true, null, null, null, null, HostKey(home), []);
        }

        var problems = new StartProblems();
        using var keys = new KeyringLoader(home, problems, journalInHome: false, readOnly: true).Open(name);
        return new KeysSeen(
            false, keys?.Mark.GatewayId, mark?.Name, mark?.Epoch, mark?.Bootstrap, HostKey(home),
            [.. problems.Found.Where(_ => Unfinished.Of(home) == UnfinishedWork.None).Select(problem => new CheckedProblem(RefusalTable.For(problem.Code).Name, problem.Key, problem.Value, problem.Message, problem.Remedy))]);
    }

    private static string HostKey(NetclawHome home) => KeyFile.Load(home.HostKey) switch
    {
        KeyFileResult.Loaded loaded => Closed(loaded.Key),
        KeyFileResult.Missing => "missing",
        _ => "unreadable",
    };

    private static string Closed(SigningKey key)
    {
        key.Dispose();
        return "ok";
    }
}
