using System.Security.Cryptography;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Cron;

/// <summary>The key that webhooks are signed with: a line of hexadecimal digits in a file that only its owner reads; whoever gets the posts has a copy.</summary>
internal static class WebhookKey
{
    private const int Bytes = 32;

    /// <summary>Reads the file, or makes it.</summary>
    /// <returns>The key as it is used, the line's own bytes; or what is wrong, for people.</returns>
    public static (byte[]? Key, string? Problem) Load(string path)
    {
        try
        {
            switch (PrivateFile.Read(path))
            {
                case PrivateFileResult.Loaded loaded:
                    var key = loaded.Bytes.AsSpan().Trim("\r\n "u8).ToArray();
                    return key.Length >= Bytes ? (key, null) : (null, $"{path} holds less than {Bytes} characters");
                case PrivateFileResult.Problem problem:
                    return (null, problem.Seen);
                default:
                    var made = System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true));
                    PrivateFile.CreateAtomically(path, [.. made, (byte)'\n']);
                    return (made, null);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path} cannot be made: {e.Message}");
        }
    }
}
