using System.Security.Cryptography;

namespace Netclaw.Actors.Journal;

/// <summary>
/// What <c>keys/journal.key</c> (32 random bytes, base64) gives: one key for the chain of records, one for sealing secrets in
/// them, one for backups, each derived by HKDF-SHA256 so that neither tells the other.
/// </summary>
public sealed class JournalKeys
{
    public const int RootBytes = 32;

    private readonly byte[] _envelope;
    private readonly byte[] _sealing;
    private readonly byte[] _archive;

    /// <exception cref="ArgumentException">The root is not 32 bytes.</exception>
    public JournalKeys(ReadOnlySpan<byte> root)
    {
        if (root.Length != RootBytes)
        {
            throw new ArgumentException($"a journal key has {RootBytes} bytes, not {root.Length}", nameof(root));
        }

        _envelope = Derive(root, "netclaw-envelope-v1"u8);
        _sealing = Derive(root, "netclaw-seal-v1"u8);
        _archive = Derive(root, "netclaw-backup-v1"u8);
    }

    public static JournalKeys Generate() => new(RandomNumberGenerator.GetBytes(RootBytes));

    /// <summary>Reads the key file's text; false when it is not base64 of 32 bytes.</summary>
    public static bool TryParse(string text, out JournalKeys keys)
    {
        Span<byte> root = stackalloc byte[RootBytes + 2];
        var wellFormed = Convert.TryFromBase64String(text.Trim(), root, out var length) && length == RootBytes;
        keys = wellFormed ? new JournalKeys(root[..RootBytes]) : null!;
        CryptographicOperations.ZeroMemory(root);
        return wellFormed;
    }

    /// <summary>One per chain.</summary>
    public RecordEnvelope OpenEnvelope() => new(_envelope);

    /// <summary>One per process; thread-safe.</summary>
    public SecretSealer OpenSealer() => new(_sealing);

    /// <summary>HMAC-SHA256 over a backup's own hash: 32 bytes that only who holds the key can make.</summary>
    public byte[] SumArchive(ReadOnlySpan<byte> hash) => HMACSHA256.HashData(_archive, hash);

    public override string ToString() => "***";

    private static byte[] Derive(ReadOnlySpan<byte> root, ReadOnlySpan<byte> purpose)
    {
        var key = new byte[RootBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, root, key, salt: [], purpose);
        return key;
    }
}
