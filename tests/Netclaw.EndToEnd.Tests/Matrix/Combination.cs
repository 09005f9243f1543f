namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>One auth mode in one exposure, and who is turned away there.</summary>
/// <param name="Nodes">Nodes without an identity, with everything else that they could have.</param>
/// <param name="Strangers">Operators with a bad credential.</param>
internal sealed record Combination(string Auth, string Exposure, Attempt[] Nodes, Attempt[] Strangers)
{
    /// <summary>The same way with what is right: shows that the strangers are refused for what they show. Null: nothing but a device's own key opens this one.</summary>
    public Attempt? Opens { get; init; }

    /// <summary>The key of netclaw.json for which no daemon starts; null: it starts.</summary>
    public string? RefusedFor { get; init; }

    public bool Starts => RefusedFor is null;

    public bool HasFront => Exposure != "local";

    public bool IsReverseProxy => Exposure == "reverse-proxy";

    /// <summary>A combination that the policy rules out.</summary>
    public static Combination Refused(string auth, string exposure, string key) => new(auth, exposure, [], []) { RefusedFor = key };

    public override string ToString() => $"auth {Auth}, exposure {Exposure}";
}
