using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>The event and snapshot of these tests.</summary>
public sealed record Noted(string Text);

/// <summary>Writes <see cref="Noted"/> as UTF-8. The text "unstorable" cannot be written, the text "unreadable" not read.</summary>
public sealed class NotedSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public static readonly string Hocon = $$"""
        akka.actor {
          serializers.noted = "{{typeof(NotedSerializer).AssemblyQualifiedName}}"
          serialization-bindings { "{{typeof(Noted).AssemblyQualifiedName}}" = noted }
        }
        """;

    public override int Identifier => 4300;

    public override string Manifest(object o) => "noted";

    public override byte[] ToBinary(object obj) => obj is Noted { Text: not "unstorable" } noted
        ? Encoding.UTF8.GetBytes(noted.Text)
        : throw new ArgumentException($"cannot be written: {obj}");

    public override object FromBinary(byte[] bytes, string manifest) => new Noted(Encoding.UTF8.GetString(bytes)) is { Text: not "unreadable" } noted
        ? noted
        : throw new ArgumentException("cannot be read");
}
