using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Netclaw.Daemon.Importing;

/// <summary>
/// One JSON file, read whole or refused whole: UTF-8, one value, no name twice in an object, bounded in depth and length of its texts. What is wrong is
/// named by line and column.
/// </summary>
internal sealed class JsonFile
{
    public const int MostDepth = 16;
    public const int LongestText = 4096;

    private readonly byte[] _utf8;

    private JsonFile(string name, byte[] utf8)
    {
        Name = name;
        _utf8 = utf8;
    }

    /// <summary>As people are told of it.</summary>
    public string Name { get; }

    public JsonSpot Root { get; private set; } = new JsonSpot.Nothing(0);

    /// <exception cref="DamagedFileException">It is no such file.</exception>
    public static JsonFile Read(string name, byte[] bytes)
    {
        var utf8 = bytes.AsSpan().StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
        var file = new JsonFile(name, utf8);
        if (!Utf8.IsValid(utf8))
        {
            throw file.Damage(FirstInvalid(utf8), "this is not UTF-8");
        }

        if (utf8.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            throw file.Damage(0, "the file is empty");
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostDepth });
            reader.Read();
            file.Root = file.Value(ref reader);
            reader.Read(); // Whatever follows the value is an error.
        }
        catch (JsonException e)
        {
            throw new DamagedFileException(name, (int)(e.LineNumber ?? 0) + 1, file.ColumnOf(e), "the JSON breaks off or is malformed here");
        }

        return file;
    }

    public DamagedFileException Damage(long offset, string seen)
    {
        var (line, column) = FilePlace.Of(_utf8, offset);
        return new DamagedFileException(Name, line, column, seen);
    }

    public DamagedFileException Damage(JsonSpot spot, string seen) => Damage(spot.Offset, seen);

    private JsonSpot Value(ref Utf8JsonReader reader)
    {
        var offset = reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Group(ref reader, offset),
            JsonTokenType.StartArray => List(ref reader, offset),
            JsonTokenType.String => new JsonSpot.Text(offset, Bounded(ref reader)),
            JsonTokenType.Number => new JsonSpot.Number(offset, reader.TryGetInt64(out var number) ? number : null),
            JsonTokenType.True or JsonTokenType.False => new JsonSpot.Truth(offset, reader.GetBoolean()),
            _ => new JsonSpot.Nothing(offset),
        };
    }

    private JsonSpot.Group Group(ref Utf8JsonReader reader, long offset)
    {
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonSpot>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.TokenStartIndex;
            var name = Bounded(ref reader);
            if (!names.Add(name))
            {
                throw Damage(at, "this name stands in the same object before");
            }

            reader.Read();
            members.Add(new(name, Value(ref reader)));
        }

        return new JsonSpot.Group(offset, members.ToImmutable());
    }

    private JsonSpot.List List(ref Utf8JsonReader reader, long offset)
    {
        var items = ImmutableArray.CreateBuilder<JsonSpot>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader));
        }

        return new JsonSpot.List(offset, items.ToImmutable());
    }

    private string Bounded(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestText)
        {
            throw Damage(reader.TokenStartIndex, string.Create(CultureInfo.InvariantCulture, $"this text is longer than {LongestText} bytes"));
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Damage(reader.TokenStartIndex, "this text holds half a character");
        }
    }

    private int ColumnOf(JsonException e)
    {
        var line = (int)(e.LineNumber ?? 0);
        var start = 0;
        for (var at = 0; line > 0 && at < _utf8.Length; at++)
        {
            if (_utf8[at] == (byte)'\n')
            {
                start = at + 1;
                line--;
            }
        }

        var end = (int)Math.Min(_utf8.Length, start + (e.BytePositionInLine ?? 0));
        return Encoding.UTF8.GetCharCount(_utf8.AsSpan(start, end - start)) + 1;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
