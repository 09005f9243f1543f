using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Bytes as they are.</summary>
/// <remarks>Akka.NET documentation, "Serialization".</remarks>
public class ByteArraySerializer : Serializer
{
    /// <summary>Made by the system.</summary>
    public ByteArraySerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj as byte[]
        ?? throw new NotSupportedException($"{nameof(ByteArraySerializer)} writes byte arrays, not {obj?.GetType().ToString() ?? "null"}.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) => bytes;
}
