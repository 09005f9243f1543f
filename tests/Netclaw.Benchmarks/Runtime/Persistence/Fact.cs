using Akka.Actor;
using Akka.Serialization;

namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>The event of these benchmarks: bytes that its serializer only hands on, as Netclaw's own record does.</summary>
internal sealed class Fact(byte[] bytes)
{
    public static readonly Fact Of200Bytes = new(Payload(200));

    public byte[] Bytes => bytes;

    private static byte[] Payload(int length)
    {
        var payload = new byte[length];
        new Random(4207).NextBytes(payload);
        return payload;
    }
}

internal sealed class FactSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public static readonly string Hocon = $$"""
        akka.loglevel = WARNING
        akka.actor {
          serializers.fact = "{{typeof(FactSerializer).AssemblyQualifiedName}}"
          serialization-bindings { "{{typeof(Fact).AssemblyQualifiedName}}" = fact }
        }
        """;

    public override int Identifier => 4301;

    public override string Manifest(object o) => "fact";

    public override byte[] ToBinary(object obj) => ((Fact)obj).Bytes;

    public override object FromBinary(byte[] bytes, string manifest) => new Fact(bytes);
}
