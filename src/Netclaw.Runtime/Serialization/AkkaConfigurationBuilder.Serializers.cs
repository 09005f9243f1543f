using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Hosting;

public sealed partial class AkkaConfigurationBuilder
{
    /// <summary>Adds a serializer that is made when the system first serializes, and binds types to it.</summary>
    /// <param name="serializerIdentifier">The serializer's name, unique among serializers.</param>
    /// <param name="boundTypes">What it writes, with everything that derives from these and has no nearer binding.</param>
    /// <param name="serializerFactory">Makes it.</param>
    public AkkaConfigurationBuilder WithCustomSerializer(
        string serializerIdentifier, IEnumerable<Type> boundTypes, Func<ExtendedActorSystem, Serializer> serializerFactory)
    {
        ArgumentException.ThrowIfNullOrEmpty(serializerIdentifier);
        ArgumentNullException.ThrowIfNull(serializerFactory);
        var types = boundTypes.ToImmutableHashSet();
        var earlier = Setups.OfType<SerializationSetup>().SingleOrDefault();
        Setups.RemoveWhere(setup => setup is SerializationSetup);
        Setups.Add(SerializationSetup.Create(system =>
        {
            var mine = SerializerDetails.Create(serializerIdentifier, serializerFactory(system), types);
            return (earlier?.CreateSerializers(system) ?? []).Add(mine);
        }));
        return this;
    }
}
