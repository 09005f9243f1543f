using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What clients may read of the daemon's own files. May read a disk: never called on an actor's thread.</summary>
public interface IGatewayReading
{
    /// <summary>netclaw.json of this moment, without its secrets.</summary>
    ConfigGetResult Config();

    /// <param name="wanted">Within its bounds.</param>
    /// <exception cref="IOException">The log cannot be read.</exception>
    LogsTailResult Log(LogsTailParams wanted);
}

/// <summary>Where there is no home there is nothing to read.</summary>
public sealed class NoGatewayReading : IGatewayReading
{
    public ConfigGetResult Config() => throw new IOException("this gateway has no netclaw.json");

    public LogsTailResult Log(LogsTailParams wanted) => throw new IOException("this gateway has no log");
}
