using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>Finds and makes what the configuration names by type. Names under <c>Akka.</c> are this runtime's, whatever assembly they mention.</summary>
internal static class SerializerTypes
{
    public static Type? Find(string name) =>
        Type.GetType(name) ?? (name.StartsWith("Akka.", StringComparison.Ordinal) ? typeof(SerializerTypes).Assembly.GetType(name.Split(',')[0].Trim()) : null);

    /// <exception cref="ConfigurationException">No such type, or no serializer.</exception>
    public static Serializer Create(string name, string key, ExtendedActorSystem system)
    {
        var type = Find(name) ?? throw new ConfigurationException($"{key} names '{name}', and no such type can be loaded.");
        return Activator.CreateInstance(type, system) as Serializer
            ?? throw new ConfigurationException($"{key} names '{name}', which is no serializer.");
    }
}
