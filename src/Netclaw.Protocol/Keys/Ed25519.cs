using System.Runtime.InteropServices;

namespace Netclaw.Protocol;

/// <summary>
/// Verification with Ed25519 (RFC 8032), which .NET does not have: by the OpenSSL that .NET itself stands on. OpenSSL takes keys of small order, for which
/// signatures can be made up without any secret; they are refused here.
/// </summary>
public static partial class Ed25519
{
    public const int SignatureBytes = 64;
    private const int KeyBytes = 32;
    private const int KeyType = 1087; // EVP_PKEY_ED25519

    /// <summary>The y of every point whose order divides 8, as RFC 8032 writes it, those that are not reduced as well; the sign bit is taken off first.</summary>
    private static readonly byte[][] SmallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    private static readonly Lazy<bool> Loaded = new(() => NativeLibrary.TryLoad(Library, typeof(Ed25519).Assembly, DllImportSearchPath.SafeDirectories, out _));

    /// <summary>Whether this machine has OpenSSL 3; without it nothing can be verified.</summary>
    public static bool IsAvailable => Loaded.Value;

    /// <summary>Whether the key is one that a secret belongs to. Says nothing about who holds it.</summary>
    public static bool IsUsable(PublicKey key)
    {
        if (key.Algorithm != KeyAlgorithm.Ed25519)
        {
            return false;
        }

        Span<byte> y = stackalloc byte[KeyBytes];
        key.Raw.CopyTo(y);
        y[^1] &= 0x7f;
        foreach (var small in SmallOrder)
        {
            if (y.SequenceEqual(small))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False for any malformed key or signature; never throws for what a client sent. From any thread.</summary>
    /// <exception cref="DllNotFoundException"><see cref="IsAvailable"/> is false.</exception>
    public static bool Verify(PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes || !IsUsable(key))
        {
            return false;
        }

        var handle = NewKey(KeyType, 0, key.Raw, (nuint)key.Raw.Length);
        var context = handle == 0 ? 0 : NewContext();
        try
        {
            return context != 0 && Begin(context, 0, 0, 0, handle) == 1 && Check(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1;
        }
        finally
        {
            FreeContext(context);
            FreeKey(handle);
        }
    }
}
