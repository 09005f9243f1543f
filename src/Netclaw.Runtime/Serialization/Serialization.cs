using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>
/// Which serializer writes a type and which reads a stored identifier. A type is written by the serializer bound to it, or to its nearest base
/// type or interface that is bound. There is no serializer for everything: what is stored must have a known form.
/// </summary>
/// <remarks>Akka.NET documentation, "Serialization".</remarks>
public class Serialization
{
    private readonly ConcurrentDictionary<int, Serializer> _byIdentifier = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();

    /// <summary>Made by the system, from <c>akka.actor.serializers</c>.</summary>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        AddSerializationMap(typeof(byte[]), Add(new PlainBytes(system)));
        AddConfigured(system.Settings.Config);
        AddFromSetup();
    }

    /// <summary>Whose it is.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>What must be stored beside the bytes so that they can be read; never null.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest named => named.Manifest(msg),
        { IncludeManifest: true } => msg.GetType().AssemblyQualifiedName!,
        _ => string.Empty,
    };

    /// <exception cref="SerializationException">No serializer is bound to the type.</exception>
    public byte[] Serialize(object o) => FindSerializerFor(o).ToBinary(o);

    /// <exception cref="SerializationException">No serializer has the identifier, or the bytes are not what they claim to be.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = ById(serializerId);
        return serializer is SerializerWithStringManifest named
            ? named.FromBinary(bytes, manifest)
            : serializer.FromBinary(bytes, TypeNamed(manifest));
    }

    /// <inheritdoc cref="Deserialize(byte[], int, string)"/>
    public object Deserialize(byte[] bytes, int serializerId, Type type) => ById(serializerId).FromBinary(bytes, type);

    /// <exception cref="SerializationException">None is bound and there is no default of that name.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) =>
        FindSerializerForType((obj ?? throw new SerializationException("There is no serializer for null.")).GetType(), defaultSerializerName);

    /// <inheritdoc cref="FindSerializerFor"/>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_found.TryGetValue(objectType, out var known))
        {
            return known;
        }

        if (Nearest(objectType) is { } nearest)
        {
            return _found[objectType] = nearest;
        }

        return defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out var byName)
            ? byName
            : throw new SerializationException(
                $"No serializer is bound to {objectType}. Bind one in akka.actor.serialization-bindings or by WithCustomSerializer.");
    }

    /// <summary>By its identifier.</summary>
    public void AddSerializer(Serializer serializer) => Add(serializer);

    /// <summary>By its identifier.</summary>
    public void AddSerializer(string name, Serializer serializer) => _byName[name] = Add(serializer);

    /// <summary>Binds a type, and what derives from it and has no nearer binding.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _found.Clear();
    }

    private Serializer Add(Serializer serializer) => _byIdentifier[serializer.Identifier] = serializer;

    private void AddConfigured(Config config)
    {
        foreach (var (name, value) in config.GetConfig("akka.actor.serializers").AsEnumerable())
        {
            AddSerializer(name, SerializerTypes.Create(value.GetString()!, $"akka.actor.serializers.{name}", System));
        }

        foreach (var (typeName, value) in config.GetConfig("akka.actor.serialization-bindings").AsEnumerable())
        {
            var name = value.GetString()!;
            var type = SerializerTypes.Find(typeName)
                ?? throw new ConfigurationException($"akka.actor.serialization-bindings binds '{typeName}', and no such type can be loaded.");
            AddSerializationMap(type, _byName.TryGetValue(name, out var serializer)
                ? serializer
                : throw new ConfigurationException($"akka.actor.serialization-bindings binds '{typeName}' to '{name}', which akka.actor.serializers does not name."));
        }
    }

    private void AddFromSetup()
    {
        if (!System.Settings.Setup.Get<SerializationSetup>().HasValue)
        {
            return;
        }

        foreach (var details in System.Settings.Setup.Get<SerializationSetup>().Value.CreateSerializers(System))
        {
            AddSerializer(details.Alias, details.Serializer);
            foreach (var type in details.UseFor)
            {
                AddSerializationMap(type, details.Serializer);
            }
        }
    }

    private Serializer? Nearest(Type type)
    {
        var candidates = _bindings.Where(binding => binding.Key.IsAssignableFrom(type)).ToList();
        return candidates
            .Where(each => !candidates.Exists(other => other.Key != each.Key && each.Key.IsAssignableFrom(other.Key)))
            .OrderBy(each => each.Key.FullName, StringComparer.Ordinal)
            .Select(each => each.Value)
            .FirstOrDefault();
    }

    private Serializer ById(int identifier) => _byIdentifier.TryGetValue(identifier, out var serializer)
        ? serializer
        : throw new SerializationException($"No serializer has the identifier {identifier}. What was stored with it needs the serializer that wrote it.");

    private static Type TypeNamed(string manifest) => manifest.Length == 0
        ? typeof(object)
        : Type.GetType(manifest) ?? throw new SerializationException($"The type '{manifest}' of a stored object cannot be loaded.");

    // Its number is fixed: it is stored.
    private sealed class PlainBytes(ExtendedActorSystem system) : ByteArraySerializer(system)
    {
        public override int Identifier => 4;
    }
}
