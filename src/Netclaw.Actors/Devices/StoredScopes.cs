using System.Text;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Scopes as an array of wire names, like <see cref="ScopeSetJsonConverter"/>, without a string per name.</summary>
internal static class StoredScopes
{
    private static readonly (Scope Flag, byte[] Name)[] Names =
    [
        .. Enum.GetValues<Scope>().Where(flag => flag != Scope.None)
            .Select(flag => (flag, Encoding.ASCII.GetBytes(new ScopeSet(flag).ToNames()[0])))
            .OrderBy(entry => Encoding.ASCII.GetString(entry.Item2), StringComparer.Ordinal),
    ];

    /// <summary>Unknown names are dropped: a grant can only shrink by that.</summary>
    public static ScopeSet Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("scopes must be an array of names");
        }

        var flags = Scope.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            foreach (var (flag, name) in Names)
            {
                if (reader.ValueTextEquals(name))
                {
                    flags |= flag;
                    break;
                }
            }
        }

        return new ScopeSet(flags);
    }

    public static void Write(Utf8JsonWriter writer, ScopeSet scopes)
    {
        writer.WriteStartArray();
        foreach (var (flag, name) in Names)
        {
            if ((scopes.Flags & flag) != 0)
            {
                writer.WriteStringValue(name);
            }
        }

        writer.WriteEndArray();
    }
}
