namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>By which way somebody comes.</summary>
internal enum Way
{
    /// <summary>To the address that the daemon bound, from this machine.</summary>
    Listener,

    /// <summary>Through what stands in front: nginx, or the stand-in for a tunnel's agent.</summary>
    Front,

    /// <summary>Through a second one of the same kind: the proxy that asks for passwords, the tunnel with somebody else at its other end.</summary>
    Other,
}

/// <summary>What somebody shows.</summary>
internal enum Shown
{
    Nothing,

    /// <summary>The gateway's own token or password.</summary>
    RightSecret,
    WrongSecret,

    /// <summary>A key that signs as it should, and that nobody has paired.</summary>
    UnknownKey,

    /// <summary>A key whose signature is another one's.</summary>
    ForgedKey,

    /// <summary>A credential of a run that there never was.</summary>
    ForgedRun,
}

/// <summary>Somebody who knocks, and what comes of it.</summary>
/// <param name="Answer">The refusal's code; <c>ok</c>; or a status of HTTP, when the proxy itself refuses.</param>
/// <param name="Lines">Header lines of the request.</param>
internal sealed record Attempt(Way Way, Shown Shown, string Answer, params string[] Lines)
{
    public override string ToString() => $"{Way}, {Shown}, [{string.Join("; ", Lines)}]";
}
