using System.Collections.Immutable;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>
/// The bearer tokens of an entry: <c>{role: {token, scopes, createdAtMs, revokedAtMs}}</c>, or an array of the same with their <c>role</c>. What is kept is the
/// hash; what is too short to be kept as one, or is no plain token, is named.
/// </summary>
internal static class PairedTokens
{
    /// <summary>22 symbols of base64 are 128 bits.</summary>
    private const int Shortest = 22;

    /// <exception cref="DamagedFileException">They are not of this form.</exception>
    public static ImmutableArray<KeyedToken> Read(JsonFile file, JsonSpot.Group entry, List<string> notes)
    {
        var tokens = ImmutableArray.CreateBuilder<KeyedToken>();
        foreach (var (role, fields) in All(file, entry))
        {
            if (One(role, fields, notes) is { } kept)
            {
                tokens.Add(kept);
            }
        }

        return tokens.ToImmutable();
    }

    private static IEnumerable<(string Role, FileFields Fields)> All(JsonFile file, JsonSpot.Group entry) => entry.Find("tokens") switch
    {
        null => [],
        JsonSpot.Group byRole => byRole.Members.Where(member => member.Value is not JsonSpot.Nothing).Select(member => (member.Key, Fields(file, member.Value))),
        JsonSpot.List list => list.Items.Select(item => Fields(file, item)).Select(fields => (fields.Text("role") ?? "operator", fields)),
        var other => throw file.Damage(other, "\"tokens\" must be an object or a list"),
    };

    private static FileFields Fields(JsonFile file, JsonSpot spot) =>
        spot is JsonSpot.Group group ? new FileFields(file, group) : throw file.Damage(spot, "a token must be an object");

    private static KeyedToken? One(string role, FileFields fields, List<string> notes)
    {
        var text = fields.Text("token");
        var scopes = ScopeSet.Parse(fields.Texts("scopes"), out _);
        var issued = fields.Time("rotatedAtMs", "issuedAtMs", "createdAtMs");
        var problem = role is not ("operator" or "node") ? "is for a role that this gateway does not know"
            : fields.Time("revokedAtMs", "revokedAt") is not null ? "was revoked there"
            : text is null ? "is not there in the plain"
            : text.Length < Shortest ? "is too short to be safe as a hash"
            : null;
        if (problem is not null)
        {
            notes.Add($"its token for {role} was not kept: it {problem}");
            return null;
        }

        return new KeyedToken(role == "node" ? Role.Node : Role.Operator, DeviceTokens.HashOf(new Secret(text!)), scopes, issued);
    }
}
