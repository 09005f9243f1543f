using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>A protocol client's Ed25519 identity. .NET cannot sign with it; OpenSSL does.</summary>
internal sealed partial class ProtocolDevice
{
    private const string Library = "libcrypto.so.3";
    private const int KeyType = 1087;

    private readonly byte[] _seed = RandomNumberGenerator.GetBytes(32);

    public ProtocolDevice()
    {
        var raw = new byte[32];
        var length = (nuint)raw.Length;
        var key = PrivateKey(KeyType, 0, _seed, 32);
        Assert.Equal(1, PublicOf(key, raw, ref length));
        FreeKey(key);
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, raw, out var made));
        Key = made;
    }

    public PublicKey Key { get; }

    public DeviceId Id => Key.DeviceId;

    public string KeyText => Base64UrlText.Encode(Key.Raw);

    public string Sign(string payload)
    {
        var data = Encoding.UTF8.GetBytes(payload);
        var signature = new byte[64];
        var length = (nuint)signature.Length;
        var key = PrivateKey(KeyType, 0, _seed, 32);
        var context = NewContext();
        Assert.Equal(1, BeginSigning(context, 0, 0, 0, key));
        Assert.Equal(1, DigestSign(context, signature, ref length, data, (nuint)data.Length));
        FreeContext(context);
        FreeKey(key);
        return Base64UrlText.Encode(signature);
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial nint PrivateKey(int type, nint engine, ReadOnlySpan<byte> raw, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int PublicOf(nint key, Span<byte> raw, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int BeginSigning(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(nint context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);
}
