using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Netclaw.Cli.Output;

/// <summary>What a command has to say: one JSON object, or lines for a person. Both are made from the same value.</summary>
internal abstract class Report
{
    public abstract string Json { get; }

    public abstract void Print(Screen screen);

    public static Report Of<T>(T value, JsonTypeInfo<T> shape, Action<T, Screen> print) => new Valued<T>(value, shape, print);

    private sealed class Valued<T>(T value, JsonTypeInfo<T> shape, Action<T, Screen> print) : Report
    {
        public override string Json => JsonSerializer.Serialize(value, shape);

        public override void Print(Screen screen) => print(value, screen);
    }
}
