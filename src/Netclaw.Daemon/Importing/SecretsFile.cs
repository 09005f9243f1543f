using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>
/// <c>secrets.json</c>: the plain token of the earlier gateway's own device among other secrets. Nothing of it is taken over and nothing of it is said but names:
/// whoever holds a token shows it himself, once.
/// </summary>
internal static class SecretsFile
{
    public const string Kind = "legacy-secrets";
    public const string TokenKey = "DeviceToken";

    /// <param name="known">The legacy devices that were read beside it; null when no file of them was.</param>
    /// <exception cref="DamagedFileException">It is no object, or its token is no text.</exception>
    public static IEnumerable<ImportItem> Items(JsonFile file, JsonSpot.Group secrets, IReadOnlyList<ImportEntry>? known)
    {
        foreach (var (name, value) in secrets.Members)
        {
            var from = $"{file.Name}.{name}";
            yield return new ImportItem(Row: name == TokenKey
                ? Token(from, value as JsonSpot.Text ?? throw file.Damage(value, $"\"{TokenKey}\" must be text"), known)
                : new ImportRow(from, ImportRow.Noted, Reason: "is no device's token; it was not read any further"));
        }
    }

    private static ImportRow Token(string from, JsonSpot.Text text, IReadOnlyList<ImportEntry>? known)
    {
        if (known is null)
        {
            return new ImportRow(from, ImportRow.NotKept, Reason: "no devices.json was read beside it that could say whose token it is; import the directory that holds both");
        }

        var token = new Secret(text.Value);
        var owner = known.FirstOrDefault(entry => entry.Legacy?.Token.Matches(token) == true);
        return owner?.Legacy is { } legacy
            ? new ImportRow(from, ImportRow.Noted, legacy.Name, LegacyDeviceId.Of(legacy.Token).ToString(), $"is the token of {owner.From}; it is not taken over")
            : new ImportRow(from, ImportRow.NotKept, Reason: "it is the token of no entry of devices.json; pair that device by a code: netclaw daemon pair");
    }
}
