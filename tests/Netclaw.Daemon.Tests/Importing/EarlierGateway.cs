using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Tests.Importing;

/// <summary>The state directory that an earlier gateway left behind, each file for its owner alone.</summary>
internal sealed class EarlierGateway : IDisposable
{
    public EarlierGateway() => Folder = Directory.CreateTempSubdirectory("netclaw-earlier-").FullName;

    public string Folder { get; }

    public string Devices => Path.Combine(Folder, "devices.json");

    public string Secrets => Path.Combine(Folder, "secrets.json");

    public static string Token(string name) => $"token-of-{name}-0123456789abcdef";

    /// <summary>Entries with the tokens of <see cref="Token"/>; the salt is base64 or hex.</summary>
    public EarlierGateway WithDevices(bool hexSalt = false, params string[] names)
    {
        Write("devices.json", JsonSerializer.Serialize(names.Select((name, index) => Entry(name, hexSalt, index == 0))));
        return this;
    }

    public static JsonObject Entry(string name, bool hexSalt = false, bool isBootstrap = false)
    {
        var salt = SHA256.HashData(Encoding.UTF8.GetBytes("salt of " + name))[..16];
        return new JsonObject
        {
            ["name"] = name, ["tokenHash"] = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(Token(name)), .. salt])),
            ["salt"] = hexSalt ? Convert.ToHexStringLower(salt) : Convert.ToBase64String(salt), ["createdAt"] = "2025-11-02T08:00:00Z", ["lastUsedAt"] = null,
            ["isBootstrapDevice"] = isBootstrap,
        };
    }

    public EarlierGateway Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public EarlierGateway Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return this;
    }

    /// <summary>A file that holds the token of this device alone.</summary>
    public string TokenFile(string name)
    {
        Write($"{name}.token", Token(name) + "\n");
        return Path.Combine(Folder, $"{name}.token");
    }

    /// <summary>Everything in it, as it is: nothing here is ever written by an import.</summary>
    public string Fingerprint() => string.Join('\n', Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))} {File.GetUnixFileMode(path)} {File.GetLastWriteTimeUtc(path):O}"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
