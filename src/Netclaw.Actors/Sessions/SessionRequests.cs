namespace Netclaw.Actors.Sessions;

/// <summary>
/// The ids of a session's own requests. Each step of the handshake is asked at most once per session, so the step is the id: a completion
/// that carries another one is late and is dropped.
/// </summary>
public static class SessionRequests
{
    public const long Proof = 1;
    public const long Access = 2;
    public const long BeginCode = 3;
    public const long CodeProof = 4;
    public const long RedeemCode = 5;
    public const long RequestPairing = 6;
    public const long PairSilently = 7;

    /// <summary>The policy again, after a silent pairing.</summary>
    public const long AccessOfPaired = 8;
    public const long EnrolLegacy = 9;

    /// <summary>The policy again, after a legacy token was spent.</summary>
    public const long AccessOfEnrolled = 10;
    public const long IssueToken = 11;

    /// <summary>The policy again, after a token was issued.</summary>
    public const long AccessWithToken = 12;
    public const long RedeemSetup = 13;

    /// <summary>The policy again, after a setup code was spent.</summary>
    public const long AccessBySetup = 14;
}
