using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <summary>The token that an earlier gateway gave this device: from a file or from stdin, never from an argument, and only for a way that nobody else can read.</summary>
internal static class LegacyToken
{
    private const string SecretsKey = "DeviceToken";

    /// <returns>Null when none was named.</returns>
    /// <exception cref="CommandFailure">It cannot be read, or must not be sent there.</exception>
    public static async Task<Secret?> ReadAsync(PairRequest request, string url, CommandContext context, CancellationToken cancellation)
    {
        if (!request.ByLegacyToken)
        {
            return null;
        }

        if (!SecretPlace.IsPrivate(new Uri(url)))
        {
            throw new CommandFailure(
                RefusalCode.SecretNotSent, $"{url} is neither this machine nor https, so others on the way could read the old token. It was not sent.", "netclaw pair " + url);
        }

        var text = request.LegacyTokenFile is { } path
            ? HandedSecrets.Read(path).Reveal()
            : (await context.Screen.ReadLineAsync(cancellation))?.Trim() is { Length: > 0 } typed
                ? typed
                : throw new CommandFailure(RefusalCode.UsageError, "stdin held no token.", $"netclaw pair {url} --legacy-token-file <file>");
        return new Secret(text.TrimStart().StartsWith('{') ? OfSecrets(text) : text.Trim());
    }

    /// <summary>The file that the earlier gateway kept it in will do as it is.</summary>
    private static string OfSecrets(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty(SecretsKey, out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text)
            {
                return text;
            }
        }
        catch (JsonException)
        {
            // said below; the parser's own words could quote the file
        }

        throw new CommandFailure(RefusalCode.KeyUnreadable, $"The token file is JSON without a text \"{SecretsKey}\".", "netclaw pair <url> --legacy-token-file <file>");
    }
}
