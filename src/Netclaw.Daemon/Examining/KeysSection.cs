using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Examining;

/// <param name="GatewayId">Of the key that is there; null without one that can be read.</param>
/// <param name="Mark">Null without one that can be read.</param>
internal sealed record KeysSeen(GatewayId? GatewayId, MarkSeen? Mark, ImmutableArray<KeySeen> Files);

internal sealed record MarkSeen(GatewayId GatewayId, string Name, long Epoch, BootstrapPhase Bootstrap);

/// <param name="File">The whole path.</param>
/// <param name="State">ok, missing or unreadable.</param>
/// <param name="Seen">What is wrong with it.</param>
internal sealed record KeySeen(string File, string State, string? Seen = null);

/// <summary>The keys and the mark of the installation, each on its own. No key material is told.</summary>
internal sealed class KeysSection : IExamineSection
{
    private const string Ok = "ok";
    private const string Missing = "missing";
    private const string Unreadable = "unreadable";

    public string Name => "keys";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(Of(examination.Home), OfflineJson.Readable.KeysSeen);

    private static KeysSeen Of(NetclawHome home)
    {
        var (gateway, gatewaySeen) = Signing(home.GatewayKey);
        var (_, hostSeen) = Signing(home.HostKey);
        var (mark, markSeen) = Mark(home.GatewayMark);
        return new KeysSeen(gateway?.GatewayId, mark, [gatewaySeen, markSeen, Journal(home.JournalKey), hostSeen]);
    }

    private static (PublicKey? Key, KeySeen Seen) Signing(string path)
    {
        switch (KeyFile.Load(path))
        {
            case KeyFileResult.Loaded loaded:
                using (loaded.Key)
                {
                    return (loaded.Key.Public, new KeySeen(path, Ok));
                }

            case KeyFileResult.Problem problem:
                return (null, new KeySeen(path, Unreadable, problem.Seen));
            default:
                return (null, new KeySeen(path, Missing));
        }
    }

    private static (MarkSeen? Mark, KeySeen Seen) Mark(string path) => PrivateFile.Read(path) switch
    {
        PrivateFileResult.Loaded loaded when GatewayMark.Read(loaded.Bytes) is { } mark => (new MarkSeen(mark.GatewayId, mark.Name, mark.Epoch, mark.Bootstrap), new KeySeen(path, Ok)),
        PrivateFileResult.Loaded => (null, new KeySeen(path, Unreadable, $"{path} is not of the form that Netclaw writes")),
        PrivateFileResult.Problem problem => (null, new KeySeen(path, Unreadable, problem.Seen)),
        _ => (null, new KeySeen(path, Missing)),
    };

    private static KeySeen Journal(string path) => PrivateFile.Read(path) switch
    {
        PrivateFileResult.Loaded loaded when JournalKeys.TryParse(Encoding.ASCII.GetString(loaded.Bytes), out _) => new KeySeen(path, Ok),
        PrivateFileResult.Loaded => new KeySeen(path, Unreadable, $"{path} does not hold {JournalKeys.RootBytes} bytes in base64"),
        PrivateFileResult.Problem problem => new KeySeen(path, Unreadable, problem.Seen),
        _ => new KeySeen(path, Missing),
    };
}
