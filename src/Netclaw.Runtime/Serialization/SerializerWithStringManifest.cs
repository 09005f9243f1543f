using Akka.Actor;

namespace Akka.Serialization;

/// <summary>A serializer that names what it wrote by words of its own, so that types may be renamed.</summary>
/// <remarks>Akka.NET documentation, "Serialization".</remarks>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <summary>Derived classes need this argument to be made by the system.</summary>
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public sealed override bool IncludeManifest => true;

    /// <summary>Reads by the type's name as manifest.</summary>
    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, type.AssemblyQualifiedName!);

    /// <exception cref="System.Runtime.Serialization.SerializationException">The manifest is unknown.</exception>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>What <see cref="FromBinary(byte[], string)"/> will need to know; never null.</summary>
    public abstract string Manifest(object o);
}
