using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Hosting;

public sealed partial class AkkaConfigurationBuilder
{
    private readonly List<(string Id, ImmutableHashSet<Type> Types, Func<ExtendedActorSystem, Serializer> Make)> _serializers = [];

    /// <summary>Adds a serializer that code makes when the system starts, for these types and those derived from them.</summary>
    public AkkaConfigurationBuilder WithCustomSerializer(string serializerIdentifier, IEnumerable<Type> boundTypes, Func<ExtendedActorSystem, Serializer> serializerFactory)
    {
        ArgumentException.ThrowIfNullOrEmpty(serializerIdentifier);
        ArgumentNullException.ThrowIfNull(serializerFactory);
        _serializers.Add((serializerIdentifier, [.. boundTypes], serializerFactory));
        return this;
    }

    /// <summary>The serializers added here, and behind them those of a setup that was added as such.</summary>
    private SerializationSetup? Serializers()
    {
        if (_serializers.Count == 0) return null;
        var added = Setups.OfType<SerializationSetup>().FirstOrDefault();
        return SerializationSetup.Create(system =>
        [
            .. _serializers.Select(each => SerializerDetails.Create(each.Id, each.Make(system), each.Types)),
            .. added?.CreateSerializers(system) ?? [],
        ]);
    }
}
