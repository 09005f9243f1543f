using Microsoft.Extensions.Logging;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>Where this gateway's shared secret is kept, settled at start. Closed. Holds no secret that could be printed.</summary>
public abstract record SharedSecretSource
{
    private SharedSecretSource()
    {
    }

    /// <summary>For people: <c>doctor</c> and the log.</summary>
    public abstract string Place { get; }

    public abstract ISharedSecret Open(TimeProvider time, ILogger log);

    /// <summary>The auth mode shares none.</summary>
    public sealed record Nothing : SharedSecretSource
    {
        public override string Place => "nothing";

        public override ISharedSecret Open(TimeProvider time, ILogger log) => new NoSharedSecret();
    }

    /// <summary>Read again whenever it changes.</summary>
    public sealed record Kept(string Path, bool IsToken) : SharedSecretSource
    {
        public override string Place => Path;

        public override ISharedSecret Open(TimeProvider time, ILogger log) => new SecretFile(Path, IsToken, time, log);
    }

    /// <summary>Stays as it was at start.</summary>
    public sealed record Given(string From, SecretDigest Digest) : SharedSecretSource
    {
        public override string Place => From;

        public override ISharedSecret Open(TimeProvider time, ILogger log) => new FixedSecret(Digest);
    }
}
