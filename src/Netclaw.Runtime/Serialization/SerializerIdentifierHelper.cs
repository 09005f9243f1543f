using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>Reads <c>akka.actor.serialization-identifiers</c>: type name to number.</summary>
/// <remarks>Akka.NET documentation, "Serialization".</remarks>
public static class SerializerIdentifierHelper
{
    /// <exception cref="ConfigurationException">None is configured for the type.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        const string path = "akka.actor.serialization-identifiers";
        foreach (var (name, value) in system.Settings.Config.GetConfig(path).AsEnumerable())
        {
            if (SerializerTypes.Find(name) == type)
            {
                return value.GetInt();
            }
        }

        throw new ConfigurationException($"The serializer {type} has no identifier: override {nameof(Serializer.Identifier)} or set {path}.");
    }
}
