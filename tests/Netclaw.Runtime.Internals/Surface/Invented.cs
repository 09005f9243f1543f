// What the surface check must object to, and beside it what it must let pass.
namespace Akka.Netclaw
{
    public sealed class Invented;
}

namespace Akka.Configuration.Hocon
{
    public sealed class HoconLiteral
    {
        public string? Value { get; set; }

        public string? Invented { get; set; }
    }
}
