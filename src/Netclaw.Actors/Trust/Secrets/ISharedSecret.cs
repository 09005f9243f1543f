namespace Netclaw.Actors.Trust.Secrets;

/// <summary>The one secret that auth modes <c>token</c> and <c>password</c> share with all clients, wherever it is kept.</summary>
public interface ISharedSecret
{
    /// <summary>As it is at this moment: a secret that was replaced is gone with the next reading. Never throws; any thread.</summary>
    SharedSecretReading Read();
}

/// <summary>One look at the shared secret.</summary>
/// <param name="Generation">Counts the secrets this process has seen, from 1; a session keeps the one it came in by. 0 before the first.</param>
/// <param name="Digest">Null: it cannot be read at this moment, so nothing is right.</param>
public sealed record SharedSecretReading(long Generation, SecretDigest? Digest);

/// <summary>Where no auth mode shares a secret: nothing is right.</summary>
public sealed class NoSharedSecret : ISharedSecret
{
    private static readonly SharedSecretReading Nothing = new(0, null);

    public SharedSecretReading Read() => Nothing;
}

/// <summary>A secret that stays as it is for the life of the process: from the environment or the configuration.</summary>
public sealed class FixedSecret(SecretDigest digest) : ISharedSecret
{
    private readonly SharedSecretReading _only = new(1, digest);

    public SharedSecretReading Read() => _only;
}
