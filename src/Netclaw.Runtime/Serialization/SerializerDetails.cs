using System.Collections.Immutable;

namespace Akka.Serialization;

/// <summary>A serializer, its name, and the types that are bound to it.</summary>
/// <remarks>Akka.NET documentation, "Serialization".</remarks>
public sealed class SerializerDetails
{
    private SerializerDetails(string alias, Serializer serializer, ImmutableHashSet<Type> useFor)
    {
        Alias = alias;
        Serializer = serializer;
        UseFor = useFor;
    }

    /// <summary>Its name in configurations.</summary>
    public string Alias { get; }

    /// <summary>The serializer itself.</summary>
    public Serializer Serializer { get; }

    /// <summary>The types it is for.</summary>
    public ImmutableHashSet<Type> UseFor { get; }

    /// <summary>A serializer and its types.</summary>
    public static SerializerDetails Create(string alias, Serializer serializer, ImmutableHashSet<Type> useFor) => new(alias, serializer, useFor);
}
