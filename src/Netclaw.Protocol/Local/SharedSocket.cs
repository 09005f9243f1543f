using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// The second socket of a home, for other users of this machine. It lies outside the home, where they can get at it; the name of its directory says whose
/// it is, so whoever is given the path knows whom directory and server must belong to.
/// </summary>
public static class SharedSocket
{
    public const string FileName = "shared.sock";

    private const string Prefix = "netclaw-";
    private const int HashDigits = 16;

    /// <summary><c>netclaw-1000-0f3a…</c>: the owner's user id and a hash of the home's path.</summary>
    public static string DirectoryName(uint owner, string root) => string.Create(CultureInfo.InvariantCulture,
        $"{Prefix}{owner}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..HashDigits]}");

    /// <returns>Whom a path of this form names as the owner; null when it is of another form.</returns>
    public static uint? OwnerOf(string path)
    {
        var directory = Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        var end = directory.LastIndexOf('-');
        return Path.GetFileName(path) == FileName
            && directory.StartsWith(Prefix, StringComparison.Ordinal)
            && end > Prefix.Length
            && directory.Length - end - 1 == HashDigits
            && !directory.AsSpan(end + 1).ContainsAnyExcept("0123456789abcdef")
            && uint.TryParse(directory.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
                ? owner
                : null;
    }
}
