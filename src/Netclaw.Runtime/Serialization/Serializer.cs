using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Turns objects of the types it is bound to into bytes and back. Called from many threads at once.</summary>
/// <remarks>Akka.NET documentation, "Serialization".</remarks>
public abstract class Serializer
{
    private readonly Lazy<int> _configuredIdentifier;

    /// <summary>The system the serializer belongs to.</summary>
    protected readonly ExtendedActorSystem system;

    /// <summary>Derived classes need this argument to be made by the system.</summary>
    protected Serializer(ExtendedActorSystem system)
    {
        this.system = system;
        _configuredIdentifier = new(() => SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system));
    }

    /// <summary>
    /// Stored with the bytes, so unique and never changed; 0 to 40 are reserved. By default the configured one
    /// (<c>akka.actor.serialization-identifiers</c>).
    /// </summary>
    public virtual int Identifier => _configuredIdentifier.Value;

    /// <summary>Whether reading needs the type.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>The object as bytes.</summary>
    public abstract byte[] ToBinary(object obj);

    /// <summary>The object of those bytes; what cannot be read is an exception.</summary>
    public abstract object FromBinary(byte[] bytes, Type type);

    /// <summary>The object of those bytes; what cannot be read is an exception.</summary>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}
