using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests.Importing;

/// <summary>What an earlier gateway left on a machine.</summary>
internal static class EarlierFiles
{
    public static string Token(string name) => $"token-of-{name}-0123456789abcdef";

    /// <returns>The path of a devices.json with these devices.</returns>
    public static string Devices(Machine machine, params string[] names)
    {
        var path = Path.Combine(machine.Root, "devices.json");
        Write(path, JsonSerializer.Serialize(names.Select(name => new
        {
            name, tokenHash = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(Token(name)), .. "salt"u8])), salt = Convert.ToBase64String("salt"u8),
            createdAt = "2025-11-02T08:00:00Z", lastUsedAt = (string?)null, isBootstrapDevice = false,
        })));
        return path;
    }

    /// <returns>The path of a file with the device's old token, on that device.</returns>
    public static string TokenFile(Machine device, string name)
    {
        var path = Path.Combine(device.Root, name + ".token");
        Write(path, Token(name) + "\n");
        return path;
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
