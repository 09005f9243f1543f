namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>A published attack that a test makes: once against the daemon without the check that stops it, then against the product.</summary>
/// <param name="id">As published; also in the test's name.</param>
/// <param name="what">What was done to whom, in one sentence.</param>
/// <param name="takenOut">The check without which it succeeds here.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AttackAttribute(string id, string what, string takenOut) : Attribute
{
    public string Id => id;

    public string What => what;

    public string TakenOut => takenOut;
}
