using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// A whole state as JSON lines, so that a large one is read by all cores: first the head (everything but the devices), then
/// arrays of devices, then, each as <c>["manifest",event]</c>, what happened while the rest was being written.
/// </summary>
internal static class RegistrySnapshotJson
{
    private const int DevicesPerLine = 4096;
    private const int TypicalDeviceBytes = 450;
    private const byte NewLine = (byte)'\n';

    private static readonly DeviceJsonConverter DeviceJson = new();

    /// <summary>Takes a while for a large state; needs nothing but it, so that any thread may do it.</summary>
    public static byte[] Write(RegistryState state)
    {
        var bytes = new ArrayBufferWriter<byte>(4096 + state.Devices.Count * TypicalDeviceBytes);
        using var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });
        JsonSerializer.Serialize(writer, new StoredRegistry(
            state.Bootstrap, [.. state.Pending.Values.OrderBy(request => request.FirstAt)], [.. state.Codes.Values.OrderBy(code => code.ExpiresAt)],
            state.Superseded, state.Host, state.Posture, state.LocalPairingSuspended ? true : null, state.PreparedHost,
            state.Legacy.IsEmpty ? null : [.. state.Legacy.Values.OrderBy(legacy => legacy.Id.ToString(), StringComparer.Ordinal)],
            state.Epoch == RegistryState.FirstEpoch ? null : state.Epoch,
            state.Surfaces.IsEmpty ? null : [.. state.Surfaces.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(pair => new StoredSurface(pair.Key, pair.Value))],
            state.SurfaceRequests.IsEmpty ? null : [.. state.SurfaceRequests.Values.OrderBy(request => request.FirstAt).ThenBy(request => request.Id.ToString(), StringComparer.Ordinal)],
            state.Setups.IsEmpty ? null : [.. state.Setups.Values.OrderBy(setup => setup.Id.ToString(), StringComparer.Ordinal)]),
            RegistryJson.Default.StoredRegistry);
        foreach (var line in state.Devices.Values.Where(device => !device.IsRevoked || !Sabotage.Is(Break.ForgetTombstonesInSnapshots)).Chunk(DevicesPerLine))
        {
            EndLine(writer, bytes);
            writer.WriteStartArray();
            foreach (var device in line)
            {
                DeviceJson.Write(writer, device, RegistryJson.Default.Options);
            }

            writer.WriteEndArray();
        }

        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary><paramref name="snapshot"/> and the events that came after it, in order.</summary>
    public static byte[] Extend(byte[] snapshot, IReadOnlyList<(string Manifest, ReadOnlyMemory<byte> Bytes)> tail)
    {
        if (tail.Count == 0)
        {
            return snapshot;
        }

        var bytes = new ArrayBufferWriter<byte>(snapshot.Length + tail.Sum(record => record.Bytes.Length + record.Manifest.Length + 8));
        bytes.Write(snapshot);
        foreach (var (manifest, json) in tail)
        {
            bytes.Write(Encoding.UTF8.GetBytes($"\n[\"{manifest}\","));
            bytes.Write(json.Span);
            bytes.Write("]"u8);
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static RegistryState Read(ReadOnlyMemory<byte> utf8, Func<string, ReadOnlyMemory<byte>, RegistryEvent> decode)
    {
        var lines = Lines(utf8);
        var head = JsonSerializer.Deserialize(lines[0].Span, RegistryJson.Default.StoredRegistry) ?? throw new JsonException("the snapshot is null");
        var devices = RegistryState.Empty.Devices.ToBuilder();
        var revoked = 0;
        foreach (var chunk in Decoded(lines.Skip(1).Where(line => !IsEvent(line))))
        {
            foreach (var device in chunk)
            {
                devices.Add(device.Id, device);
                revoked += device.IsRevoked ? 1 : 0;
            }
        }

        var draft = new RegistryDraft(new RegistryState(null)
        {
            Devices = devices.ToImmutable(),
            Codes = head.Codes.ToImmutableDictionary(code => code.Id),
            Pending = head.Pending.ToImmutableDictionary(request => request.Id),
            Superseded = head.Superseded,
            Bootstrap = head.Bootstrap,
            Host = head.Host,
            PreparedHost = head.PreparedHost,
            RevokedCount = revoked,
            Posture = head.Posture,
            LocalPairingSuspended = head.LocalPairingSuspended ?? false,
            Legacy = (head.Legacy ?? []).ToImmutableDictionary(legacy => legacy.Id),
            Setups = (head.Setups ?? []).ToImmutableDictionary(setup => setup.Id),
            Epoch = head.Epoch ?? RegistryState.FirstEpoch,
            Surfaces = (head.Surfaces ?? []).ToImmutableDictionary(stored => stored.Node, stored => stored.Surface),
            SurfaceRequests = (head.SurfaceRequests ?? []).ToImmutableDictionary(request => request.Id),
        });
        foreach (var line in lines.Skip(1).Where(IsEvent))
        {
            var (manifest, json) = Event(line);
            draft.Apply(decode(manifest, json));
        }

        return draft.ToState();
    }

    /// <summary>Decoding goes on on other cores while the devices already decoded are put in place.</summary>
    private static IEnumerable<Device[]> Decoded(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var all = lines.ToList();
        return all.Count < 2 || Environment.ProcessorCount < 2
            ? all.Select(Decode)
            : all.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Decode);
    }

    private static Device[] Decode(ReadOnlyMemory<byte> line) =>
        JsonSerializer.Deserialize(line.Span, RegistryJson.Default.DeviceArray) ?? throw new JsonException("a line of the snapshot is null");

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> bytes)
    {
        writer.Flush();
        writer.Reset();
        bytes.Write([NewLine]);
    }

    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> utf8)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        for (var end = utf8.Span.IndexOf(NewLine); end >= 0; end = utf8.Span.IndexOf(NewLine))
        {
            lines.Add(utf8[..end]);
            utf8 = utf8[(end + 1)..];
        }

        lines.Add(utf8);
        return lines;
    }

    private static bool IsEvent(ReadOnlyMemory<byte> line) => line.Span.StartsWith("[\""u8);

    private static (string Manifest, ReadOnlyMemory<byte> Json) Event(ReadOnlyMemory<byte> line)
    {
        var end = line.Span.IndexOf("\","u8);
        return end > 2 && line.Span[^1] == (byte)']'
            ? (Encoding.UTF8.GetString(line.Span[2..end]), line[(end + 2)..^1])
            : throw new JsonException("an event in the snapshot is malformed");
    }
}
